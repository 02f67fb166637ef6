package dev.countersign.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countersign.call.ReplyFuzz;
import dev.countersign.call.StoredTextFuzz;
import dev.countersign.hsm.HsmUriFuzz;
import dev.countersign.simulator.engine.AttestationFuzz;
import dev.countersign.simulator.engine.RequestFuzz;
import dev.countersign.simulator.engine.ScenarioFuzz;
import dev.countersign.simulator.engine.SnapshotFuzz;
import dev.countersign.simulator.engine.UploadFuzz;
import dev.countersign.simulator.steering.ControlFuzz;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** All targets in one, for a short run: the first byte says which. */
final class EverythingFuzz {

  /** Feeds one input to a target. */
  @FunctionalInterface
  private interface Feeding {
    void feed(byte[] input) throws Exception;
  }

  private record Target(Feeding feeding, Supplier<Stream<byte[]>> seeds) {}

  private static final List<Target> TARGETS =
      List.of(
          new Target(PemFuzz::fed, PemFuzz::seeds),
          new Target(SignerUriFuzz::fed, SignerUriFuzz::seeds),
          new Target(HsmUriFuzz::fed, HsmUriFuzz::seeds),
          new Target(JsonFuzz::fed, JsonFuzz::seeds),
          new Target(TokenFuzz::fed, TokenFuzz::seeds),
          new Target(HeaderFuzz::fed, HeaderFuzz::seeds),
          new Target(WebhookFuzz::fed, WebhookFuzz::seeds),
          new Target(ReplyFuzz::fed, ReplyFuzz::seeds),
          new Target(StoredTextFuzz::fed, StoredTextFuzz::seeds),
          new Target(RequestFuzz::fed, RequestFuzz::seeds),
          new Target(ScenarioFuzz::fed, ScenarioFuzz::seeds),
          new Target(SnapshotFuzz::fed, SnapshotFuzz::seeds),
          new Target(UploadFuzz::fed, UploadFuzz::seeds),
          new Target(AttestationFuzz::fed, AttestationFuzz::seeds),
          new Target(ControlFuzz::fed, ControlFuzz::seeds));

  static Stream<byte[]> seeds() {
    return IntStream.range(0, TARGETS.size())
        .boxed()
        .flatMap(number -> TARGETS.get(number).seeds().get().map(seed -> numbered(number, seed)));
  }

  private static byte[] numbered(int number, byte[] seed) {
    byte[] input = new byte[seed.length + 1];
    input[0] = (byte) number;
    System.arraycopy(seed, 0, input, 1, seed.length);
    return input;
  }

  @MethodSource("seeds")
  @FuzzTest
  void feed(byte[] input) throws Exception {
    TARGETS.get(Fuzz.choice(input, TARGETS.size())).feeding().feed(Fuzz.rest(input));
  }
}

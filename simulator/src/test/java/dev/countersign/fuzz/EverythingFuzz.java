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
          new Target(new PemFuzz()::feed, PemFuzz::seeds),
          new Target(new SignerUriFuzz()::feed, SignerUriFuzz::seeds),
          new Target(new HsmUriFuzz()::feed, HsmUriFuzz::seeds),
          new Target(new JsonFuzz()::feed, JsonFuzz::seeds),
          new Target(new TokenFuzz()::feed, TokenFuzz::seeds),
          new Target(new HeaderFuzz()::feed, HeaderFuzz::seeds),
          new Target(new WebhookFuzz()::feed, WebhookFuzz::seeds),
          new Target(new ReplyFuzz()::feed, ReplyFuzz::seeds),
          new Target(new StoredTextFuzz()::feed, StoredTextFuzz::seeds),
          new Target(new RequestFuzz()::feed, RequestFuzz::seeds),
          new Target(new ScenarioFuzz()::feed, ScenarioFuzz::seeds),
          new Target(new SnapshotFuzz()::feed, SnapshotFuzz::seeds),
          new Target(new UploadFuzz()::feed, UploadFuzz::seeds),
          new Target(new AttestationFuzz()::feed, AttestationFuzz::seeds),
          new Target(new ControlFuzz()::feed, ControlFuzz::seeds));

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

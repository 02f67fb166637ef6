package dev.countersign.simulator.engine;

import static dev.countersign.fuzz.Fuzz.require;

import dev.countersign.fuzz.Fuzz;
import dev.countersign.fuzz.FuzzTarget;
import dev.countersign.simulator.state.Snapshot;
import java.util.Arrays;
import java.util.stream.Stream;

/** A snapshot is one that can be taken again, or is refused in a sentence. */
public final class SnapshotFuzz extends FuzzTarget {

  private static final Stage STAGE = new Stage();

  public static Stream<byte[]> seeds() {
    return Stream.concat(
        Stream.of(STAGE.tenant.snapshot().bytes()),
        Fuzz.seeds(
            "{\"format\":\"countersign-organisation\",\"version\":2}",
            "{\"format\":\"countersign-organisation\",\"version\":1,\"seed\":1,\"name\":\"a\",\"drawn\":0,\"tables\":{}}",
            "{}"));
  }

  @Override
  protected void fed(byte[] input) throws Exception {
    Fuzz.bounded(input.length, 20_000, () -> read(input));
  }

  private static void read(byte[] input) {
    Snapshot snapshot;
    try {
      snapshot = Snapshot.parse(input);
    } catch (IllegalArgumentException e) {
      require(
          String.valueOf(e.getMessage()).contains("snapshot"), "A refusal says what it is about");
      return;
    }
    byte[] bytes = snapshot.bytes();
    require(Arrays.equals(Snapshot.parse(bytes).bytes(), bytes), "It can be taken again");
    STAGE.tenant.restore(snapshot.moment());
    require(
        Arrays.equals(
            new Snapshot(snapshot.seed(), snapshot.name(), STAGE.tenant.moment()).bytes(), bytes),
        "What was restored is what was taken");
    STAGE.tenant.restore(STAGE.begin);
  }
}

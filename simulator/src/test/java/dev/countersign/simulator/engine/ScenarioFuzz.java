package dev.countersign.simulator.engine;

import static dev.countersign.fuzz.Fuzz.require;

import dev.countersign.error.ConfigurationException;
import dev.countersign.fuzz.Fuzz;
import dev.countersign.fuzz.FuzzTarget;
import dev.countersign.simulator.Scenario;
import dev.countersign.simulator.scenario.Loading;
import dev.countersign.simulator.scenario.ScenarioFile;
import dev.countersign.simulator.state.Snapshot;
import dev.countersign.simulator.state.Tenant;
import java.io.FileNotFoundException;
import java.util.stream.Stream;

/**
 * A scenario makes an organisation that can be kept, or is refused with file and line of each
 * fault. The first byte of an input says whether it is JSON.
 */
public final class ScenarioFuzz extends FuzzTarget {

  private static final Stage STAGE = new Stage();

  public static Stream<byte[]> seeds() {
    return Fuzz.seeds(
        "\0" + Scenario.example(),
        "\0" + Stage.SCENARIO,
        "\1{\"name\":\"a\",\"seed\":7,\"wallets\":[{\"name\":\"w\",\"network\":\"Bitcoin\"}]}",
        "\0name: a\nswitches: {temporaryTokenLifetime: PT0S, balances: TRACKED}\n",
        "\0name: &a x\nseed: *a\n",
        "\0name: a\nname: b\n",
        "\0name: a\npeople: [{name: p, kind: human, key: x.pem, roles: [r]}]\n");
  }

  @Override
  protected void fed(byte[] input) throws Exception {
    String name = Fuzz.choice(input, 2) == 0 ? "a.yaml" : "a.json";
    String text = Fuzz.utf8(Fuzz.rest(input));
    Fuzz.bounded(input.length, 100_000, () -> load(name, text));
  }

  private static void load(String name, String text) {
    Tenant tenant;
    try {
      ScenarioFile file =
          ScenarioFile.parse(
              name,
              text,
              key -> {
                throw new FileNotFoundException(key);
              });
      tenant = STAGE.tenant(file);
      Loading.fill(STAGE.engine, tenant, file);
    } catch (ConfigurationException e) {
      require(
          String.valueOf(e.getMessage())
              .lines()
              .allMatch(line -> line.matches("a[.](yaml|json):[0-9]+: .+")),
          "Each fault has its file and line: " + e.getMessage());
      return;
    }
    byte[] kept = tenant.snapshot().bytes();
    require(
        java.util.Arrays.equals(Snapshot.parse(kept).bytes(), kept), "What is there can be kept");
    require(
        tenant.decisions().lines().stream().noneMatch(it -> it.contains("fault of the simulator")),
        "The simulator makes no faults: " + tenant.decisions().lines());
  }
}

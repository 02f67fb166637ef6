package dev.countersign.simulator.steering;

import static dev.countersign.simulator.steering.ControlFixture.KEY;
import static dev.countersign.simulator.steering.ControlFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.client.OrganisationClient;
import dev.countersign.simulator.faults.Effect;
import dev.countersign.simulator.faults.Fault;
import dev.countersign.simulator.faults.Phase;
import dev.countersign.simulator.faults.PlantedFault;
import dev.countersign.simulator.faults.Presets;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.wire.SimResponse;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults are planted, seen and removed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultControlTest {

  static final Set<String> SHOWN =
      Set.of("listFaults", "addFault", "clearFaults", "getFault", "removeFault");

  @RegisterExtension private final ControlFixture control = ControlFixture.showing(SHOWN);

  @Test
  void aFaultIsPlantedStrikesAndIsRemoved() {
    OrganisationClient organisation = control.fresh();
    Identity admin = organisation.admin("a", KEY);
    PlantedFault planted =
        organisation.addFault(Presets.unavailable("listWallets").times(1).build());

    assertThat(control.read(admin, "/wallets").status()).isEqualTo(503);
    assertThat(control.read(admin, "/wallets").status()).isEqualTo(200);
    assertThat(organisation.fault(planted.id()).fired()).isEqualTo(1);
    assertThat(organisation.fault(planted.id()).occasions()).isEqualTo(2);
    assertThat(organisation.faults()).hasSize(1);
    organisation.removeFault(planted.id());
    assertThat(organisation.faults()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> organisation.removeFault(planted.id()))
        .withMessageContaining(planted.id());
    organisation.addFault(Presets.slow("").build());
    organisation.clearFaults();
    assertThat(organisation.faults()).isEmpty();
  }

  static Stream<Fault> everyFault() {
    Duration time = Duration.ofMillis(1500);
    return Stream.of(
        Fault.of(Phase.BEFORE_AUTHENTICATION, Effect.html(503)).build(),
        Fault.of(Phase.BEFORE_COMMIT, Effect.tooManyRequests(Duration.ofSeconds(9))).build(),
        Fault.of(Phase.AFTER_COMMIT, Effect.status(500)).build(),
        Fault.of(Phase.AFTER_COMMIT, Effect.latency(time)).skip(3).times(4).build(),
        Fault.of(Phase.AFTER_COMMIT, Effect.stall(time)).probability(0.25, 99).build(),
        Fault.of(Phase.AFTER_COMMIT, Effect.stalledBody(time)).operation("getWallet").build(),
        Fault.of(Phase.AFTER_COMMIT, Effect.reset()).identity("us-1").build(),
        Fault.of(Phase.AFTER_COMMIT, Effect.empty()).header("h").build(),
        Fault.of(Phase.AFTER_COMMIT, Effect.truncated()).build(),
        Fault.of(Phase.AFTER_COMMIT, Effect.garbage()).build(),
        Fault.of(Phase.WEBHOOK, Effect.duplicate()).operation("wallet.created").build(),
        Fault.of(Phase.WEBHOOK, Effect.outOfOrder()).build());
  }

  @ParameterizedTest
  @MethodSource("everyFault")
  void aFaultComesBackAsItWas(Fault fault) {
    OrganisationClient organisation = control.fresh();
    assertThat(organisation.addFault(fault).fault()).isEqualTo(fault);
    assertThat(organisation.faults())
        .singleElement()
        .extracting(PlantedFault::fault)
        .isEqualTo(fault);
    organisation.remove();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | phase",
        "{'preset':'lostLuggage'} | preset",
        "{'preset':'slow','phase':'AFTER_COMMIT'} | preset",
        "{'phase':'AFTER_COMMIT'} | phase",
        "{'phase':'LATER','effect':{'kind':'RESET'}} | phase",
        "{'phase':'AFTER_COMMIT','effect':{'kind':'EXPLODE'}} | effect.kind",
        "{'phase':'AFTER_COMMIT','effect':{'kind':'LATENCY'}} | effect.duration",
        "{'phase':'AFTER_COMMIT','effect':{'kind':'LATENCY','duration':'soon'}} | effect.duration",
        "{'phase':'AFTER_COMMIT','effect':{'kind':'ANSWER','status':99}} | effect",
        "{'phase':'AFTER_COMMIT','effect':{'kind':'DUPLICATE'}} | effect",
        "{'preset':'slow','times':0} | times",
        "{'preset':'slow','probability':2} | probability",
        "{'preset':'slow','skip':-1} | skip",
        "{'preset':'slow','speed':1} | speed",
      })
  void aFaultThatIsNoneNamesItsField(String body, String field) {
    SimResponse response =
        control.door.send(
            "POST",
            "/v1/organisations/" + control.simulator.organisation().id() + "/faults",
            body.replace('\'', '"'));

    assertThat(response.status()).isEqualTo(400);
    JsonNode error = Json.parse(response.body()).orElseThrow().path("error");
    assertThat(error.path("field").asText()).isEqualTo(field);
    assertThat(error.path("message").asText()).startsWith(field + ": ").hasSizeGreaterThan(15);
  }

  @Test
  void aPresetGoesByItsName() {
    assertThat(
            text(
                control.send(
                    "POST",
                    control.fresh(),
                    "/faults",
                    "{\"preset\":\"lostAnswer\",\"operation\":\"transferAsset\",\"times\":1}")))
        .contains("\"phase\":\"AFTER_COMMIT\"")
        .contains("\"kind\":\"RESET\"");
  }
}

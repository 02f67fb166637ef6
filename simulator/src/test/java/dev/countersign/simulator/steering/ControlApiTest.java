package dev.countersign.simulator.steering;

import static dev.countersign.simulator.steering.ControlFixture.KEY;
import static dev.countersign.simulator.steering.ControlFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.client.OrganisationClient;
import dev.countersign.simulator.client.SimulatorClient;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.wire.SimResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The control API as a whole: what is described is what is done, and nothing else is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControlApiTest {

  static final Set<String> SHOWN = Set.of("getDescription");

  @RegisterExtension private final ControlFixture control = ControlFixture.showing(SHOWN);

  @Test
  void whatIsDescribedIsWhatIsDone() {
    assertThat(new ControlApi(control.simulator).operations())
        .containsExactlyInAnyOrderElementsOf(
            Description.of(ControlApi.document()).operationNames());
    assertThat(Json.parse(control.client.description().getBytes(StandardCharsets.UTF_8)))
        .contains(ControlApi.document());
  }

  @Test
  void everyOperationIsShownByOneClassAtLeast() {
    Set<String> shown =
        Stream.of(
                SHOWN,
                OrganisationControlTest.SHOWN,
                IdentityControlTest.SHOWN,
                FaultControlTest.SHOWN,
                WorldControlTest.SHOWN,
                DeliveryControlTest.SHOWN)
            .flatMap(Set::stream)
            .collect(Collectors.toSet());
    assertThat(shown)
        .containsExactlyInAnyOrderElementsOf(
            Description.of(ControlApi.document()).operationNames());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/nothing, '', 404",
    "PUT, /v1/organisations, '', 404",
    "POST, /v1/organisations, '', 400",
    "POST, /v1/organisations, '{', 400",
    "POST, /v1/organisations, '[]', 400",
    "GET, /v1/organisations?limit=1, '', 400",
    "GET, /v1/organisations/or-none/clock, '', 404",
    "GET, /v2/organisations, '', 404",
  })
  void whatIsNotDescribedIsRefused(String method, String target, String body, int status) {
    SimResponse response = control.door.send(method, target, body);
    assertThat(response.status()).isEqualTo(status);
    assertThat(Json.parse(response.body()).orElseThrow().at("/error/message").asText())
        .isNotEmpty();
  }

  @Test
  void noAnswerButTheOneThatIssuesItHasAToken() {
    OrganisationClient organisation = control.fresh();
    Identity admin = organisation.admin("a", KEY);
    control.read(admin, "/wallets");
    for (String path :
        new String[] {"", "/faults", "/decisions", "/usage", "/coverage", "/switches", "/clock"}) {
      assertThat(
              text(control.door.send("GET", "/v1/organisations/" + organisation.id() + path, "")))
          .doesNotContain(admin.token());
    }
    assertThat(admin.toString() + organisation + control.client).doesNotContain(admin.token());
  }

  @Test
  void aSimulatorThatIsNotThereIsUnavailable() {
    assertThat(
            catchThrowable(
                () -> SimulatorClient.at(URI.create("http://127.0.0.1:1")).organisations()))
        .isInstanceOf(ServiceUnavailableException.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimulatorClient.at(URI.create("ftp://127.0.0.1")));
  }
}

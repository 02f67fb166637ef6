package dev.countersign.simulator.steering;

import static dev.countersign.simulator.steering.ControlFixture.KEY;
import static dev.countersign.simulator.steering.ControlFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.pem.PemSigner;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Scenario;
import dev.countersign.simulator.client.OrganisationClient;
import dev.countersign.simulator.client.ScenarioClient;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.wire.SimResponse;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Organisations come, are set, kept and go. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrganisationControlTest {

  static final Set<String> SHOWN =
      Set.of(
          "listOrganisations",
          "createOrganisation",
          "getOrganisation",
          "deleteOrganisation",
          "resetOrganisation",
          "markOrganisation",
          "takeSnapshot",
          "restoreSnapshot",
          "loadScenario",
          "getSwitches",
          "setSwitches");

  @RegisterExtension private final ControlFixture control = ControlFixture.showing(SHOWN);

  @Test
  void organisationsComeAndGo() {
    OrganisationClient added = control.fresh();

    assertThat(control.client.organisations())
        .extracting(OrganisationClient::id)
        .contains(added.id());
    assertThat(control.client.find(added.name()))
        .hasValueSatisfying(it -> assertThat(it.id()).isEqualTo(added.id()));
    assertThat(text(control.door.send("GET", "/v1/organisations/" + added.id(), "")))
        .contains("\"name\":\"" + added.name() + "\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> control.client.addOrganisation(added.name()))
        .withMessageStartingWith("name: ");
    added.remove();
    assertThat(control.client.find(added.name())).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(added::now)
        .withMessageStartingWith("organisationId: ");
  }

  @Test
  void anOrganisationIsKeptMarkedAndReset() {
    OrganisationClient organisation = control.fresh();
    Identity first = organisation.admin("first", KEY);
    organisation.mark();
    byte[] snapshot = organisation.snapshot();
    Identity second = organisation.admin("second", KEY);
    assertThat(control.read(second, "/wallets").status()).isEqualTo(200);

    organisation.reset();
    assertThat(control.read(second, "/wallets").status()).isEqualTo(401);
    assertThat(control.read(first, "/wallets").status()).isEqualTo(200);

    organisation.remove();
    assertThat(control.read(first, "/wallets").status()).isEqualTo(401);
    assertThat(control.client.restore(snapshot).id()).isEqualTo(organisation.id());
    assertThat(control.read(first, "/wallets").status()).isEqualTo(200);
    assertThatIllegalArgumentException().isThrownBy(() -> control.client.restore("{}".getBytes()));
  }

  @Test
  void switchesAreSet() {
    OrganisationClient organisation = control.fresh();
    Switches switches = organisation.switches();
    assertThat(switches.refusedVoteStatus()).isEqualTo(403);
    organisation.setSwitches(switches.toBuilder().refusedVoteStatus(400).build());
    assertThat(organisation.switches().refusedVoteStatus()).isEqualTo(400);

    SimResponse wrong =
        control.send("PUT", organisation, "/switches", "{\"refusedVoteStatus\":200}");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(text(wrong)).contains("\"field\":\"refusedVoteStatus\"");
    SimResponse made =
        control.door.send(
            "POST",
            "/v1/organisations",
            "{\"name\":\"switched\",\"switches\":{\"serviceAccountsCanApprove\":true}}");
    assertThat(made.status()).isEqualTo(200);
    assertThat(control.client.find("switched").orElseThrow().switches().serviceAccountsCanApprove())
        .isTrue();
  }

  @Test
  void aScenarioIsLoadedWithItsKeys() {
    ScenarioClient loaded = control.client.load(Scenario.example());

    assertThat(loaded.names()).isNotEmpty();
    assertThat(control.client.find(loaded.organisation().name())).isPresent();
    for (String name : loaded.names()) {
      assertThat(control.read(loaded.identity(name), "/wallets").status()).isIn(200, 403);
      assertThat(loaded.toString()).doesNotContain(loaded.identity(name).token());
    }
    String pem =
        loaded.names().stream()
            .flatMap(it -> loaded.privateKey(it).stream())
            .findFirst()
            .orElseThrow();
    PemSigner.read(pem.getBytes(StandardCharsets.UTF_8)).close();
    assertThatIllegalArgumentException().isThrownBy(() -> loaded.identity("nobody"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> control.client.load("organisation: [oops"))
        .withMessageContaining("scenario.yaml");
  }
}

package dev.countersign.simulator.steering;

import static dev.countersign.simulator.steering.ControlFixture.KEY;
import static dev.countersign.simulator.steering.ControlFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.simulator.Identity;
import dev.countersign.simulator.client.OrganisationClient;
import dev.countersign.simulator.usage.Usage;
import dev.countersign.simulator.wire.SimResponse;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** People and service accounts, and what is known of what they did. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdentityControlTest {

  static final Set<String> SHOWN =
      Set.of(
          "createIdentity",
          "setActivation",
          "listMailedCodes",
          "listDecisions",
          "getCoverage",
          "getSimulatorCoverage",
          "getUsage",
          "forgetTraffic");

  @RegisterExtension private final ControlFixture control = ControlFixture.showing(SHOWN);

  @Test
  void everyKindOfIdentityCanAct() {
    OrganisationClient organisation = control.fresh();

    for (Identity identity :
        new Identity[] {
          organisation.admin("a", KEY),
          organisation.human("h", KEY, "Wallets:Read"),
          organisation.serviceAccount("s", KEY, "Wallets:Read"),
          organisation.endUser("e", KEY)
        }) {
      assertThat(identity.organisationId()).isEqualTo(organisation.id());
      assertThat(identity.userId()).startsWith("us-");
      assertThat(identity.credentialId()).isNotEmpty();
      assertThat(control.read(identity, "/wallets").status()).isEqualTo(200);
    }
    assertThat(control.read(organisation.serviceAccount("none", KEY), "/wallets").status())
        .isEqualTo(403);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> organisation.admin("b", "no key"))
        .withMessageStartingWith("publicKey: ")
        .withMessageContaining("PEM");
  }

  @Test
  void aUserIsDeactivatedAndActivated() {
    OrganisationClient organisation = control.fresh();
    Identity admin = organisation.admin("a", KEY);
    organisation.deactivate(admin.userId());
    assertThat(control.read(admin, "/wallets").status()).isEqualTo(401);
    organisation.activate(admin.userId());
    assertThat(control.read(admin, "/wallets").status()).isEqualTo(200);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> organisation.activate("us-none"))
        .withMessageContaining("us-none");
  }

  @Test
  void decisionsCodesCoverageAndUsageAreShown() {
    OrganisationClient organisation = control.fresh();
    Identity account = organisation.serviceAccount("payments", KEY, "Wallets:Read", "Keys:Read");
    control.read(account, "/wallets");
    control.read(account, "/wallets/wa-1");

    assertThat(organisation.decisions()).anyMatch(it -> it.startsWith("404 GET /wallets/wa-1"));
    assertThat(organisation.mailedCodes("payments")).isEmpty();
    assertThat(organisation.coverage().touched().get("listWallets")).containsEntry(200, 1L);
    assertThat(control.client.coverage().touched()).containsKeys("listWallets", "getWallet");
    Usage usage = organisation.usage().get(0);
    assertThat(usage.name()).isEqualTo("payments");
    assertThat(usage.unused()).containsExactly("Keys:Read");
    assertThat(usage.leastPrivilege()).contains("[\"Wallets:Read\"]");
    SimResponse table = control.send("GET", organisation, "/coverage?format=table", "");
    assertThat(text(table)).contains("listWallets ").contains("operations called");
    organisation.forgetTraffic();
    assertThat(organisation.coverage().touched()).isEmpty();
  }
}

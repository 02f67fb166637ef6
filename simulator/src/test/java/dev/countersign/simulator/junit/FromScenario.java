package dev.countersign.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Dfns;
import dev.countersign.api.wallets.TransferAssetBody;
import dev.countersign.credential.CredentialSource;
import dev.countersign.signing.Signer;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Organisation;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Tests of which each has the organisation of a scenario. Run by another test. */
@WithSimulator(scenario = "payouts.yaml")
class FromScenario {

  private static final String TO = "0x000000000000000000000000000000000000dead";
  private static final Set<String> ORGANISATIONS = ConcurrentHashMap.newKeySet();

  private static void pays(Dfns dfns, Organisation organisation, Happened happened) {
    String treasury = dfns.wallets().listWallets().stream().findFirst().orElseThrow().id();
    assertThat(organisation.balances().of(treasury, "native")).isEqualTo("1000");
    assertThat(
            dfns.wallets()
                .transferAsset(treasury, TransferAssetBody.native_().to(TO).amount("900").build())
                .execute()
                .walletId())
        .isEqualTo(treasury);
    happened.transferred("900", TO);
  }

  @Test
  void theBackendPaysWhatTheTreasuryHas(
      @Named("backend") Dfns dfns, Happened happened, Organisation organisation) {
    assertThat(ORGANISATIONS.add(organisation.id())).isTrue();
    pays(dfns, organisation, happened);
  }

  @Test
  void eachTestHasItsOwn(
      @Named("backend") Dfns dfns, Happened happened, Organisation organisation) {
    assertThat(ORGANISATIONS.add(organisation.id())).isTrue();
    pays(dfns, organisation, happened);
  }

  @Test
  void everybodyIsThere(
      @Named("alice") Identity alice,
      @Named("alice") Signer signer,
      @Named("alice") CredentialSource credentials,
      @Named("bob") Identity bob,
      @Admin("carol") Identity carol) {
    assertThat(credentials.current().key().orElseThrow().id().value())
        .isEqualTo(alice.credentialId());
    assertThat(signer.sign(new byte[] {1})).hasSize(64);
    assertThat(Set.of(alice.userId(), bob.userId(), carol.userId())).hasSize(3);
  }

  @Nested
  class Inside {
    @Test
    void aClassInsideHasItToo(@Named("alice") Identity alice) {
      assertThat(alice.userId()).startsWith("us-");
    }
  }

  /** A class that inherits the scenario. */
  static class Inherited extends FromScenario {}

  @WithSimulator(scenario = "/dev/countersign/simulator/junit/payouts.yaml")
  static class Absolute {
    @Test
    void aNameMayBeAbsolute(@Named("alice") Identity alice) {
      assertThat(alice.userId()).startsWith("us-");
    }
  }

  @WithSimulator(per = WithSimulator.Per.CLASS, scenario = "payouts.yaml")
  static class Once {
    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

    @Test
    void one(@Named("alice") Identity alice) {
      SEEN.add(alice.userId());
      assertThat(SEEN).hasSize(1);
    }

    @Test
    void other(@Named("alice") Identity alice) {
      SEEN.add(alice.userId());
      assertThat(SEEN).hasSize(1);
    }
  }
}

package dev.countersign.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  @ParameterizedTest
  @CsvSource({
    "walletId, walletId",
    "ed25519-start, ed25519Start",
    "hsm_target_serial, hsmTargetSerial",
    "Erc20, erc20",
    "Registry:Addresses:Modify, registryAddressesModify",
    "0fns, _0fns",
    "Native, native_",
    "to, to",
    "json, json_",
    "notify, notify_",
    "build, build_",
    "beneficiaryVASPdid, beneficiaryVASPdid",
  })
  void aMemberIsInCamelCase(String name, String member) {
    assertThat(Names.member(name)).isEqualTo(member);
  }

  @ParameterizedTest
  @CsvSource({
    "EthereumSepolia, ETHEREUM_SEPOLIA",
    "AvalancheCFuji, AVALANCHE_C_FUJI",
    "XLayer, X_LAYER",
    "Eip1559, EIP1559",
    "CGGMP24, CGGMP24",
    "FROST_BITCOIN, FROST_BITCOIN",
    "Wallets:Sign, WALLETS_SIGN",
    "policy.approval.pending, POLICY_APPROVAL_PENDING",
    "wallet.blockchain_event.misc.confirmed, WALLET_BLOCKCHAIN_EVENT_MISC_CONFIRMED",
    "salary payment, SALARY_PAYMENT",
    "cross-platform, CROSS_PLATFORM",
    "0fns, _0FNS",
    "*, ALL",
  })
  void aConstantIsInCapitals(String value, String constant) {
    assertThat(Names.constant(value)).isEqualTo(constant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "::", "→"})
  void whatHasNoLettersIsNoName(String name) {
    assertThatThrownBy(() -> Names.member(name))
        .isInstanceOf(DescriptionException.class)
        .hasMessageContaining("cannot be a name in Java");
    assertThatThrownBy(() -> Names.constant(name)).isInstanceOf(DescriptionException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wallet", "Wallet-2", "2Wallet", "class", ""})
  void aClassNeedsAClassName(String name) {
    assertThatThrownBy(() -> Names.type("wallets", name))
        .isInstanceOf(DescriptionException.class)
        .hasMessageEndingWith("this cannot be the name of a Java class");
  }

  @Test
  void whatDomainsShareStandsAboveThem() {
    assertThat(Names.packageOf("common")).isEqualTo("dev.countersign.api");
    assertThat(Names.packageOf("addressWatches")).isEqualTo("dev.countersign.api.addresswatches");
  }
}

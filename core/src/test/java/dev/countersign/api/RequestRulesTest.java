package dev.countersign.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.api.auth.CreateServiceAccountBody;
import dev.countersign.api.policies.ApprovalGroup;
import dev.countersign.api.policies.ApprovalGroupApprovers;
import dev.countersign.api.wallets.BroadcastTransactionBody;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.api.wallets.ListOrgWalletHistoryQuery;
import dev.countersign.api.wallets.TransferAssetBody;
import dev.countersign.api.wallets.TransferAssetBodyErc20;
import dev.countersign.api.wallets.TransferAssetBodyNative;
import dev.countersign.json.JsonBoolean;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonString;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRulesTest {

  private static final String ADDRESS = "0xe5a2ebc128e262ab1e3bd02bffbe16911adfbffb";

  private static TransferAssetBodyNative.Builder transfer() {
    return TransferAssetBody.native_().to(ADDRESS).amount("1000");
  }

  @Test
  void aMissingMemberIsNamed() {
    assertThatThrownBy(() -> TransferAssetBody.native_().to(ADDRESS).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("TransferAssetBodyNative needs 'amount'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "1e3", " 1", "1\n", "0x10", "１"})
  void anAmountIsDigitsOnly(String amount) {
    assertThatThrownBy(() -> transfer().amount(amount).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("TransferAssetBodyNative needs 'amount' to match ^\\d+$");
  }

  @Test
  void anAmountCanBeAnIntegerOfAnySize() {
    BigInteger amount = BigInteger.TEN.pow(40);
    assertThat(transfer().amount(amount).build().amount()).isEqualTo(amount.toString());
    assertThatThrownBy(() -> transfer().amount(BigInteger.ONE.negate()).build())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anExternalIdHasOneToFiftyCharacters() {
    assertThatCode(() -> transfer().externalId("x".repeat(50)).build()).doesNotThrowAnyException();
    assertThatCode(() -> transfer().externalId("😀".repeat(50)).build()).doesNotThrowAnyException();
    for (String bad : List.of("", "x".repeat(51))) {
      assertThatThrownBy(() -> transfer().externalId(bad).build())
          .hasMessage("TransferAssetBodyNative needs 'externalId' to have 1 to 50 characters");
    }
  }

  @Test
  void aMemoIsLettersAndDigits() {
    assertThatCode(() -> transfer().memo("").build()).doesNotThrowAnyException();
    assertThatCode(() -> transfer().memo("Invoice4711").build()).doesNotThrowAnyException();
    assertThatThrownBy(() -> transfer().memo("Invoice 4711").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("TransferAssetBodyNative needs 'memo' to match ^[a-zA-Z0-9]*$");
    assertThatThrownBy(() -> transfer().memo("x".repeat(65)).build())
        .hasMessage("TransferAssetBodyNative needs 'memo' to have 0 to 64 characters");
  }

  @Test
  void aWalletHasAtMostTenTags() {
    List<String> eleven = Collections.nCopies(11, "treasury");
    assertThatThrownBy(() -> TagsBody.builder().tags(eleven).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'tags'");
    assertThatThrownBy(() -> TagsBody.builder().tags(List.of("no blanks")).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'tags'");
  }

  @Test
  void anEvmAddressIsChecked() {
    TransferAssetBodyErc20.Builder erc20 =
        TransferAssetBody.erc20().contract("0x12").to(ADDRESS).amount("1");
    assertThatThrownBy(erc20::build)
        .hasMessage("TransferAssetBodyErc20 needs 'contract' to match ^0x[0-9a-fA-F]{40}$");
    assertThat(erc20.contract(ADDRESS).build().contract()).isEqualTo(ADDRESS);
  }

  @Test
  void tagsAreFewAndOfFewCharacters() {
    CreateWalletBody.Builder wallet = CreateWalletBody.builder().network(Network.ETHEREUM_SEPOLIA);
    assertThatThrownBy(() -> wallet.tags(Collections.nCopies(11, "a")).build())
        .hasMessage("CreateWalletBody needs 'tags' to have 0 to 10 elements");
    assertThatThrownBy(() -> wallet.tags(List.of("fine", "not fine")).build())
        .hasMessageStartingWith("CreateWalletBody needs 'tags' to hold only what matches ");
    assertThat(wallet.tags(List.of("team:a", "x/y")).build().tags())
        .contains(List.of("team:a", "x/y"));
  }

  @Test
  void aPublicKeyIsPem() {
    CreateServiceAccountBody.Builder account = CreateServiceAccountBody.builder().name("robot");
    assertThatThrownBy(() -> account.publicKey("ssh-ed25519 AAAA").build())
        .hasMessageStartingWith("CreateServiceAccountBody needs 'publicKey' to match ^-----BEGIN");
    String pem = "-----BEGIN PUBLIC KEY-----\nMCow+/=\n-----END PUBLIC KEY-----\n";
    assertThat(account.publicKey(pem).build().publicKey()).isEqualTo(pem);
    assertThatThrownBy(() -> account.daysValid(0).build())
        .hasMessage("CreateServiceAccountBody needs 'daysValid' to be at least 1");
  }

  @Test
  void aNumberStaysInItsRange() {
    assertThatThrownBy(
            () ->
                ApprovalGroup.builder()
                    .quorum(0)
                    .approvers(ApprovalGroupApprovers.builder().build())
                    .build())
        .hasMessage("ApprovalGroup needs 'quorum' to be at least 1");
    assertThatThrownBy(() -> BroadcastTransactionBody.createSolanaNonceAccounts().count(9).build())
        .hasMessage("BroadcastTransactionBodyCreateSolanaNonceAccounts needs 'count' to be 1 to 8");
  }

  @Test
  void theWayAroundTheSettersIsCheckedToo() {
    assertThatThrownBy(() -> transfer().with("amount", JsonNumber.of(1000)).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> transfer().with("kind", JsonString.of("Erc20")).build())
        .hasMessage("TransferAssetBodyNative needs 'kind' to be \"Native\"");
    assertThat(transfer().with("brandNew", JsonBoolean.TRUE).build().has("brandNew")).isTrue();
  }

  @Test
  void aRequiredQueryParameterIsDemanded() {
    assertThatThrownBy(() -> ListOrgWalletHistoryQuery.builder().startTime("2026").build())
        .hasMessage("ListOrgWalletHistoryQuery needs 'endTime'");
  }

  @Test
  @SuppressWarnings("NullAway") // what a caller without NullAway may do
  void nullIsRefusedWithTheMembersName() {
    String nothing = null;
    assertThatThrownBy(() -> transfer().memo(nothing))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("memo");
  }

  @Test
  void aBuilderCanBuildSeveralTimesWithoutTheViewsChanging() {
    TransferAssetBodyNative.Builder builder = transfer();
    TransferAssetBodyNative first = builder.build();
    TransferAssetBodyNative second = builder.memo("m").build();
    assertThat(first.memo()).isEmpty();
    assertThat(second.memo()).contains("m");
  }
}

package dev.countersign.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.codegen.Schema;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnionsWithoutDiscriminatorTest {

  @Test
  void thereAreEleven() {
    List<String> unions =
        Api.DESCRIPTION.schemas().stream()
            .filter(s -> s instanceof Schema.UnionSchema u && u.discriminator() == null)
            .map(Schema::name)
            .toList();
    assertThat(unions).hasSize(11);
  }

  /** Members are {@code name=text}, or {@code name} for a number. */
  @ParameterizedTest
  @CsvSource({
    "ActivateWalletBody, expiry unsignedCdiStr, ActivateWalletBodyConcordium",
    "ActivateWalletBody, validatorId, ActivateWalletBodyCanton",
    "ActivateWalletBody, '', Unknown",
    "AllocationActionRequest, kind sourceAsset targetAsset, CreateAllocationActionBodySwap",
    "AllocationActionRequest, kind amount, CreateAllocationActionBodyAmount",
    "AllocationActionRequest, walletId protocol=0fns sourceAsset targetAsset kind,"
        + " CreateAllocationBodyOfns",
    "AllocationActionRequest, walletId protocol=SkySusds amount, CreateAllocationBodyVault",
    "AllocationActionRequest, walletId protocol=Brand amount, Unknown",
    "CreateAllocationActionBody, kind sourceAsset targetAsset, CreateAllocationActionBodySwap",
    "CreateAllocationActionBody, kind amount, CreateAllocationActionBodyAmount",
    "CreateStakeActionBody, protocol=Iota kind=Withdraw amount, CreateStakeActionBodyIotaWithdraw",
    "CreateStakeActionBody, protocol=Iota kind=Deposit amount, CreateStakeActionBodyIotaDeposit",
    "CreateStakeActionBody, protocol=Ethereum kind=Withdraw,"
        + " CreateStakeActionBodyEthereumWithdraw",
    "CreateStakeActionBody, protocol=Solana kind=Withdraw, Unknown",
    "StakeActionRequest, protocol=Babylon walletId provider=Figment amount duration,"
        + " StakeRequestBabylon",
    "StakeActionRequest, protocol=Ethereum walletId provider=Figment amount, StakeRequestEthereum",
    "StakeActionRequest, protocol=Iota walletId validator amount, StakeRequestIota",
    "StakeActionRequest, protocol=Iota kind=Deposit amount, CreateStakeActionBodyIotaDeposit",
    "StakeActionRequest, protocol=Ethereum kind=Withdraw, CreateStakeActionBodyEthereumWithdraw",
    "SwapRequest, provider=UniswapX quoteId walletId sourceAsset targetAsset slippageBps,"
        + " CreateSwapBodyUniswap",
    "SwapRequest, provider=CircleCctp quoteId walletId sourceAsset targetAsset feeToleranceBps,"
        + " CreateSwapBodyCircleCctp",
    "SwapRequest, provider=Later quoteId walletId sourceAsset targetAsset slippageBps, Unknown",
    "SwapQuoteRequest, provider=UniswapClassic walletId sourceAsset targetAsset slippageBps,"
        + " CreateSwapQuoteBodyUniswap",
    "SwapQuoteRequest, provider=CircleCctp walletId sourceAsset targetAsset feeToleranceBps,"
        + " CreateSwapQuoteBodyCircleCctp",
    "LoginResponse, token=t, LoginToken",
    "LoginResponse, ssoClientId=c, LoginSsoRequired",
    "LoginResponse, other, Unknown",
    "OnchainSignResult, success, OnchainSignSuccess",
    "OnchainSignResult, fail, KeystoreFailure",
    "ProofOfControlResult, success, ProofOfControlSuccess",
    "ProofOfControlResult, fail, KeystoreFailure",
    "ListOrgWalletHistoryResponse, orgId items, OrgWalletHistory",
  })
  void theVariantThatAsksMostWins(String union, String members, String variant) {
    JsonObject.Builder json = JsonObject.builder();
    for (String member : members.split(" ")) {
      String[] pair = member.split("=");
      if (!member.isEmpty()) {
        json.put(pair[0], pair.length == 1 ? JsonNumber.of(1) : JsonString.of(pair[1]));
      }
    }
    Object value = Api.typeOf(Api.DESCRIPTION.schema(union)).read(json.build());
    assertThat(value.getClass().getSimpleName()).isEqualTo(variant);
  }

  @Test
  void anAnswerCanBeText() {
    JsonValue csv = JsonString.of("timestamp,walletId\n");
    var answer = dev.countersign.api.wallets.ListOrgWalletHistoryResponse.of(csv);
    assertThat(answer)
        .isInstanceOfSatisfying(
            dev.countersign.api.wallets.ListOrgWalletHistoryResponse.Text.class,
            text -> assertThat(text.value()).isEqualTo("timestamp,walletId\n"));
    assertThat(answer.json()).isEqualTo(csv);
  }

  @Test
  void anObjectThatNothingIsSaidOfCanBeSent() {
    assertThat(dev.countersign.api.wallets.ActivateWalletBody.empty().json())
        .isEqualTo(JsonObject.empty());
  }
}

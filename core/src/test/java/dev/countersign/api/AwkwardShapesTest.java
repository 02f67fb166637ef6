package dev.countersign.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.api.allocations.AllocationProtocol;
import dev.countersign.api.allocations.CreateAllocationBody;
import dev.countersign.api.auth.AuditLog;
import dev.countersign.api.keys.GenerateSignatureBody;
import dev.countersign.api.keys.GenerateSignatureBodyHash;
import dev.countersign.api.keys.GenerateWalletSignatureBody;
import dev.countersign.api.networks.AbiParameter;
import dev.countersign.api.payouts.PayoutPurpose;
import dev.countersign.api.permissions.PermissionOperation;
import dev.countersign.api.policies.Policy;
import dev.countersign.api.policies.PolicyBody;
import dev.countersign.api.policies.PolicyBodyWalletsSign;
import dev.countersign.api.policies.PolicyChangeRequest;
import dev.countersign.api.policies.PolicyWalletsSign;
import dev.countersign.api.signers.FleetOutputBody;
import dev.countersign.api.signers.FleetOutputResultGenesisRegistrationKeyHarvest;
import dev.countersign.api.wallets.BlockchainEvent;
import dev.countersign.api.wallets.BroadcastTransactionBody;
import dev.countersign.api.wallets.BroadcastTransactionBodyEvm;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.api.wallets.GetWalletAssetsQuery;
import dev.countersign.api.wallets.TransferAssetBody;
import dev.countersign.api.wallets.TransferAssetBodySpl;
import dev.countersign.api.wallets.UpdateWalletBody;
import dev.countersign.api.wallets.WalletAsset;
import dev.countersign.api.webhooks.ListWebhookEventsQuery;
import dev.countersign.api.webhooks.WebhookSubscription;
import dev.countersign.error.ProtocolException;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonBoolean;
import dev.countersign.json.JsonNull;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.JsonViewBuilder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shapes of the API that need care, one by one. */
class AwkwardShapesTest {

  private static JsonObject kind(String kind) {
    return JsonObject.of("kind", JsonString.of(kind));
  }

  @Test
  void aVariantOfSeveralUnionsIsOneClass() {
    JsonObject json = kind("Hash").toBuilder().put("hash", JsonString.of("0xab")).build();
    GenerateSignatureBody one = GenerateSignatureBody.of(json);
    GenerateWalletSignatureBody other = GenerateWalletSignatureBody.of(json);
    assertThat(one).isEqualTo(other).isInstanceOf(GenerateSignatureBodyHash.class);
  }

  @Test
  void aVariantWithSeveralDiscriminatorValuesKeepsItsValue() {
    TransferAssetBodySpl spl2022 =
        TransferAssetBody.spl2022().mint("m").to("t").amount("1").build();
    assertThat(spl2022.kind()).isSameAs(SplKind.SPL2022);
    assertThat(TransferAssetBody.of(spl2022.json())).isEqualTo(spl2022);
    assertThat(TransferAssetBody.spl().mint("m").to("t").amount("1").build().kind())
        .isSameAs(SplKind.SPL);
  }

  @Test
  void anUnknownVariantKeepsAllItHas() {
    JsonObject json = kind("Hologram").toBuilder().put("to", JsonString.of("moon")).build();
    TransferAssetBody body = TransferAssetBody.of(json);
    assertThat(body).isInstanceOf(TransferAssetBody.Unknown.class);
    assertThat(body.json()).isEqualTo(json);
    assertThat(body.to()).isEqualTo("moon");
    assertThat(body)
        .hasToString("TransferAssetBody.Unknown{\"kind\":\"Hologram\",\"to\":\"moon\"}");
  }

  @Test
  void whatAllVariantsHaveIsReadWithoutKnowingTheVariant() {
    JsonObject json =
        kind("Coin").toBuilder()
            .put("balance", JsonString.of("12"))
            .put("decimals", JsonNumber.of(6))
            .build();
    assertThat(WalletAsset.of(json).balance()).isEqualTo("12");
    assertThat(WalletAsset.of(json).decimals()).isEqualTo(6);
    WalletAsset unknown = WalletAsset.of(kind("Hologram"));
    assertThatThrownBy(unknown::balance)
        .isInstanceOf(ProtocolException.class)
        .hasMessage("Dfns sent a WalletAsset.Unknown without 'balance'");
  }

  @Test
  void aWideUnionFindsItsVariants() {
    for (String kind : List.of("NativeTransfer", "UtxoTransfer", "Spl2022Transfer")) {
      assertThat(BlockchainEvent.of(kind(kind))).isNotInstanceOf(BlockchainEvent.Unknown.class);
    }
    assertThat(BlockchainEvent.of(JsonObject.empty())).isInstanceOf(BlockchainEvent.Unknown.class);
    assertThat(BlockchainEvent.of(JsonObject.of("kind", JsonNumber.of(1))))
        .isInstanceOf(BlockchainEvent.Unknown.class);
  }

  @Test
  void recursionIsFollowedToItsEnd() {
    JsonObject innermost =
        JsonObject.builder()
            .put("activityKind", JsonString.of("Wallets:Sign"))
            .put("name", JsonString.of("renamed"))
            .build();
    JsonObject policy =
        JsonObject.builder()
            .put("activityKind", JsonString.of("Wallets:Sign"))
            .put("pendingChangeRequest", JsonObject.of("body", innermost))
            .build();
    assertThat(Policy.of(policy).pendingChangeRequest())
        .map(PolicyChangeRequest::body)
        .contains(PolicyWalletsSign.of(innermost));

    AbiParameter leaf = AbiParameter.builder().name("x").type("uint256").build();
    AbiParameter tuple =
        AbiParameter.builder().name("t").type("tuple").components(List.of(leaf, leaf)).build();
    assertThat(AbiParameter.of(tuple.json()).components()).contains(List.of(leaf, leaf));
  }

  @Test
  void namesThatJavaDoesNotAllowAreTranslated() {
    JsonObject harvest = JsonObject.of("ed25519-start", JsonNumber.of(3));
    assertThat(FleetOutputResultGenesisRegistrationKeyHarvest.of(harvest).ed25519Start())
        .isEqualTo(3);
    assertThat(AllocationProtocol._0FNS.value()).isEqualTo("0fns");
    assertThat(PermissionOperation.WALLETS_TRANSFERS_CREATE.value())
        .isEqualTo("Wallets:Transfers:Create");
    assertThat(PayoutPurpose.SALARY_PAYMENT.value()).isEqualTo("salary payment");
    assertThat(WebhookSubscription.ALL.value()).isEqualTo("*");
    assertThat(WebhookSubscription.POLICY_TRIGGERED.value()).isEqualTo("policy.triggered");
    assertThat(CreateAllocationBody._0fns().walletId("wa-1")).isInstanceOf(JsonViewBuilder.class);
  }

  @Test
  void anEnumerationIsOpen() {
    assertThat(Network.of("EthereumSepolia")).isSameAs(Network.ETHEREUM_SEPOLIA);
    Network mars = Network.of("Mars");
    assertThat(mars.isKnown()).isFalse();
    assertThat(mars).hasToString("Mars").isEqualTo(Network.of("Mars")).isNotEqualTo(Network.ADI);
    assertThat(Network.known()).hasSize(152).contains(Network.ETHEREUM).doesNotContain(mars);
    assertThat(CreateWalletBody.builder().network(mars).build().network()).isEqualTo(mars);
    assertThat(SplKind.of("x")).isNotEqualTo(CoinKind.of("x"));
  }

  @Test
  void aStringOrIntegerIsSetAsEither() {
    BroadcastTransactionBodyEvm.Builder evm = BroadcastTransactionBody.evm();
    assertThat(evm.nonce(7).build().nonce()).contains(JsonNumber.of(7));
    assertThat(evm.nonce("0x7").build().nonce()).contains(JsonString.of("0x7"));
  }

  @Test
  void aStringOrObjectIsSetAsEither() {
    JsonObject object = JsonObject.of("to", JsonString.of("0x1"));
    assertThat(BroadcastTransactionBody.transaction().transaction("0xf0").build().transaction())
        .isEqualTo(JsonString.of("0xf0"));
    assertThat(BroadcastTransactionBody.transaction().transaction(object).build().transaction())
        .isEqualTo(object);
  }

  @Test
  void aNullIsSentWhereItClearsAndReadAsAbsent() {
    UpdateWalletBody body = UpdateWalletBody.builder().clearName().externalId("e").build();
    assertThat(body.json().get("name")).isEqualTo(JsonNull.NULL);
    assertThat(body.name()).isEmpty();
    AuditLog log = AuditLog.of(JsonObject.of("userId", JsonNull.NULL));
    assertThat(log.userId()).isEmpty();
  }

  @Test
  void aNullableMemberThatIsRequiredMustBeSaid() {
    assertThatThrownBy(() -> dev.countersign.api.keys.UpdateKeyBody.builder().build())
        .hasMessage("UpdateKeyBody needs 'name', which may be null");
    assertThat(dev.countersign.api.keys.UpdateKeyBody.builder().clearName().build().name())
        .isEmpty();
  }

  @Test
  void whatOnlyDfnsSetsHasNoSetterAndSurvivesARebuild() {
    JsonObject json =
        JsonObject.builder()
            .put("kind", JsonString.of("Native"))
            .put("to", JsonString.of("t"))
            .put("amount", JsonString.of("1"))
            .put("feeRate", JsonString.of("3"))
            .build();
    var body = dev.countersign.api.wallets.TransferAssetBodyNative.of(json);
    assertThat(body.toBuilder().amount("2").build().feeRate()).contains("3");
    assertThat(Arrays.stream(body.toBuilder().getClass().getMethods()).map(m -> m.getName()))
        .contains("amount")
        .doesNotContain("feeRate", "inputs", "kind");
  }

  @Test
  void aFilesChecksumIsNotTheCallersToGive() {
    assertThat(Arrays.stream(FleetOutputBody.Builder.class.getMethods()).map(m -> m.getName()))
        .contains("outputJson")
        .doesNotContain("fileChecksum");
    assertThatThrownBy(() -> FleetOutputBody.builder().build())
        .hasMessage("FleetOutputBody needs 'outputJson'");
  }

  @Test
  void aTimeIsReadWithItsOffsetAndOtherTextIsNot() {
    JsonObject json = JsonObject.of("date", JsonString.of("2023-04-14T22:41:28.715+02:00"));
    var decision = dev.countersign.api.policies.ApprovalDecision.of(json);
    assertThat(decision.date()).isEqualTo(Instant.parse("2023-04-14T20:41:28.715Z"));
    JsonObject odd = JsonObject.of("date", JsonString.of("yesterday"));
    assertThatThrownBy(() -> dev.countersign.api.policies.ApprovalDecision.of(odd).date())
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("'date'")
        .hasMessageNotContaining("yesterday");
  }

  @Test
  void anElementOfTheWrongKindIsFoundWhenItIsRead() {
    JsonObject json =
        JsonObject.of("tags", JsonArray.of(List.of(JsonString.of("a"), JsonBoolean.TRUE)));
    List<String> tags = dev.countersign.api.wallets.Wallet.of(json).tags();
    assertThat(tags.get(0)).isEqualTo("a");
    assertThatThrownBy(() -> tags.get(1))
        .isInstanceOf(ProtocolException.class)
        .hasMessage(
            "Dfns sent a Wallet whose 'tags' is or holds a boolean that cannot be read as a string");
  }

  @Test
  void aFlagInAQueryIsSetByItsName() {
    assertThat(GetWalletAssetsQuery.builder().netWorth().build().json())
        .isEqualTo(JsonObject.of("netWorth", JsonBoolean.TRUE));
    assertThat(ListWebhookEventsQuery.builder().deliveryFailed(false).build().json())
        .isEqualTo(JsonObject.of("deliveryFailed", JsonBoolean.FALSE));
  }

  @Test
  void aConstantIsSetByTheBuilder() {
    PolicyBodyWalletsSign.Builder policy = PolicyBody.walletsSign();
    assertThatThrownBy(policy::build).hasMessage("PolicyBodyWalletsSign needs 'name'");
    assertThat(GenerateSignatureBody.cip8().build().json().names())
        .containsExactly("kind", "context");
  }

  @Test
  void anOldSpellingOfAPermissionIsMarked() throws NoSuchFieldException {
    assertThat(
            PermissionOperation.class
                .getField("NETWORKS_CANTONVALIDATORS_READ")
                .isAnnotationPresent(Deprecated.class))
        .isTrue();
    assertThat(
            PermissionOperation.class
                .getField("NETWORKS_CANTON_VALIDATORS_READ")
                .isAnnotationPresent(Deprecated.class))
        .isFalse();
  }
}

package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A transfer or transaction is replaced at most once, and of the two only one is confirmed. */
final class ReplacementTest {

  private static final String TO = "0x00000000000000000000000000000000000000Aa";
  private static final String TRANSFER =
      "{\"kind\":\"Native\",\"to\":\"" + TO + "\",\"amount\":\"1000\"}";
  private static final String TRANSACTION =
      "{\"kind\":\"Eip1559\",\"to\":\"" + TO + "\",\"value\":\"5\"}";
  private static final Duration UNTIL_BROADCASTED = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofMinutes(1);

  private final World world = new World();
  private final TestClient admin = world.admin;
  private String wallet = "";

  @BeforeEach
  void aWallet() {
    wallet = wallet("EthereumSepolia");
  }

  private String wallet(String network) {
    return "/wallets/" + admin.post("/wallets", "{\"network\":\"" + network + "\"}").text("/id");
  }

  private String broadcasted(String body) {
    return broadcasted(wallet, body);
  }

  private String broadcasted(String from, String body) {
    String list = from + (body.contains("amount") ? "/transfers" : "/transactions");
    Response created = admin.post(list, body);
    assertThat(created.status()).as(created.toString()).isEqualTo(200);
    world.organisation.clock().advance(UNTIL_BROADCASTED);
    return list + "/" + created.text("/id");
  }

  private String status(String path) {
    return admin.get(path).text("/status");
  }

  private String path(Response replacement) {
    assertThat(replacement.status()).as(replacement.toString()).isEqualTo(200);
    return wallet + "/transactions/" + replacement.text("/id");
  }

  /** How often something was paid, whoever asked for it. */
  private List<String> paid() {
    List<String> hashes = new ArrayList<>();
    for (JsonNode event : admin.get(wallet + "/history").body().path("items")) {
      assertThat(event.path("value").asText()).isEqualTo("1000");
      assertThat(event.path("direction").asText()).isEqualTo("Out");
      hashes.add(event.path("txHash").asText());
    }
    return hashes;
  }

  @Test
  void aCancelledTransferIsNeverPaid() {
    String transfer = broadcasted(TRANSFER);

    Response cancellation = admin.post(transfer + "/cancel", "{}");
    assertThat(cancellation.text("/requestBody/kind")).isEqualTo("CancelTransaction");
    assertThat(cancellation.text("/requestBody/txHash"))
        .isEqualTo(admin.get(transfer).text("/txHash"));
    assertThat(cancellation.text("/status")).isEqualTo("Executing");
    world.organisation.clock().advance(LONG);

    Response cancelled = admin.get(transfer);
    assertThat(cancelled.text("/status")).isEqualTo("Failed");
    assertThat(cancelled.text("/replacementId")).isEqualTo(cancellation.text("/id"));
    assertThat(cancelled.body().has("dateConfirmed")).isFalse();
    assertThat(status(path(cancellation))).isEqualTo("Confirmed");
    assertThat(paid()).isEmpty();
  }

  @Test
  void aTransferThatWasSpedUpIsPaidOnce() {
    String transfer = broadcasted(TRANSFER);

    Response replacement = admin.post(transfer + "/speed-up", "{}");
    assertThat(replacement.text("/requestBody/kind")).isEqualTo("SpeedUpTransaction");
    world.organisation.clock().advance(LONG);

    assertThat(status(transfer)).isEqualTo("Failed");
    Response confirmed = admin.get(path(replacement));
    assertThat(confirmed.text("/status")).isEqualTo("Confirmed");
    assertThat(confirmed.text("/txHash")).isNotEqualTo(admin.get(transfer).text("/txHash"));
    assertThat(paid()).containsExactly(confirmed.text("/txHash"));
  }

  @Test
  void aReplacementCanBeReplacedAndStillPaysOnce() {
    String transfer = broadcasted(TRANSFER);
    String first = path(admin.post(transfer + "/speed-up", "{}"));
    world.organisation.clock().advance(UNTIL_BROADCASTED);
    assertThat(status(transfer)).isEqualTo("Failed");

    String second = path(admin.post(first + "/speed-up", "{}"));
    world.organisation.clock().advance(LONG);

    assertThat(List.of(status(transfer), status(first), status(second)))
        .containsExactly("Failed", "Failed", "Confirmed");
    assertThat(paid()).hasSize(1);
  }

  @Test
  void aSpeedUpCanBeCancelled() {
    String transfer = broadcasted(TRANSFER);
    String faster = path(admin.post(transfer + "/speed-up", "{}"));
    world.organisation.clock().advance(UNTIL_BROADCASTED);

    String end = path(admin.post(faster + "/cancel", "{}"));
    world.organisation.clock().advance(LONG);

    assertThat(List.of(status(faster), status(end))).containsExactly("Failed", "Confirmed");
    assertThat(paid()).isEmpty();
  }

  @Test
  void aReplacementThatComesTooLateFails() {
    String transfer = broadcasted(TRANSFER);
    world.organisation.clock().advance(Duration.ofMillis(400));

    String late = path(admin.post(transfer + "/cancel", "{}"));
    world.organisation.clock().advance(LONG);

    assertThat(status(transfer)).isEqualTo("Confirmed");
    assertThat(admin.get(transfer).body().has("replacementId")).isFalse();
    Response failed = admin.get(late);
    assertThat(failed.text("/status")).isEqualTo("Failed");
    assertThat(failed.text("/reason")).contains("nonce too low");
    assertThat(failed.body().has("txHash")).isFalse();
    assertThat(admin.post(late + "/cancel", "{}").status()).isEqualTo(412);
    assertThat(paid()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {TRANSFER, TRANSACTION})
  void nothingIsReplacedTwice(String body) {
    String request = broadcasted(body);
    assertThat(admin.post(request + "/cancel", "{}").status()).isEqualTo(200);

    assertThat(admin.post(request + "/cancel", "{}").status()).isEqualTo(412);
    assertThat(admin.post(request + "/speed-up", "{}").status()).isEqualTo(412);
    world.organisation.clock().advance(LONG);
    assertThat(admin.post(request + "/cancel", "{}").status()).isEqualTo(412);
    assertThat(admin.get(wallet + "/transactions").body().path("items"))
        .hasSize(body.equals(TRANSACTION) ? 2 : 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/cancel", "/speed-up"})
  void onlyWhatIsBroadcastedIsReplaced(String how) {
    Response executing = admin.post(wallet + "/transfers", TRANSFER);
    String transfer = wallet + "/transfers/" + executing.text("/id");
    assertThat(admin.post(transfer + how, "{}").status()).isEqualTo(412);

    world.organisation.clock().advance(LONG);
    Response refused = admin.post(transfer + how, "{}");

    assertThat(refused.status()).isEqualTo(412);
    assertThat(refused.message()).contains("Confirmed");
    assertThat(admin.get(wallet + "/transactions").body().path("items")).isEmpty();
  }

  @Test
  void aTransferThatFailedBeforeItWasSentCanBeCancelledButNotSpedUp() {
    String transfer =
        wallet + "/transfers/" + admin.post(wallet + "/transfers", TRANSFER).text("/id");
    admin.put(transfer + "/abort", null);

    assertThat(admin.post(transfer + "/speed-up", "{}").status()).isEqualTo(412);
    Response cancellation = admin.post(transfer + "/cancel", "{}");
    world.organisation.clock().advance(LONG);

    assertThat(cancellation.body().path("requestBody").has("txHash")).isFalse();
    assertThat(status(path(cancellation))).isEqualTo("Confirmed");
    assertThat(status(transfer)).isEqualTo("Failed");
    assertThat(paid()).isEmpty();
  }

  @Test
  void aNonceThatACancellationTookIsNotTakenAgain() {
    String transfer =
        wallet + "/transfers/" + admin.post(wallet + "/transfers", TRANSFER).text("/id");
    admin.put(transfer + "/abort", null);
    String cancellation = path(admin.post(transfer + "/cancel", "{}"));
    world.organisation.clock().advance(UNTIL_BROADCASTED);
    assertThat(admin.post(cancellation + "/speed-up", "{}").status()).isEqualTo(200);
    world.organisation.clock().advance(UNTIL_BROADCASTED);

    assertThat(admin.post(transfer + "/cancel", "{}").status()).isEqualTo(412);
    world.organisation.clock().advance(LONG);
    assertThat(admin.post(transfer + "/cancel", "{}").status()).isEqualTo(412);
  }

  @Test
  void onOtherNetworksNothingIsReplaced() {
    String transfer =
        broadcasted(wallet("Solana"), "{\"kind\":\"Native\",\"to\":\"x\",\"amount\":\"1\"}");

    assertThat(admin.post(transfer + "/cancel", "{}").status()).isEqualTo(412);
    assertThat(admin.post(transfer + "/speed-up", "{}").status()).isEqualTo(412);
  }

  @Test
  void aReplacementThatWasAbortedLeavesTheTransferAlone() {
    String transfer = broadcasted(TRANSFER);
    String cancellation = path(admin.post(transfer + "/cancel", "{}"));
    admin.put(cancellation + "/abort", null);
    world.organisation.clock().advance(LONG);

    assertThat(status(cancellation)).isEqualTo("Failed");
    assertThat(status(transfer)).isEqualTo("Confirmed");
    assertThat(paid()).hasSize(1);
  }

  @Test
  void anotherReplacementMayFollowOneThatWasDenied() {
    String transfer = broadcasted(TRANSFER);
    TestClient approver = world.admin("approver");
    Policies.alwaysAsk(admin, "Wallets:Sign", "{}", Policies.only(approver));
    Response held = admin.post(transfer + "/cancel", "{}");
    assertThat(held.text("/status")).isEqualTo("Pending");
    assertThat(admin.post(transfer + "/cancel", "{}").status()).isEqualTo(412);

    approver.post(
        "/v2/policy-approvals/" + held.text("/approvalId") + "/decisions",
        "{\"value\":\"Denied\"}");

    assertThat(status(path(held))).isEqualTo("Rejected");
    assertThat(admin.post(transfer + "/cancel", "{}").text("/status")).isEqualTo("Pending");
    world.organisation.clock().advance(LONG);
    assertThat(status(transfer)).isEqualTo("Confirmed");
  }

  @Test
  void aLimitHoldsForASpeedUpAsForThePayment() {
    String transfer = broadcasted(TRANSFER);
    Policies.create(
        admin,
        Policies.signing(
            Policies.rule("TransactionRecipientWhitelist", "{\"addresses\":[\"" + TO + "\"]}"),
            Policies.block()));

    assertThat(admin.post(transfer + "/speed-up", "{}").text("/status")).isEqualTo("Executing");
    assertThat(admin.post(broadcasted(TRANSFER) + "/cancel", "{}").text("/status"))
        .as("where a cancellation sends its nothing cannot be inferred")
        .isEqualTo("Rejected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Wallets:Transactions:Create", "Wallets:Transfers:Read"})
  void aReplacementOfATransferNeedsBothPermissions(String only) {
    String transfer = broadcasted(TRANSFER);
    TestClient backend = world.serviceAccount("backend", only);

    assertThat(backend.post(transfer + "/cancel", "{}").status()).isEqualTo(403);
    assertThat(backend.post(transfer + "/speed-up", "{}").status()).isEqualTo(403);
    TestClient other =
        world.serviceAccount("other", "Wallets:Transactions:Create", "Wallets:Transfers:Read");
    assertThat(other.post(transfer + "/speed-up", "{}").status()).isEqualTo(200);
  }

  @Test
  void aRequestOfAnotherWalletIsNotFound() {
    String transfer = broadcasted(TRANSFER);

    assertThat(
            admin
                .post(transfer.replace(wallet, wallet("EthereumSepolia")) + "/cancel", "{}")
                .status())
        .isEqualTo(404);
  }
}

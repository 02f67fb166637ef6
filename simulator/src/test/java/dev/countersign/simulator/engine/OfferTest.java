package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An offer is settled once, by a transaction, while it stands. */
final class OfferTest {

  private final World world = new World();
  private final TestClient admin = world.admin;
  private final String wallet =
      admin.post("/wallets", "{\"network\":\"EthereumSepolia\"}").text("/id");
  private final String offers = "/wallets/" + wallet + "/offers";

  private String offer() {
    return world.organisation.offer(wallet, "0xabc", BigInteger.valueOf(9), Duration.ofHours(1));
  }

  private void pass(Duration time) {
    world.organisation.clock().advance(time);
  }

  @ParameterizedTest
  @CsvSource({"accept,Accepted,1", "reject,Rejected,0"})
  void anOfferIsSettledWhenItsTransactionIsConfirmed(String how, String end, int paid) {
    String offer = offers + "/" + offer();
    assertThat(admin.get(offer).text("/status")).isEqualTo("Pending");

    Response settled = admin.put(offer + "/" + how, null);

    assertThat(settled.status()).as(settled.toString()).isEqualTo(200);
    assertThat(settled.text("/status")).isEqualTo("Pending");
    String transaction =
        "/wallets/" + wallet + "/transactions/" + settled.text("/settlementTransactionId");
    assertThat(admin.get(transaction).text("/requestBody/kind")).isEqualTo("SettleOffer");
    pass(Duration.ofSeconds(1));
    assertThat(admin.get(offer).text("/status")).isEqualTo(end);
    assertThat(admin.get(offer).text("/dateSettled")).isNotEmpty();
    assertThat(admin.get("/wallets/" + wallet + "/history?direction=In").body().path("items"))
        .hasSize(paid);
    pass(Duration.ofDays(1));
    assertThat(admin.get(offer).text("/status")).isEqualTo(end);
  }

  @Test
  void anOfferIsSettledOnce() {
    String offer = offers + "/" + offer();
    admin.put(offer + "/accept", null);

    assertThat(admin.put(offer + "/reject", null).status()).isEqualTo(412);
    pass(Duration.ofSeconds(1));
    assertThat(admin.put(offer + "/accept", null).status()).isEqualTo(412);
    assertThat(admin.put(offer + "/reject", null).status()).isEqualTo(412);
    assertThat(admin.get(offer).text("/status")).isEqualTo("Accepted");
  }

  @Test
  void aSettlementThatIsSpedUpSettlesOnce() {
    String id = offer();
    String offer = offers + "/" + id;
    String settlement = admin.put(offer + "/accept", null).text("/settlementTransactionId");
    pass(Duration.ofMillis(200));
    admin.post("/wallets/" + wallet + "/transactions/" + settlement + "/speed-up", "{}");
    pass(Duration.ofMillis(200));

    assertThat(admin.put(offer + "/reject", null).status()).isEqualTo(412);
    assertThatThrownBy(() -> world.organisation.withdrawOffer(id))
        .isInstanceOf(IllegalStateException.class);
    pass(Duration.ofSeconds(1));
    assertThat(admin.get(offer).text("/status")).isEqualTo("Accepted");
    assertThat(admin.get("/wallets/" + wallet + "/history").body().path("items")).hasSize(1);
  }

  @Test
  void anOfferWhoseSettlementIsCancelledIsStillToBeHad() {
    String offer = offers + "/" + offer();
    String settlement = admin.put(offer + "/accept", null).text("/settlementTransactionId");
    pass(Duration.ofMillis(200));
    admin.post("/wallets/" + wallet + "/transactions/" + settlement + "/cancel", "{}");
    pass(Duration.ofSeconds(1));

    assertThat(admin.get(offer).text("/status")).isEqualTo("Pending");
    assertThat(admin.put(offer + "/reject", null).status()).isEqualTo(200);
  }

  @Test
  void anOfferExpires() {
    String offer = offers + "/" + offer();
    pass(Duration.ofHours(1));

    assertThat(admin.get(offer).text("/status")).isEqualTo("Expired");
    assertThat(admin.put(offer + "/accept", null).status()).isEqualTo(412);
  }

  @Test
  void anOfferThatIsWithdrawnBeforeItsSettlementIsSentIsNotSettled() {
    String id = offer();
    String offer = offers + "/" + id;
    String settlement = admin.put(offer + "/accept", null).text("/settlementTransactionId");
    world.organisation.withdrawOffer(id);
    pass(Duration.ofMinutes(1));

    assertThat(admin.get(offer).text("/status")).isEqualTo("Withdrawn");
    assertThat(admin.get("/wallets/" + wallet + "/transactions/" + settlement).text("/status"))
        .isEqualTo("Failed");
    assertThat(admin.get("/wallets/" + wallet + "/history").body().path("items")).isEmpty();
    assertThatThrownBy(() -> world.organisation.withdrawOffer(id))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anOfferWhoseSettlementIsOnTheChainIsNotWithdrawn() {
    String id = offer();
    admin.put(offers + "/" + id + "/accept", null);
    pass(Duration.ofMillis(200));

    assertThatThrownBy(() -> world.organisation.withdrawOffer(id))
        .isInstanceOf(IllegalStateException.class);
    pass(Duration.ofSeconds(1));
    assertThat(admin.get(offers + "/" + id).text("/status")).isEqualTo("Accepted");
  }

  @Test
  void anOfferWhoseSettlementWasDeniedIsStillToBeHad() {
    TestClient approver = world.admin("approver");
    Policies.alwaysAsk(admin, "Wallets:Sign", "{}", Policies.only(approver));
    String offer = offers + "/" + offer();
    String transaction =
        "/wallets/"
            + wallet
            + "/transactions/"
            + admin.put(offer + "/accept", null).text("/settlementTransactionId");
    assertThat(admin.get(transaction).text("/status")).isEqualTo("Pending");

    approver.post(
        "/v2/policy-approvals/" + admin.get(transaction).text("/approvalId") + "/decisions",
        "{\"value\":\"Denied\"}");

    assertThat(admin.get(offer).text("/status")).isEqualTo("Pending");
    assertThat(admin.put(offer + "/reject", null).status()).isEqualTo(200);
  }

  @Test
  void offersAreListedByTheirWallet() {
    String id = offer();
    String other = admin.post("/wallets", "{\"network\":\"EthereumSepolia\"}").text("/id");

    assertThat(admin.get(offers).text("/items/0/id")).isEqualTo(id);
    assertThat(admin.get("/wallets/" + other + "/offers").body().path("items")).isEmpty();
    assertThat(admin.get("/wallets/" + other + "/offers/" + id).status()).isEqualTo(404);
    assertThatThrownBy(
            () -> world.organisation.offer("wa-none", "x", BigInteger.ONE, Duration.ofDays(1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"accept", "reject"})
  void settlingNeedsItsPermission(String how) {
    String offer = offers + "/" + offer();
    TestClient backend = world.serviceAccount("backend", "Wallets:Offers:Read");

    assertThat(backend.get(offer).status()).isEqualTo(200);
    assertThat(backend.put(offer + "/" + how, null).status()).isEqualTo(403);
  }
}

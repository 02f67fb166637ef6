package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transfers and transactions go their way as time passes, and happen once. */
final class TransferTest {

  private static final String TO = "0x00000000000000000000000000000000000000Aa";
  private static final String TRANSFER =
      "{\"kind\":\"Native\",\"to\":\"" + TO + "\",\"amount\":\"1000\"}";
  private static final String IDEMPOTENT =
      "{\"kind\":\"Native\",\"to\":\"" + TO + "\",\"amount\":\"1000\",\"externalId\":\"pay-1\"}";

  private final World world = new World();
  private final TestClient backend =
      world.serviceAccount(
          "backend",
          "Wallets:Create",
          "Keys:Create",
          "Wallets:Transfers:Create",
          "Wallets:Transfers:Read",
          "Wallets:Transfers:Abort",
          "Wallets:Transactions:Create",
          "Wallets:Transactions:Read");
  private String transfers = "";

  @BeforeEach
  void aWallet() {
    transfers =
        "/wallets/"
            + backend.post("/wallets", "{\"network\":\"EthereumSepolia\"}").text("/id")
            + "/transfers";
  }

  @Test
  void aTransferIsConfirmedAsTimePasses() {
    Response created = backend.post(transfers, TRANSFER);

    assertThat(created.status()).as(created.toString()).isEqualTo(200);
    assertThat(created.text("/status")).isEqualTo("Executing");
    assertThat(created.text("/id")).startsWith("xfr-");
    assertThat(created.text("/requester/userId")).isEqualTo(backend.identity.userId());
    assertThat(created.text("/metadata/asset/symbol")).isEqualTo("ETH");
    String path = transfers + "/" + created.text("/id");
    world.organisation.clock().advance(Duration.ofMillis(200));
    Response broadcasted = backend.get(path);
    assertThat(broadcasted.text("/status")).isEqualTo("Broadcasted");
    assertThat(broadcasted.text("/txHash")).matches("0x[0-9a-f]{64}");
    world.organisation.clock().advance(Duration.ofMillis(499));
    assertThat(backend.get(path).text("/status")).isEqualTo("Broadcasted");
    world.organisation.clock().advance(Duration.ofMillis(1));
    assertThat(backend.get(path).text("/status")).isEqualTo("Confirmed");
  }

  @Test
  void stepsHappenAtTheirTimesHoweverFarTheClockIsMoved() {
    Response created = backend.post(transfers, TRANSFER);
    world.organisation.clock().advance(Duration.ofDays(1));

    Response confirmed = backend.get(transfers + "/" + created.text("/id"));

    assertThat(confirmed.text("/status")).isEqualTo("Confirmed");
    assertThat(
            Duration.between(
                Instant.parse(created.text("/dateRequested")),
                Instant.parse(confirmed.text("/dateConfirmed"))))
        .isEqualTo(Duration.ofMillis(700));
  }

  @Test
  void theSameRequestUnderTheSameExternalIdIsTheSameTransfer() {
    Response first = backend.post(transfers, IDEMPOTENT);
    world.organisation.clock().advance(Duration.ofDays(1));

    Response second =
        backend.post(
            transfers,
            "{\"externalId\":\"pay-1\",\"amount\":\"1000\",\"kind\":\"Native\",\"to\":\""
                + TO
                + "\"}");

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.text("/id")).isEqualTo(first.text("/id"));
    assertThat(second.text("/status")).isEqualTo("Confirmed");
    assertThat(backend.get(transfers).body().path("items")).hasSize(1);
  }

  @Test
  void anotherRequestUnderTheSameExternalIdIsAConflict() {
    Response first = backend.post(transfers, IDEMPOTENT);

    Response second = backend.post(transfers, IDEMPOTENT.replace("1000", "1001"));

    assertThat(second.status()).isEqualTo(409);
    assertThat(second.message()).isEqualTo("Conflicting transfer with same externalId");
    assertThat(second.text("/error/details/duplicate/id")).isEqualTo(first.text("/id"));
    assertThat(second.text("/error/details/duplicate/externalId")).isEqualTo("pay-1");
  }

  @Test
  void theSameRequestFromAnotherWalletIsAConflict() {
    backend.post(transfers, IDEMPOTENT);
    String other =
        "/wallets/"
            + backend.post("/wallets", "{\"network\":\"EthereumSepolia\"}").text("/id")
            + "/transfers";

    assertThat(backend.post(other, IDEMPOTENT).status()).isEqualTo(409);
  }

  @Test
  void withoutExternalIdEveryRequestIsATransfer() {
    assertThat(backend.post(transfers, TRANSFER).text("/id"))
        .isNotEqualTo(backend.post(transfers, TRANSFER).text("/id"));
  }

  @Test
  void anExecutingTransferIsAborted() {
    String path = transfers + "/" + backend.post(transfers, TRANSFER).text("/id");

    assertThat(backend.put(path + "/abort", null).text("/status")).isEqualTo("Failed");
    world.organisation.clock().advance(Duration.ofMinutes(1));

    Response failed = backend.get(path);
    assertThat(failed.text("/status")).isEqualTo("Failed");
    assertThat(failed.body().has("txHash")).isFalse();
  }

  @Test
  void aBroadcastedTransferIsNotAborted() {
    String path = transfers + "/" + backend.post(transfers, TRANSFER).text("/id");
    world.organisation.clock().advance(Duration.ofMillis(200));

    assertThat(backend.put(path + "/abort", null).status()).isEqualTo(412);
  }

  @Test
  void aTransferIsFoundUnderItsWalletOnly() {
    String id = backend.post(transfers, TRANSFER).text("/id");
    String other = backend.post("/wallets", "{\"network\":\"EthereumSepolia\"}").text("/id");

    assertThat(backend.get("/wallets/" + other + "/transfers/" + id).status()).isEqualTo(404);
  }

  @Test
  void aTransactionGoesTheSameWay() {
    String transactions = transfers.replace("/transfers", "/transactions");
    Response created =
        backend.post(
            transactions,
            "{\"kind\":\"Evm\",\"to\":\"" + TO + "\",\"value\":\"5\",\"externalId\":\"tx-1\"}");

    assertThat(created.status()).as(created.toString()).isEqualTo(200);
    world.organisation.clock().advance(Duration.ofSeconds(1));
    Response confirmed = backend.get(transactions + "/" + created.text("/id"));
    assertThat(confirmed.text("/status")).isEqualTo("Confirmed");
    assertThat(backend.get(transactions).body().path("items")).hasSize(1);
  }

  @Test
  void withARunningClockATransferIsConfirmedWithoutAnybodyMovingIt() throws InterruptedException {
    world.organisation.clock().resume();
    String path = transfers + "/" + backend.post(transfers, TRANSFER).text("/id");
    String status = "";
    for (int i = 0; i < 600 && !status.equals("Confirmed"); i++) {
      status = backend.get(path).text("/status");
      Thread.sleep(50);
    }

    assertThat(status).isEqualTo("Confirmed");
  }
}

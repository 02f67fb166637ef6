package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Histories show what was confirmed, to payer and paid. */
final class HistoryTest {

  private final World world = new World();
  private final TestClient admin = world.admin;
  private final Response payer = wallet("EthereumSepolia");
  private final Response paid = wallet("EthereumSepolia");

  private Response wallet(String network) {
    return admin.post("/wallets", "{\"network\":\"" + network + "\"}");
  }

  private String path(Response wallet) {
    return "/wallets/" + wallet.text("/id");
  }

  private void transfer(String asset, String to) {
    Response created =
        admin.post(
            path(payer) + "/transfers", "{" + asset + ",\"to\":\"" + to + "\",\"amount\":\"7\"}");
    assertThat(created.status()).as(created.toString()).isEqualTo(200);
  }

  @Test
  void aConfirmedTransferIsInTheHistoriesOfBothWallets() {
    transfer("\"kind\":\"Native\"", paid.text("/address").toLowerCase(Locale.ROOT));
    assertThat(admin.get(path(payer) + "/history").body().path("items")).isEmpty();
    world.organisation.clock().advance(Duration.ofSeconds(1));

    Response out = admin.get(path(payer) + "/history");
    Response in = admin.get(path(paid) + "/history");

    assertThat(out.text("/items/0/direction")).isEqualTo("Out");
    assertThat(out.text("/items/0/kind")).isEqualTo("NativeTransfer");
    assertThat(out.text("/items/0/symbol")).isEqualTo("ETH");
    assertThat(in.text("/items/0/direction")).isEqualTo("In");
    assertThat(in.text("/items/0/from")).isEqualTo(payer.text("/address"));
    assertThat(in.text("/items/0/value")).isEqualTo("7");
    assertThat(in.text("/items/0/txHash")).isEqualTo(out.text("/items/0/txHash"));
  }

  @Test
  void anotherNetworksWalletOfTheSameAddressIsNotPaid() {
    Response other =
        admin.post(
            "/wallets",
            "{\"network\":\"Polygon\",\"signingKey\":{\"id\":\""
                + paid.text("/signingKey/id")
                + "\"}}");
    assertThat(other.text("/address")).isEqualTo(paid.text("/address"));
    transfer("\"kind\":\"Native\"", paid.text("/address"));
    world.organisation.clock().advance(Duration.ofSeconds(1));

    assertThat(admin.get(path(other) + "/history").body().path("items")).isEmpty();
  }

  @Test
  void historiesAreFiltered() {
    String contract = "0x00000000000000000000000000000000000000Cc";
    transfer("\"kind\":\"Native\"", paid.text("/address"));
    transfer("\"kind\":\"Erc20\",\"contract\":\"" + contract + "\"", paid.text("/address"));
    world.organisation.clock().advance(Duration.ofSeconds(1));
    String history = path(payer) + "/history";

    assertThat(admin.get(history).body().path("items")).hasSize(2);
    assertThat(admin.get(history + "?direction=In").body().path("items")).isEmpty();
    assertThat(admin.get(history + "?kind=Erc20Transfer").body().path("items")).hasSize(1);
    assertThat(admin.get(history + "?contract=" + contract).body().path("items")).hasSize(1);
    assertThat(admin.get(history + "?kind=none").status()).isEqualTo(400);
  }

  @Test
  void theOrganisationsHistoryHasALineForEachSide() {
    String before = world.organisation.clock().now().toString();
    transfer("\"kind\":\"Native\"", paid.text("/address"));
    world.organisation.clock().advance(Duration.ofSeconds(1));

    Response all = admin.get("/wallets/all/history");

    assertThat(all.text("/orgId")).isEqualTo(world.organisation.id());
    assertThat(all.body().path("items")).hasSize(2);
    assertThat(all.text("/items/0/amount")).isEqualTo("7");
    assertThat(all.text("/items/0/decimals")).isEqualTo("18");
    assertThat(admin.get("/wallets/all/history?endTime=" + before).body().path("items")).isEmpty();
    assertThat(admin.get("/wallets/all/history?startTime=" + before).body().path("items"))
        .hasSize(2);
    assertThat(admin.get("/wallets/all/history?startTime=soon").status()).isEqualTo(400);
  }
}

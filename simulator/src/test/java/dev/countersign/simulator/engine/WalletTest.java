package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.simulator.Simulator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wallets: made, listed, changed, archived with their key. */
final class WalletTest {

  private final World world = new World();
  private final TestClient admin = world.admin;

  private String wallet(String network) {
    Response response = admin.post("/wallets", "{\"network\":\"" + network + "\"}");
    assertThat(response.status()).as(response.toString()).isEqualTo(200);
    return response.text("/id");
  }

  @ParameterizedTest
  @CsvSource({
    "EthereumSepolia,ECDSA,secp256k1,'0x[0-9a-fA-F]{40}'",
    "Solana,EdDSA,ed25519,'[1-9A-HJ-NP-Za-km-z]{32,44}'",
    "Bitcoin,ECDSA,secp256k1,'sim1[0-9a-f]{40}'"
  })
  void aWalletHasAKeyAndAnAddressOfItsNetwork(
      String network, String scheme, String curve, String address) {
    Response wallet = admin.get("/wallets/" + wallet(network));

    assertThat(wallet.text("/id")).matches("wa-[a-z0-9]{5}-[a-z0-9]{5}-[a-z0-9]{16}");
    assertThat(wallet.text("/signingKey/scheme")).isEqualTo(scheme);
    assertThat(wallet.text("/signingKey/curve")).isEqualTo(curve);
    assertThat(wallet.text("/address")).matches(address);
    assertThat(wallet.text("/status")).isEqualTo("Active");
  }

  @Test
  void aKeyIsUsedAgainOnAnotherNetworkOfItsCurve() {
    String key = admin.get("/wallets/" + wallet("EthereumSepolia")).text("/signingKey/id");

    Response second =
        admin.post("/wallets", "{\"network\":\"Polygon\",\"signingKey\":{\"id\":\"" + key + "\"}}");

    assertThat(second.text("/signingKey/id")).isEqualTo(key);
    assertThat(admin.get("/keys/" + key).body().path("wallets")).hasSize(2);
    assertThat(
            admin
                .post(
                    "/wallets", "{\"network\":\"Solana\",\"signingKey\":{\"id\":\"" + key + "\"}}")
                .status())
        .isEqualTo(400);
    assertThat(
            admin
                .post("/wallets", "{\"network\":\"Polygon\",\"signingKey\":{\"id\":\"key-none\"}}")
                .status())
        .isEqualTo(404);
  }

  @Test
  void aKeyComesFromTheStoreThatThereIs() {
    String key = "{\"scheme\":\"ECDSA\",\"curve\":\"secp256k1\",\"storeId\":\"%s\"}";
    String wallet = "{\"network\":\"Polygon\",\"signingKey\":{\"storeId\":\"%s\"}}";

    Response made = admin.post("/keys", key.formatted("default"));
    assertThat(admin.get("/keys/" + made.text("/id")).text("/store/id")).isEqualTo("default");
    assertThat(admin.post("/wallets", wallet.formatted("default")).status()).isEqualTo(200);
    for (Response refused :
        List.of(
            admin.post("/keys", key.formatted("ks-none")),
            admin.post("/wallets", wallet.formatted("ks-none")))) {
      assertThat(refused.status()).isEqualTo(404);
      assertThat(refused.message()).isEqualTo("key store not found");
    }
  }

  @Test
  void nameAndExternalIdAreSetAndCleared() {
    String path = "/wallets/" + wallet("Solana");

    assertThat(admin.put(path, "{\"name\":\"a\",\"externalId\":\"b\"}").text("/name"))
        .isEqualTo("a");
    Response cleared = admin.put(path, "{\"name\":null}");

    assertThat(cleared.body().has("name")).isFalse();
    assertThat(cleared.text("/externalId")).isEqualTo("b");
  }

  @Test
  void tagsAreAddedAndRemoved() {
    String wallet = wallet("Solana");
    String tags = "/wallets/" + wallet + "/tags";

    assertThat(admin.put(tags, "{\"tags\":[\"a\",\"b\"]}").status()).isEqualTo(200);
    assertThat(admin.put(tags, "{\"tags\":[\"b\",\"c\"]}").status()).isEqualTo(200);
    assertThat(admin.signed("DELETE", tags, "{\"tags\":[\"a\"]}").status()).isEqualTo(200);

    List<String> left = new ArrayList<>();
    admin.get("/wallets/" + wallet).body().path("tags").forEach(tag -> left.add(tag.asText()));
    assertThat(left).containsExactly("b", "c");
  }

  @Test
  void aWalletHasAtMostTenTags() {
    String wallet = wallet("Solana");
    String tags = "/wallets/" + wallet + "/tags";
    admin.put(tags, "{\"tags\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\"]}");

    assertThat(admin.put(tags, "{\"tags\":[\"11\"]}").status()).isEqualTo(400);
  }

  @Test
  void pagesShowEveryWalletOnceWhateverIsAddedMeanwhile() {
    Set<String> made = new LinkedHashSet<>();
    for (int i = 0; i < 7; i++) {
      made.add(wallet("Solana"));
    }
    List<String> seen = new ArrayList<>();
    Response page = admin.get("/wallets?limit=3");
    page.body().path("items").forEach(item -> seen.add(item.path("id").asText()));
    made.add(wallet("Solana"));
    while (page.body().has("nextPageToken")) {
      page = admin.get("/wallets?limit=3&paginationToken=" + page.text("/nextPageToken"));
      page.body().path("items").forEach(item -> seen.add(item.path("id").asText()));
    }

    assertThat(seen).containsExactlyElementsOf(made);
  }

  @Test
  void aFullLastPageHasNoNext() {
    wallet("Solana");
    wallet("Solana");

    assertThat(admin.get("/wallets?limit=2").body().has("nextPageToken")).isFalse();
  }

  @Test
  void anEmptyWalletHasNothingInIt() {
    String path = "/wallets/" + wallet("Solana");

    assertThat(admin.get(path + "/assets").body().path("assets")).isEmpty();
    assertThat(admin.get(path + "/nfts").body().path("nfts")).isEmpty();
    assertThat(admin.get(path + "/history").body().path("items")).isEmpty();
  }

  @Test
  void aDeletedKeyTakesItsWalletsWithIt() {
    String wallet = wallet("EthereumSepolia");
    String key = admin.get("/wallets/" + wallet).text("/signingKey/id");

    assertThat(admin.delete("/keys/" + key).text("/status")).isEqualTo("Archived");

    assertThat(admin.get("/wallets/" + wallet).text("/status")).isEqualTo("Archived");
    assertThat(
            admin
                .post(
                    "/wallets/" + wallet + "/transfers",
                    "{\"kind\":\"Native\",\"to\":\"0x0\",\"amount\":\"1\"}")
                .status())
        .isEqualTo(422);
    assertThat(admin.put("/wallets/" + wallet, "{\"name\":\"x\"}").status()).isEqualTo(422);
    assertThat(
            admin
                .post("/keys/" + key + "/signatures", "{\"kind\":\"Message\",\"message\":\"0x00\"}")
                .status())
        .isEqualTo(422);
  }

  @Test
  void onlyItsOwnerOperatesADelegatedWallet() {
    TestClient owner = world.endUser("owner");
    Response wallet =
        admin.post(
            "/wallets",
            "{\"network\":\"Solana\",\"delegateTo\":\"" + owner.identity.userId() + "\"}");
    String path = "/wallets/" + wallet.text("/id");

    assertThat(wallet.body().path("custodial").asBoolean()).isFalse();
    assertThat(admin.get(path).status()).isEqualTo(200);
    assertThat(
            admin
                .post(path + "/transfers", "{\"kind\":\"Native\",\"to\":\"x\",\"amount\":\"1\"}")
                .status())
        .isEqualTo(403);
    assertThat(
            admin
                .post(
                    "/keys/" + wallet.text("/signingKey/id") + "/signatures",
                    "{\"kind\":\"Message\",\"message\":\"0x00\"}")
                .status())
        .isEqualTo(403);
    assertThat(admin.get("/wallets?ownerId=" + owner.identity.userId()).body().path("items"))
        .hasSize(1);
    assertThat(admin.get("/wallets?owner=owner").body().path("items")).hasSize(1);
    assertThat(admin.get("/wallets?ownerUsername=nobody").body().path("items")).isEmpty();
  }

  @Test
  void aNetworkWhoseKeysAreNotSimulatedSaysSo() {
    assertThat(admin.post("/wallets", "{\"network\":\"Starknet\"}").status()).isEqualTo(501);
    assertThat(admin.get("/keys").body().path("items")).isEmpty();
  }

  @Test
  void theSameSeedGivesTheSameWallets() {
    String first = firstAddress(7);

    assertThat(firstAddress(7)).isEqualTo(first);
    assertThat(firstAddress(8)).isNotEqualTo(first);
  }

  private static String firstAddress(long seed) {
    Simulator simulator = Simulator.builder().seed(seed).build();
    TestKey key = TestKey.fresh();
    TestClient client =
        new TestClient(
            simulator, simulator.organisation().admin("admin", key.pem()), key, Dialect.GO);
    Response wallet = client.post("/wallets", "{\"network\":\"EthereumSepolia\"}");
    return wallet.text("/id") + wallet.text("/address");
  }
}

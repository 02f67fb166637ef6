package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.json.Json;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What nobody simulates is kept as sent, shown again, and nothing follows from it. */
final class RecordsTest {

  private final World world = new World();
  private final TestClient admin = world.admin;
  private String wallet = "";

  @BeforeEach
  void aWallet() {
    wallet = admin.post("/wallets", "{\"network\":\"EthereumSepolia\"}").text("/id");
  }

  private Response quote() {
    return admin.send("POST", "/swaps/quotes", quoteBody(), Map.of());
  }

  private String quoteBody() {
    return """
        {"provider":"UniswapX","walletId":"%s","slippageBps":50,
         "sourceAsset":{"kind":"Native","amount":"1000"},
         "targetAsset":{"kind":"Erc20","contract":"0xab"}}"""
        .formatted(wallet);
  }

  private String swapBody(String quote) {
    return """
        {"provider":"UniswapX","walletId":"%s","quoteId":"%s","slippageBps":50,
         "sourceAsset":{"kind":"Native","amount":"1000"},
         "targetAsset":{"kind":"Erc20","contract":"0xab","amount":"9"}}"""
        .formatted(wallet, quote);
  }

  private String vault(String name) {
    return admin.post("/vaults", "{\"name\":\"" + name + "\",\"tags\":[\"a:1\"]}").text("/id");
  }

  private Response lock(String vault) {
    return admin.post(
        "/vaults/" + vault + "/locks",
        "{\"network\":\"Ethereum\",\"tid\":\"Native\",\"amount\":\"7\"}");
  }

  private static JsonNode items(Response list) {
    return list.body().path("items");
  }

  @Test
  void whatIsCreatedIsWhatWasSentByWhomAndWhen() {
    Response quote = quote();
    Response swap = admin.post("/swaps", swapBody(quote.text("/id")));

    assertThat(swap.status()).as(swap.toString()).isEqualTo(200);
    assertThat(swap.text("/walletId")).isEqualTo(wallet);
    assertThat(swap.text("/quoteId")).isEqualTo(quote.text("/id"));
    assertThat(swap.body().at("/quotedSourceAsset")).isEqualTo(quote.body().at("/sourceAsset"));
    assertThat(swap.text("/requestBody/targetAsset/contract")).isEqualTo("0xab");
    assertThat(swap.text("/requester/userId")).isEqualTo(admin.identity.userId());
    assertThat(swap.text("/dateCreated"))
        .isEqualTo(world.organisation.clock().now().toString().replaceAll("(:..)Z", "$1.000Z"));
    assertThat(admin.get("/swaps/" + swap.text("/id")).body()).isEqualTo(swap.body());
    assertThat(items(admin.get("/swaps"))).containsExactly(swap.body());
  }

  @Test
  void whatARequestRefersToHasToBeThere() {
    String quote = quote().text("/id");
    assertThat(admin.post("/swaps", swapBody("swq-1")).status()).isEqualTo(404);
    assertThat(admin.post("/swaps", swapBody("swq-1")).message()).isEqualTo("quote not found");
    wallet = "wa-1";
    assertThat(admin.post("/swaps", swapBody(quote)).message()).isEqualTo("wallet not found");
    assertThat(items(admin.get("/swaps"))).isEmpty();
  }

  @Test
  void whatIsNotThereIsNotFound() {
    Response response = admin.get("/swaps/swa-1");

    assertThat(response.status()).isEqualTo(404);
    assertThat(response.message()).isEqualTo("swap not found");
    assertThat(response.text("/error/details/swapId")).isEqualTo("swa-1");
    assertThat(admin.put("/vaults/vlt-1", "{\"name\":\"x\"}").status()).isEqualTo(404);
    assertThat(admin.delete("/fee-sponsors/fs-1").status()).isEqualTo(404);
    assertThat(lock("vlt-1").status()).isEqualTo(404);
    assertThat(admin.get("/vaults/vlt-1/locks").status()).isEqualTo(404);
    assertThat(admin.post("/payouts/pay-1/action", "{\"action\":\"Cancel\"}").status())
        .isEqualTo(404);
    assertThat(
            admin
                .get("/payins/recipients?provider=CircleMint&walletId=" + wallet + "&currency=USD")
                .status())
        .isEqualTo(404);
  }

  @Test
  void aMemberBelongsToItsParentOnly() {
    String first = vault("first");
    String second = vault("second");
    String lock = lock(first).text("/id");

    assertThat(admin.get("/vaults/" + first + "/locks/" + lock).status()).isEqualTo(200);
    assertThat(admin.get("/vaults/" + second + "/locks/" + lock).status()).isEqualTo(404);
    assertThat(admin.delete("/vaults/" + second + "/locks/" + lock).status()).isEqualTo(404);
    assertThat(items(admin.get("/vaults/" + second + "/locks"))).isEmpty();
    assertThat(admin.get("/swaps/quotes%2F" + quote().text("/id")).status()).isEqualTo(404);
  }

  @Test
  void aRemovedRecordIsShownOnceMoreAndThenGone() {
    String vault = vault("v");
    String lock = "/vaults/" + vault + "/locks/" + lock(vault).text("/id");
    Response removed = admin.delete(lock);

    assertThat(removed.body().has("dateDeleted")).isTrue();
    assertThat(admin.get(lock).status()).isEqualTo(404);
    assertThat(admin.delete(lock).status()).isEqualTo(404);
    assertThat(items(admin.get("/vaults/" + vault + "/locks"))).isEmpty();
  }

  @Test
  void aVerbChangesTheStatusItMeans() {
    Response sponsor = admin.post("/fee-sponsors", "{\"walletId\":\"" + wallet + "\"}");
    String path = "/fee-sponsors/" + sponsor.text("/id");

    assertThat(sponsor.text("/network")).isEqualTo("EthereumSepolia");
    assertThat(sponsor.text("/status")).isEqualTo("Active");
    assertThat(admin.put(path + "/deactivate", null).text("/status")).isEqualTo("Deactivated");
    assertThat(admin.get(path).text("/status")).isEqualTo("Deactivated");
    assertThat(admin.put(path + "/activate", null).text("/status")).isEqualTo("Active");
    assertThat(admin.delete(path).text("/status")).isEqualTo("Archived");
    assertThat(admin.put(path + "/activate", null).status()).isEqualTo(404);
  }

  @Test
  void aChangeOverlaysWhatWasThere() {
    String path = "/vaults/" + vault("old");
    admin.put(path, "{\"externalId\":\"x\"}");
    Response changed = admin.put(path, "{\"name\":\"new\"}");

    assertThat(changed.text("/name")).isEqualTo("new");
    assertThat(changed.text("/externalId")).isEqualTo("x");
    assertThat(admin.get(path).body()).isEqualTo(changed.body());
  }

  @Test
  void tagsAreAddedOnceAndTakenOut() {
    String path = "/vaults/" + vault("v");
    admin.put(path + "/tags", "{\"tags\":[\"a:1\",\"b:2\"]}");
    assertThat(admin.get(path).body().path("tags")).isEqualTo(Json.array().add("a:1").add("b:2"));
    admin.signed("DELETE", path + "/tags", "{\"tags\":[\"a:1\"]}");
    assertThat(admin.get(path).body().path("tags")).isEqualTo(Json.array().add("b:2"));
  }

  @Test
  void whatIsCreatedInAMemberIsSeenThereToo() {
    String vault = vault("v");
    Response address = admin.post("/vaults/" + vault + "/addresses", "{\"network\":\"Ethereum\"}");
    assertThat(admin.get("/vaults/" + vault).body().path("addresses"))
        .containsExactly(address.body());

    String allocation =
        admin
            .post(
                "/allocations",
                "{\"protocol\":\"SkySusds\",\"walletId\":\"" + wallet + "\",\"amount\":\"5\"}")
            .text("/id");
    String actions = "/allocations/" + allocation + "/actions";
    Response after = admin.post(actions, "{\"kind\":\"Withdraw\",\"amount\":\"3\"}");
    assertThat(after.text("/id")).isEqualTo(allocation);
    assertThat(after.text("/actions/0/kind")).isEqualTo("Withdraw");
    assertThat(items(admin.get(actions))).containsExactly(after.body().at("/actions/0"));
  }

  @Test
  void aListComesInPagesAndIsFiltered() {
    for (int i = 0; i < 3; i++) {
      admin.post(
          "/payins",
          "{\"walletId\":\"%s\",\"amount\":\"%d\",\"provider\":\"CircleMint\",\"currency\":\"USD\"}"
              .formatted(wallet, i));
    }
    Response page = admin.get("/payins?limit=2");
    Response rest = admin.get("/payins?limit=2&paginationToken=" + page.text("/nextPageToken"));

    assertThat(items(page)).hasSize(2);
    assertThat(items(rest)).hasSize(1);
    assertThat(rest.body().has("nextPageToken")).isFalse();
    assertThat(items(admin.get("/payins?walletId=wa-other"))).isEmpty();
    assertThat(items(admin.get("/payins?status=Failed&status=Processing"))).hasSize(3);
    assertThat(items(admin.get("/payins?status=Failed"))).isEmpty();
    assertThat(admin.get("/payins?status=Failed&status=Nonsense").status()).isEqualTo(400);
  }

  @Test
  void accountsGoWithTheirExchange() {
    String exchange =
        admin
            .post(
                "/exchanges",
                """
                {"kind":"Kraken","readConfiguration":{"publicApiKey":"a","privateApiKey":"b",
                 "password":"p","otp":"o"},"writeConfiguration":{"publicApiKey":"a",
                 "privateApiKey":"b","password":"p","otp":"o"}}""")
            .text("/id");
    String accounts = "/exchanges/" + exchange + "/accounts";
    String account = admin.get(accounts).text("/items/0/id");

    assertThat(admin.get(accounts).text("/items/0/exchangeId")).isEqualTo(exchange);
    assertThat(admin.get(accounts + "/" + account + "/assets").status()).isEqualTo(200);
    assertThat(admin.get(accounts + "/acc-1/assets").status()).isEqualTo(404);
    assertThat(admin.post(accounts + "/" + account + "/deposits", deposit()).text("/kind"))
        .isEqualTo("Deposit");
    assertThat(admin.post(accounts + "/" + account + "/withdrawals", deposit()).text("/kind"))
        .isEqualTo("Withdrawal");
    assertThat(admin.post(accounts + "/" + account + "/withdrawals", deposit()).toString())
        .contains("requestBody")
        .doesNotContain("123456");
    assertThat(admin.delete("/exchanges/" + exchange).body().path("deleted").asBoolean()).isTrue();
    assertThat(admin.get(accounts + "/" + account + "/assets").status()).isEqualTo(404);
  }

  private String deposit() {
    return "{\"kind\":\"Native\",\"walletId\":\""
        + wallet
        + "\",\"amount\":\"5\",\"otp\":\"123456\"}";
  }

  @Test
  void aDepositIsUnquarantinedOnce() {
    String vault = "/vaults/" + vault("v");
    String quarantine = admin.get(vault + "/balances").text("/items/0/quarantineId");
    String path = vault + "/quarantines/" + quarantine;

    assertThat(admin.get(vault + "/balances?kind=Available").body().path("items")).isEmpty();
    assertThat(admin.signed("DELETE", path, "{}").status()).isEqualTo(200);
    assertThat(admin.signed("DELETE", path, "{}").status()).isEqualTo(404);
    assertThat(items(admin.get(vault + "/balances"))).isEmpty();
  }

  @Test
  void anAgreementWaitsUntilItIsAccepted() {
    String latest = "/agreements/latest-unaccepted?agreementType=PrivacyPolicy";
    String id = admin.get(latest).text("/latestAgreement/id");
    Response accepted = admin.post("/agreements/" + id + "/accept", null);

    assertThat(accepted.text("/userId")).isEqualTo(admin.identity.userId());
    assertThat(admin.get(latest).body().path("latestAgreement").isNull()).isTrue();
    assertThat(admin.post("/agreements/agr-1/accept", null).status()).isEqualTo(404);
  }

  @Test
  void everyOrganisationHasItsOwnRecords() {
    String path = "/vaults/" + vault("mine");
    TestClient other = world.stranger();

    assertThat(other.get(path).status()).isEqualTo(404);
    assertThat(items(other.get("/vaults"))).isEmpty();
  }

  @Test
  void theSameSeedGivesTheSameRecords() {
    assertThat(vaultOf(7)).isEqualTo(vaultOf(7)).isNotEqualTo(vaultOf(8));
  }

  private static String vaultOf(long seed) {
    Simulator simulator = Simulator.builder().seed(seed).build();
    TestKey key = TestKey.fresh();
    TestClient client =
        new TestClient(
            simulator, simulator.organisation().admin("admin", key.pem()), key, Dialect.JAVA);
    return client.post("/vaults", "{}").text("/id");
  }

  @Test
  void recordsNeedPermissionAndUserActionLikeAnythingElse() {
    TestClient reader = world.serviceAccount("reader", "Vaults:Read");

    assertThat(reader.get("/vaults").status()).isEqualTo(200);
    assertThat(reader.post("/vaults", "{}").status()).isEqualTo(403);
    assertThat(admin.unsigned("POST", "/vaults", Json.object()).status()).isEqualTo(403);
    assertThat(admin.post("/vaults", "{\"owner\":\"me\"}").status()).isEqualTo(400);
    assertThat(items(admin.get("/vaults"))).isEmpty();
  }
}

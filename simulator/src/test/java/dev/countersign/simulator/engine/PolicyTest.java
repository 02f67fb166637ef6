package dev.countersign.simulator.engine;

import static dev.countersign.simulator.engine.Policies.always;
import static dev.countersign.simulator.engine.Policies.anyone;
import static dev.countersign.simulator.engine.Policies.ask;
import static dev.countersign.simulator.engine.Policies.block;
import static dev.countersign.simulator.engine.Policies.body;
import static dev.countersign.simulator.engine.Policies.create;
import static dev.countersign.simulator.engine.Policies.group;
import static dev.countersign.simulator.engine.Policies.rule;
import static dev.countersign.simulator.engine.Policies.signing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.simulator.control.Asset;
import dev.countersign.simulator.control.Switches;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies hold, block, or let pass; what they cannot judge they do not let pass. */
final class PolicyTest {

  private static final String FRIEND = "0x00000000000000000000000000000000000000Aa";
  private static final String STRANGER = "0x00000000000000000000000000000000000000Bb";
  private static final String USDC = "0x1c7D4B196Cb0C7B01d743Fbc6116a902379C7238";

  private final World world = new World();
  private final TestClient backend =
      world.serviceAccount(
          "backend",
          "Wallets:Create",
          "Keys:Create",
          "Wallets:Tags:Add",
          "Wallets:Transfers:Create",
          "Wallets:Transactions:Create",
          "Keys:Signatures:Create");

  private String wallet(String... tags) {
    String list = tags.length == 0 ? "" : ",\"tags\":[\"" + String.join("\",\"", tags) + "\"]";
    return backend.post("/wallets", "{\"network\":\"EthereumSepolia\"" + list + "}").text("/id");
  }

  private Response send(String wallet, String amount, String to) {
    return backend.post(
        "/wallets/" + wallet + "/transfers",
        "{\"kind\":\"Native\",\"to\":\"" + to + "\",\"amount\":\"" + amount + "\"}");
  }

  private Response sendToken(String wallet, String amount) {
    return backend.post(
        "/wallets/" + wallet + "/transfers",
        "{\"kind\":\"Erc20\",\"contract\":\""
            + USDC
            + "\",\"to\":\""
            + FRIEND
            + "\",\"amount\":\""
            + amount
            + "\"}");
  }

  private String status(Response response) {
    assertThat(response.status()).as(response.toString()).isEqualTo(200);
    return response.text("/status");
  }

  @Test
  void withoutPolicyEverythingPasses() {
    assertThat(status(send(wallet(), "1", STRANGER))).isEqualTo("Executing");
  }

  @Test
  void aBlockRejectsTheTransferWithStatus200() {
    create(world.admin, signing(always(), block()));

    Response response = send(wallet(), "1", FRIEND);

    assertThat(status(response)).isEqualTo("Rejected");
    assertThat(response.text("/reason")).contains("always triggers");
    assertThat(response.text("/datePolicyResolved")).isNotEmpty();
  }

  @Test
  void aBlockRefusesTheRequestIfSwitched() {
    World other = new World(Switches.defaults().toBuilder().blockedActivityStatus(403).build());
    create(other.admin, signing(always(), block()));
    String wallet = other.admin.post("/wallets", "{\"network\":\"EthereumSepolia\"}").text("/id");

    Response response =
        other.admin.post(
            "/wallets/" + wallet + "/transfers",
            "{\"kind\":\"Native\",\"to\":\"" + FRIEND + "\",\"amount\":\"1\"}");

    assertThat(response.status()).isEqualTo(403);
    assertThat(other.admin.get("/wallets/" + wallet + "/transfers").body().path("items")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "399999999999999999,Executing",
    "400000000000000000,Executing",
    "400000000000000001,Rejected",
    "0,Rejected"
  })
  void anAmountLimitTriggersAboveTheLimit(String amount, String status) {
    create(
        world.admin,
        signing(rule("TransactionAmountLimit", "{\"limit\":1000,\"currency\":\"USD\"}"), block()));

    // ETH costs 2500 USD, so 1000 USD are 0.4 ETH
    assertThat(status(send(wallet(), amount, FRIEND))).isEqualTo(status);
  }

  @Test
  void anAmountLimitTriggersForAnAssetWithoutPrice() {
    create(
        world.admin,
        signing(rule("TransactionAmountLimit", "{\"limit\":1000,\"currency\":\"USD\"}"), block()));
    String wallet = wallet();
    assertThat(status(sendToken(wallet, "1"))).isEqualTo("Rejected");

    world
        .organisation
        .prices()
        .set("EthereumSepolia", "erc20:" + USDC, new Asset("USDC", 6, BigDecimal.ONE));

    assertThat(status(sendToken(wallet, "1000000000"))).isEqualTo("Executing");
    assertThat(status(sendToken(wallet, "1000000001"))).isEqualTo("Rejected");
  }

  @Test
  void aNominalLimitTriggersForListedAssetsOnly() {
    create(
        world.admin,
        signing(
            rule(
                "TransactionAmountLimitNominal",
                "{\"assets\":[{\"network\":\"EthereumSepolia\",\"tid\":\"native:eth\",\"limit\":\"5\"}]}"),
            block()));
    String wallet = wallet();

    assertThat(status(send(wallet, "5", FRIEND))).isEqualTo("Executing");
    assertThat(status(send(wallet, "6", FRIEND))).isEqualTo("Rejected");
    assertThat(status(sendToken(wallet, "6"))).isEqualTo("Executing");
  }

  @Test
  void aWhitelistTriggersForOthersAndIgnoresTheCaseOfEvmAddresses() {
    create(
        world.admin,
        signing(
            rule("TransactionRecipientWhitelist", "{\"addresses\":[\"" + FRIEND + "\"]}"),
            block()));
    String wallet = wallet();

    assertThat(status(send(wallet, "1", FRIEND))).isEqualTo("Executing");
    assertThat(status(send(wallet, "1", FRIEND.toLowerCase(Locale.ROOT)))).isEqualTo("Executing");
    assertThat(status(send(wallet, "1", STRANGER))).isEqualTo("Rejected");
  }

  @Test
  void anEmptyWhitelistAlwaysTriggers() {
    create(
        world.admin, signing(rule("TransactionRecipientWhitelist", "{\"addresses\":[]}"), block()));

    assertThat(status(send(wallet(), "1", FRIEND))).isEqualTo("Rejected");
  }

  @Test
  void aContractCallCannotBeJudgedAndTriggers() {
    create(
        world.admin,
        signing(
            rule("TransactionRecipientWhitelist", "{\"addresses\":[\"" + FRIEND + "\"]}"),
            block()));
    String path = "/wallets/" + wallet() + "/transactions";

    assertThat(
            status(
                backend.post(path, "{\"kind\":\"Evm\",\"to\":\"" + FRIEND + "\",\"value\":\"1\"}")))
        .isEqualTo("Executing");
    assertThat(
            status(
                backend.post(
                    path,
                    "{\"kind\":\"Evm\",\"to\":\""
                        + FRIEND
                        + "\",\"value\":\"1\",\"data\":\"0xa9059cbb\"}")))
        .isEqualTo("Rejected");
  }

  @Test
  void aSignatureCannotBeJudgedAndTriggers() {
    create(
        world.admin,
        signing(rule("TransactionAmountLimit", "{\"limit\":1000,\"currency\":\"USD\"}"), block()));
    String key =
        backend.post("/keys", "{\"scheme\":\"ECDSA\",\"curve\":\"secp256k1\"}").text("/id");

    Response response =
        backend.post("/keys/" + key + "/signatures", "{\"kind\":\"Message\",\"message\":\"0x00\"}");

    assertThat(status(response)).isEqualTo("Rejected");
    assertThat(response.body().has("signature")).isFalse();
  }

  @Test
  void aCountVelocityTriggersAboveTheCountWithinTheWindow() {
    create(
        world.admin,
        signing(rule("TransactionCountVelocity", "{\"limit\":2,\"timeframe\":10}"), block()));
    String wallet = wallet();

    assertThat(status(send(wallet, "1", FRIEND))).isEqualTo("Executing");
    world.organisation.clock().advance(Duration.ofMinutes(6));
    assertThat(status(send(wallet, "1", FRIEND))).isEqualTo("Executing");
    assertThat(status(send(wallet, "1", FRIEND))).isEqualTo("Rejected");
    assertThat(status(send(wallet(), "1", FRIEND))).isEqualTo("Executing");
    world.organisation.clock().advance(Duration.ofMinutes(4));
    assertThat(status(send(wallet, "1", FRIEND))).isEqualTo("Executing");
  }

  @Test
  void anAmountVelocityTriggersAboveTheSumWithinTheWindow() {
    create(
        world.admin,
        signing(
            rule(
                "TransactionAmountVelocity",
                "{\"limit\":1000,\"currency\":\"USD\",\"timeframe\":10}"),
            block()));
    String wallet = wallet();

    assertThat(status(send(wallet, "300000000000000000", FRIEND))).isEqualTo("Executing");
    assertThat(status(send(wallet, "200000000000000000", FRIEND))).isEqualTo("Rejected");
    assertThat(status(send(wallet, "100000000000000000", FRIEND))).isEqualTo("Executing");
    world.organisation.clock().advance(Duration.ofMinutes(10));
    assertThat(status(send(wallet, "200000000000000000", FRIEND))).isEqualTo("Executing");
  }

  @Test
  void aFilterByWalletSparesOthers() {
    String watched = wallet();
    create(
        world.admin,
        body("Wallets:Sign", always(), block(), "{\"walletId\":{\"in\":[\"" + watched + "\"]}}"));

    assertThat(status(send(watched, "1", FRIEND))).isEqualTo("Rejected");
    assertThat(status(send(wallet(), "1", FRIEND))).isEqualTo("Executing");
  }

  @Test
  void aFilterByTagsNeedsAllOfSomeAndAnyOfOthers() {
    create(
        world.admin,
        body(
            "Wallets:Sign",
            always(),
            block(),
            "{\"walletTags\":{\"hasAll\":[\"a\",\"b\"],\"hasAny\":[\"c\",\"d\"]}}"));

    assertThat(status(send(wallet("a", "b", "c"), "1", FRIEND))).isEqualTo("Rejected");
    assertThat(status(send(wallet("a", "c"), "1", FRIEND))).isEqualTo("Executing");
    assertThat(status(send(wallet("a", "b"), "1", FRIEND))).isEqualTo("Executing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"walletId\":{\"in\":[]}}", "{\"walletTags\":{\"hasAny\":[]}}"})
  void aFilterThatListsNothingMatchesNothing(String filter) {
    create(world.admin, body("Wallets:Sign", always(), block(), filter));

    assertThat(status(send(wallet("a"), "1", FRIEND))).isEqualTo("Executing");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneBlockWinsOverAnyApprovalWhicheverCameFirst(boolean blockFirst) {
    create(world.admin, signing(always(), blockFirst ? block() : ask(group(1, anyone()))));
    create(world.admin, signing(always(), blockFirst ? ask(group(1, anyone())) : block()));

    assertThat(status(send(wallet(), "1", FRIEND))).isEqualTo("Rejected");
  }

  @Test
  void anArchivedPolicyIsNotEvaluatedAndNotChanged() {
    String policy = create(world.admin, signing(always(), block()));

    Response archived = world.admin.delete("/v2/policies/" + policy);

    assertThat(archived.text("/status")).isEqualTo("Archived");
    assertThat(status(send(wallet(), "1", FRIEND))).isEqualTo("Executing");
    assertThat(world.admin.put("/v2/policies/" + policy, signing(always(), block())).status())
        .isEqualTo(422);
    assertThat(world.admin.get("/v2/policies?status=Archived").body().path("items")).hasSize(1);
    assertThat(world.admin.get("/v2/policies?status=Active").body().path("items")).isEmpty();
  }

  @Test
  void ofWalletsThatShareAKeyOneHasToPassAllFilters() {
    String first =
        world
            .admin
            .post("/wallets", "{\"network\":\"EthereumSepolia\",\"tags\":[\"gold\"]}")
            .text("/id");
    String key = world.admin.get("/wallets/" + first).text("/signingKey/id");
    String second =
        world
            .admin
            .post("/wallets", "{\"network\":\"Polygon\",\"signingKey\":{\"id\":\"" + key + "\"}}")
            .text("/id");
    Policies.create(
        world.admin,
        Policies.body(
            "Wallets:Sign",
            Policies.always(),
            Policies.block(),
            "{\"walletId\":{\"in\":[\"" + second + "\"]},\"walletTags\":{\"hasAny\":[\"gold\"]}}"));
    String path = "/keys/" + key + "/signatures";
    String body = "{\"kind\":\"Message\",\"message\":\"0x00\"}";
    assertThat(world.admin.post(path, body).text("/status")).isEqualTo("Executing");

    world.admin.put("/wallets/" + second + "/tags", "{\"tags\":[\"gold\"]}");

    assertThat(world.admin.post(path, body).text("/status")).isEqualTo("Rejected");
  }

  @Test
  void aVelocityCountsTheWalletsThatPassItsFilters() {
    String first = world.admin.post("/wallets", "{\"network\":\"EthereumSepolia\"}").text("/id");
    String key = world.admin.get("/wallets/" + first).text("/signingKey/id");
    String second =
        world
            .admin
            .post("/wallets", "{\"network\":\"Polygon\",\"signingKey\":{\"id\":\"" + key + "\"}}")
            .text("/id");
    for (int i = 0; i < 3; i++) {
      world.admin.post(
          "/wallets/" + first + "/transfers",
          "{\"kind\":\"Native\",\"to\":\"0x00000000000000000000000000000000000000Aa\",\"amount\":\"1\"}");
    }
    Policies.create(
        world.admin,
        Policies.body(
            "Wallets:Sign",
            Policies.rule("TransactionCountVelocity", "{\"limit\":2,\"timeframe\":60}"),
            Policies.block(),
            "{\"walletId\":{\"in\":[\"" + second + "\"]}}"));

    assertThat(
            world
                .admin
                .post("/keys/" + key + "/signatures", "{\"kind\":\"Message\",\"message\":\"0x00\"}")
                .text("/status"))
        .isEqualTo("Executing");
  }

  @Test
  void anUpdateReplacesThePolicy() {
    String policy = create(world.admin, signing(always(), block()));

    Response updated =
        world.admin.put(
            "/v2/policies/" + policy,
            "{\"name\":\"b\",\"activityKind\":\"Wallets:Sign\",\"rule\":"
                + rule("TransactionRecipientWhitelist", "{\"addresses\":[\"" + FRIEND + "\"]}")
                + ",\"action\":{\"kind\":\"Block\"},\"status\":\"Active\"}");

    assertThat(updated.status()).as(updated.toString()).isEqualTo(200);
    assertThat(updated.body().has("filters")).isFalse();
    assertThat(status(send(wallet(), "1", FRIEND))).isEqualTo("Executing");
    assertThat(world.admin.get("/v2/policies/" + policy).text("/name")).isEqualTo("b");
  }
}

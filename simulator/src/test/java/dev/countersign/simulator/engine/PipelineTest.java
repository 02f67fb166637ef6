package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.control.Switches.Refusal;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.spec.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each check refuses what it is there to refuse, in order. */
final class PipelineTest {

  private static final String WALLET = "{\"network\":\"EthereumSepolia\"}";

  private final World world = new World();
  private final TestClient reader = world.serviceAccount("reader", "Wallets:Read");

  @Test
  void anUnknownPathIsNotFoundAndNamesTheNearest() {
    Response response = reader.get("/wallet/wa-1");

    assertThat(response.status()).isEqualTo(404);
    assertThat(response.reason()).contains("GET /wallets/{walletId}");
  }

  @Test
  void anUnknownMethodOfAPathIsNotFound() {
    assertThat(reader.send("PATCH", "/wallets", "{}", Map.of()).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{} {}", "{\"a\":1,\"a\":2}", "nothing"})
  void aBodyThatIsNotJsonIsRefused(String body) {
    Response response = reader.send("POST", "/wallets", body, Map.of());

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.message()).isEqualTo("The body is not well-formed JSON");
  }

  @Test
  void aBodyOfAnotherTypeIsRefused() {
    Response response =
        reader.send("POST", "/wallets", WALLET, Map.of("Content-Type", "text/plain"));

    assertThat(response.status()).isEqualTo(400);
  }

  @Test
  void noTokenIsUnauthorized() {
    Response response = reader.raw("GET", "/wallets", Map.of(), new byte[0]);

    assertThat(response.status()).isEqualTo(401);
    assertThat(response.message()).isEqualTo("Not Authorized.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "Bearer x", "Bearer a.b.c", "Basic eDp5", "Bearer e30.e30.e30"})
  void aTokenThatIsNoneIsUnauthorized(String header) {
    Response response = reader.raw("GET", "/wallets", Map.of("Authorization", header), new byte[0]);

    assertThat(response.status()).isEqualTo(401);
  }

  @Test
  void aTokenWithAnotherSignatureIsUnauthorized() {
    String token = reader.identity.token();
    char last = token.charAt(token.length() - 2);
    String forged =
        token.substring(0, token.length() - 2)
            + (last == 'A' ? 'B' : 'A')
            + token.substring(token.length() - 1);

    Response response =
        reader.send("GET", "/wallets", null, Map.of("Authorization", "Bearer " + forged));

    assertThat(response.status()).isEqualTo(401);
    assertThat(response.reason()).isEqualTo("the token was not signed here");
  }

  @Test
  void aUserActionIsNoBearer() {
    String action = reader.userAction("POST", "/wallets", WALLET);

    Response response =
        reader.send("GET", "/wallets", null, Map.of("Authorization", "Bearer " + action));

    assertThat(response.status()).isEqualTo(401);
  }

  @Test
  void aChallengeIdentifierIsNoBearer() {
    String identifier = reader.challenge("POST", "/wallets", WALLET).text("/challengeIdentifier");

    Response response =
        reader.send("GET", "/wallets", null, Map.of("Authorization", "Bearer " + identifier));

    assertThat(response.status()).isEqualTo(401);
    assertThat(response.reason()).isEqualTo("this token is no access token");
  }

  @Test
  void anExpiredTokenIsUnauthorized() {
    world.organisation.clock().advance(Duration.ofDays(730).minusSeconds(1));
    assertThat(reader.get("/wallets").status()).isEqualTo(200);
    world.organisation.clock().advance(Duration.ofSeconds(1));

    Response response = reader.get("/wallets");

    assertThat(response.status()).isEqualTo(401);
    assertThat(response.reason()).isEqualTo("the token has expired");
  }

  @Test
  void aDeactivatedAccountIsRefusedUntilItIsActivated() {
    world.organisation.deactivate(reader.identity.userId());

    Response response = reader.get("/wallets");

    assertThat(response.status()).isEqualTo(401);
    assertThat(response.message()).isEqualTo("User account has been deactivated.");
    assertThat(reader.challenge("POST", "/wallets", WALLET).status()).isEqualTo(401);
    world.organisation.activate(reader.identity.userId());
    assertThat(reader.get("/wallets").status()).isEqualTo(200);
  }

  @Test
  void theStatusForADeactivatedAccountIsASwitch() {
    World older = new World(Switches.defaults().toBuilder().deactivatedAccountStatus(400).build());
    TestClient client = older.serviceAccount("any");
    older.organisation.deactivate(client.identity.userId());

    assertThat(client.get("/wallets").status()).isEqualTo(400);
  }

  @Test
  void aServiceAccountMayNotMakeServiceAccounts() {
    TestClient ambitious = world.serviceAccount("ambitious", "Auth:ServiceAccounts:Create");
    String key = TestKey.fresh().pem().replace("\n", "\\n");

    Response response =
        ambitious.post(
            "/auth/service-accounts", "{\"name\":\"child\",\"publicKey\":\"" + key + "\"}");

    assertThat(response.status()).isEqualTo(403);
    assertThat(response.reason()).isEqualTo("a ServiceAccount may not call createServiceAccount");
  }

  @Test
  void aMissingPermissionIsNamed() {
    Response response = reader.post("/wallets", WALLET);

    assertThat(response.status()).isEqualTo(403);
    assertThat(response.message())
        .isEqualTo(
            "ServiceAccount "
                + reader.identity.userId()
                + " is not authorized to perform operation (Keys:Create)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'network':'EthereumSepolia'}|Keys:Create",
        "{'network':'EthereumSepolia','tags':['a']}|Keys:Create",
        "{'network':'EthereumSepolia','signingKey':{'id':'key-1'}}|Keys:Reuse",
        "{'network':'EthereumSepolia','signingKey':{'id':'key-1'},'delegateTo':'us-1'}|Keys:Delegate",
      })
  void aPermissionTheBodyAsksForIsNeededToo(String body, String missing) {
    TestClient creator = world.serviceAccount("creator", "Wallets:Create");

    Response response = creator.post("/wallets", body.replace('\'', '"'));

    assertThat(response.status()).isEqualTo(403);
    assertThat(response.message()).endsWith("(" + missing + ")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'network':'EthereumSepolia','colour':'red'}|colour: unknown field",
        "{'network':'EthereumSepolia','signingKey':{'x':1}}|signingKey.x: unknown field",
        "{}|network: required field is missing",
        "{'network':'Atlantis'}|network: does not have a value in the enumeration",
        "{'network':'EthereumSepolia','tags':'a'}|tags: string found, array expected",
        "{'network':'EthereumSepolia','tags':['a b']}|tags",
        "[]|body: array found, object expected",
      })
  void aBodyThatIsNotAsDescribedIsRefused(String body, String sentence) {
    Response response = world.admin.post("/wallets", body.replace('\'', '"'));

    assertThat(response.status()).as(response.toString()).isEqualTo(400);
    assertThat(response.message()).startsWith("Validation error: " + sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'kind':'Native','to':'0x0','amount':'1','gasLimit':'1'}|gasLimit: unknown field",
        "{'kind':'Native','to':'0x0','amount':'1.5'}|amount: does not match",
        "{'kind':'Native','to':'0x0','amount':1}|amount: integer found, string expected",
        "{'kind':'Native','to':'0x0'}|amount: required field is missing",
        "{'kind':'Gold','to':'0x0','amount':'1'}|kind: does not have a value",
        "{'to':'0x0','amount':'1'}|kind: required field is missing",
        "{'kind':'Erc20','to':'0x0','amount':'1','contract':'0x1'}|",
        "{'kind':'Native','to':'0x0','amount':'1','externalId':''}|externalId",
      })
  void aUnionIsHeldAgainstTheVariantItNames(String body, String sentence) {
    String wallet = world.admin.post("/wallets", WALLET).text("/id");

    Response response =
        world.admin.post("/wallets/" + wallet + "/transfers", body.replace('\'', '"'));

    assertThat(response.status()).as(response.toString()).isEqualTo(400);
    assertThat(response.message())
        .startsWith("Validation error: " + (sentence == null ? "" : sentence));
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=-1", "limit=many", "limit=1001", "paginationToken=x"})
  void aQueryThatIsNotAsDescribedIsRefused(String query) {
    Response response = reader.get("/wallets?" + query);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.message()).contains(query.split("=")[0]);
  }

  @Test
  void whatDoesNotExistIsNotFound() {
    Response response = reader.get("/wallets/wa-00000-00000-0000000000000000");

    assertThat(response.status()).isEqualTo(404);
    assertThat(response.message()).isEqualTo("wallet not found");
    assertThat(response.text("/error/details/walletId"))
        .isEqualTo("wa-00000-00000-0000000000000000");
    assertThat(response.text("/error/details/orgId")).isEqualTo(world.organisation.id());
  }

  @Test
  void whatBelongsToAnotherOrganisationIsNotFound() {
    TestClient stranger = world.stranger();
    String theirs = stranger.post("/wallets", WALLET).text("/id");

    assertThat(stranger.get("/wallets/" + theirs).status()).isEqualTo(200);
    assertThat(reader.get("/wallets/" + theirs).status()).isEqualTo(404);
  }

  @Test
  void anIdentifierIsAtMost64CharactersLong() {
    assertThat(reader.get("/wallets/" + "w".repeat(65)).status()).isEqualTo(400);
    assertThat(reader.get("/wallets/" + "w".repeat(64)).status()).isEqualTo(404);
  }

  @Test
  void theUserActionIsCheckedBeforeThePermissionUnlessSwitched() {
    assertThat(reader.send("POST", "/wallets", WALLET, Map.of()).message())
        .isEqualTo("user action signature is missing or invalid");
    World other =
        new World(
            Switches.defaults().toBuilder()
                .refusalOrder(
                    List.of(Refusal.PERMISSION, Refusal.USER_ACTION, Refusal.IDENTITY_KIND))
                .build());

    assertThat(other.serviceAccount("reader").send("POST", "/wallets", WALLET, Map.of()).message())
        .contains("is not authorized to perform operation");
  }

  @Test
  void payloadsAreComparedByteForByteIfSwitched() {
    World strict =
        new World(
            Switches.defaults().toBuilder()
                .payloadComparison(Switches.PayloadComparison.BYTES)
                .build());

    assertThat(strict.admin.post("/wallets", WALLET).status()).isEqualTo(200);
    assertThat(strict.admin.speaking(Dialect.PYTHON).post("/wallets", WALLET).status())
        .isEqualTo(403);
  }

  @Test
  void everyOperationAnswersWithoutAFaultOfTheSimulator() {
    for (Operation operation : Description.load().operations()) {
      String path = operation.path().replaceAll("\\{[^}]+}", "no-such-thing");

      TestClient client = operation.id().equals("logout") ? world.admin("leaving") : world.admin;

      Response response =
          operation.method().equals("GET")
              ? client.get(path)
              : client.signed(operation.method(), path, "{}");

      assertThat(response.status()).as(operation + " " + response).isNotEqualTo(500);
    }
  }
}

package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service account registers a customer, whose device makes the credentials. */
final class DelegatedRegistrationTest {

  private final DelegatedFlow flow = new DelegatedFlow();
  private final KeyDevice device = KeyDevice.fresh("phone");

  private JsonNode challenge() {
    Response challenge = flow.challenge("ada");
    assertThat(challenge.status()).as(challenge.toString()).isEqualTo(200);
    return challenge.body();
  }

  private Response register(JsonNode challenge, JsonNode body) {
    return flow.complete("/auth/registration", challenge, body);
  }

  private Response registerWithWallet(JsonNode challenge, String network) {
    return flow.complete(
        "/auth/registration/enduser",
        challenge,
        DelegatedFlow.withWallet(first(challenge, device), network));
  }

  private static ObjectNode first(JsonNode challenge, Device device) {
    return DelegatedFlow.first(challenge, device);
  }

  private JsonNode user(String name) {
    for (JsonNode user : flow.world.admin.get("/auth/users?kind=EndUser").body().path("items")) {
      if (user.path("username").asText().equals(name)) {
        return user;
      }
    }
    throw new AssertionError("no " + name);
  }

  @Test
  void anEndUserRegistersWithAKeyAndGetsWallets() {
    JsonNode challenge = challenge();

    Response registered = registerWithWallet(challenge, "EthereumSepolia");

    assertThat(registered.status()).as(registered.toString()).isEqualTo(200);
    assertThat(registered.text("/credential/kind")).isEqualTo("Key");
    assertThat(registered.text("/user/username")).isEqualTo("ada");
    assertThat(registered.text("/user/id")).isEqualTo(challenge.at("/user/id").asText());
    String user = registered.text("/user/id");
    assertThat(registered.text("/wallets/0/signingKey/delegatedTo")).isEqualTo(user);
    assertThat(registered.body().at("/wallets/0/custodial").asBoolean(true)).isFalse();
    assertThat(user("ada").path("isRegistered").asBoolean()).isTrue();
    assertThat(user("ada").path("isActive").asBoolean()).isTrue();
    assertThat(user("ada").at("/permissionAssignments/0/permissionName").asText())
        .isEqualTo("ManagedDefaultEndUserAccess");
    Person ada = new Person(flow.backend.bearing(registered.text("/authentication/token")), device);
    String wallet = registered.text("/wallets/0/id");
    assertThat(ada.get("/wallets").text("/items/0/id")).isEqualTo(wallet);
    assertThat(ada.post("/wallets/" + wallet + "/transfers", TRANSFER).status()).isEqualTo(200);
  }

  private static final String TRANSFER =
      "{\"kind\":\"Native\",\"to\":\"0x00e3495cf6af59008f22ffaf32d4c92ac33dac47\",\"amount\":\"1\"}";

  @Test
  void nobodyElseOperatesTheWalletOfAnEndUser() {
    JsonNode challenge = challenge();
    Response registered = registerWithWallet(challenge, "EthereumSepolia");
    String wallet = "/wallets/" + registered.text("/wallets/0/id");
    KeyDevice other = KeyDevice.fresh("other");
    Person eve = flow.registered("eve", other);

    assertThat(flow.world.admin.get(wallet).status()).isEqualTo(200);
    assertThat(flow.world.admin.post(wallet + "/transfers", TRANSFER).status()).isEqualTo(403);
    assertThat(flow.backend.post(wallet + "/transfers", TRANSFER).status()).isEqualTo(403);
    assertThat(eve.get(wallet).status()).isEqualTo(404);
    assertThat(eve.get("/wallets").body().path("items")).isEmpty();
    assertThat(eve.post(wallet + "/transfers", TRANSFER).status()).isEqualTo(404);
    String key = "/keys/" + registered.text("/wallets/0/signingKey/id") + "/signatures";
    String hash = "{\"kind\":\"Hash\",\"hash\":\"0x" + "ab".repeat(32) + "\"}";
    assertThat(flow.world.admin.post(key, hash).status()).isEqualTo(403);
    assertThat(eve.post(key, hash).status()).isEqualTo(404);
  }

  @Test
  void policiesDoNotHoldTheWalletOfAnEndUser() {
    Policies.create(
        flow.world.admin, Policies.body("Wallets:Sign", Policies.always(), Policies.block(), "{}"));
    JsonNode challenge = challenge();
    Response registered = registerWithWallet(challenge, "EthereumSepolia");
    Person ada = new Person(flow.backend.bearing(registered.text("/authentication/token")), device);

    Response transfer =
        ada.post("/wallets/" + registered.text("/wallets/0/id") + "/transfers", TRANSFER);

    assertThat(transfer.text("/status")).isNotEqualTo("Rejected");
  }

  @Test
  void anUnfinishedRegistrationLeavesAUserWhoCannotLogIn() {
    challenge();

    assertThat(user("ada").path("isRegistered").asBoolean(true)).isFalse();
    assertThat(user("ada").path("isActive").asBoolean(true)).isFalse();
    assertThat(flow.login("ada").status()).isEqualTo(401);
  }

  @Test
  void whoWasActivatedButNeverRegisteredCannotLogIn() {
    challenge();
    String id = user("ada").path("userId").asText();
    assertThat(flow.world.admin.put("/auth/users/" + id + "/activate", null).status())
        .isEqualTo(200);

    Response login = flow.login("ada");

    assertThat(login.status()).isEqualTo(401);
    assertThat(login.reason()).contains("has not registered yet");
  }

  @Test
  void aUserIsRegisteredOnce() {
    challenge();
    assertThat(flow.challenge("ada").status()).isEqualTo(409);

    flow.registered("eve", device);
    assertThat(flow.challenge("eve").status()).isEqualTo(409);
  }

  @Test
  void onlyServiceAccountsRegisterAndLogIn() {
    flow.registered("ada", device);

    for (TestClient client : List.of(flow.world.admin, flow.world.endUser("bob"))) {
      Response registration =
          client.post("/auth/registration/delegated", "{\"email\":\"x\",\"kind\":\"EndUser\"}");
      Response login = client.post("/auth/login/delegated", "{\"username\":\"ada\"}");
      Response recovery =
          client.post(
              "/auth/recover/user/delegated", "{\"username\":\"ada\",\"credentialId\":\"x\"}");

      assertThat(registration.status()).isEqualTo(403);
      assertThat(login.status()).isEqualTo(403);
      assertThat(recovery.status()).isEqualTo(403);
    }
  }

  @Test
  void aServiceAccountNeedsPermissionAndSignature() {
    TestClient poor = flow.world.serviceAccount("poor");
    String body = "{\"email\":\"ada\",\"kind\":\"EndUser\"}";

    assertThat(poor.post("/auth/registration/delegated", body).status()).isEqualTo(403);
    assertThat(flow.backend.send("POST", "/auth/registration/delegated", body, Map.of()).status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CustomerEmployee", "DfnsStaff"})
  void onlyEndUsersAreRegisteredSo(String kind) {
    Response response =
        flow.backend.post(
            "/auth/registration/delegated",
            Json.object().put("email", "ada").put("kind", kind).toString());

    assertThat(response.status()).isEqualTo(400);
  }

  @Test
  void aTemporaryTokenCompletesOnce() {
    JsonNode challenge = challenge();
    assertThat(register(challenge, first(challenge, device)).status()).isEqualTo(200);

    Response again = register(challenge, first(challenge, KeyDevice.fresh("other")));

    assertThat(again.status()).isEqualTo(401);
  }

  @Test
  void aTemporaryTokenIsGoodForNothingElse() {
    JsonNode challenge = challenge();
    TestClient client =
        flow.backend.bearing(challenge.path("temporaryAuthenticationToken").asText());

    assertThat(client.get("/wallets").status()).isEqualTo(401);
    assertThat(client.get("/auth/credentials").status()).isEqualTo(401);
    assertThat(client.challenge("POST", "/wallets", "").status()).isEqualTo(401);
    assertThat(
            client
                .unsigned("POST", "/auth/recover/user", Json.object().set("newCredentials", null))
                .status())
        .isEqualTo(401);
    assertThat(flow.world.organisation.decisions())
        .anyMatch(line -> line.contains("a temporary token is good only for"));
  }

  @Test
  void aTemporaryTokenExpires() {
    JsonNode challenge = challenge();
    flow.world.organisation.clock().advance(Duration.ofMinutes(15));

    assertThat(register(challenge, first(challenge, device)).status()).isEqualTo(401);
  }

  @Test
  void aTemporaryTokenLivesAsLongAsItIsSwitched() {
    DelegatedFlow patient =
        new DelegatedFlow(
            Switches.defaults().toBuilder().temporaryTokenLifetime(Duration.ofDays(1)).build());
    JsonNode challenge = patient.challenge("ada").body();
    patient.world.organisation.clock().advance(Duration.ofHours(23));

    assertThat(patient.complete("/auth/registration", challenge, first(challenge, device)).status())
        .isEqualTo(200);
  }

  @Test
  void noOtherTokenCompletes() {
    JsonNode challenge = challenge();

    assertThat(
            flow.backend.unsigned("POST", "/auth/registration", first(challenge, device)).status())
        .isEqualTo(401);
  }

  @Test
  void aCredentialForAnotherChallengeIsRefused() {
    JsonNode challenge = challenge();
    JsonNode other = flow.challenge("eve").body();

    Response response = register(challenge, first(other, device));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.reason()).isEqualTo("clientData is for another challenge");
    assertThat(register(challenge, first(challenge, device)).status()).isEqualTo(200);
  }

  @Test
  void allCredentialsOfACompletionSignItsChallenge() {
    JsonNode challenge = challenge();
    JsonNode other = flow.challenge("eve").body();
    ObjectNode body = first(challenge, device);
    body.set("recoveryCredential", KeyDevice.fresh("RecoveryKey", "paper").credential(other));

    Response response = register(challenge, body);

    assertThat(response.status()).isEqualTo(400);
    assertThat(user("ada").path("isRegistered").asBoolean(true)).isFalse();
    body.set("recoveryCredential", KeyDevice.fresh("RecoveryKey", "paper").credential(challenge));
    assertThat(register(challenge, body).status()).isEqualTo(200);
  }

  @Test
  void aCredentialIsTakenOnce() {
    JsonNode challenge = challenge();
    ObjectNode body = first(challenge, device);
    body.set("secondFactorCredential", KeyDevice.fresh("phone").credential(challenge));

    assertThat(register(challenge, body).status()).isEqualTo(409);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Password", "Totp"})
  void passwordsAreNotSimulated(String kind) {
    JsonNode challenge = challenge();
    boolean password = kind.equals("Password");
    ObjectNode credential = Json.object().put("credentialKind", kind);
    credential.putObject("credentialInfo").put(password ? "password" : "otpCode", "123456");
    ObjectNode body = first(challenge, device);
    body.set(password ? "firstFactorCredential" : "secondFactorCredential", credential);

    assertThat(register(challenge, body).status()).isEqualTo(501);
  }

  @Test
  void aWalletThatCannotBeMadeLeavesNobodyRegistered() {
    JsonNode challenge = challenge();

    Response response = registerWithWallet(challenge, "Starknet");

    assertThat(response.status()).isEqualTo(501);
    assertThat(user("ada").path("isRegistered").asBoolean(true)).isFalse();
  }

  @Test
  void whatWasLoggedHoldsNoToken() {
    JsonNode challenge = challenge();
    Response registered = registerWithWallet(challenge, "EthereumSepolia");
    register(challenge, first(challenge, device));

    assertThat(flow.world.organisation.decisions().toString())
        .doesNotContain(challenge.path("temporaryAuthenticationToken").asText())
        .doesNotContain(registered.text("/authentication/token"))
        .doesNotContain(challenge.path("challenge").asText());
  }
}

package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.crypto.Base64Url;
import dev.countersign.simulator.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Somebody who lost a device gets a new one with a key on paper. */
final class RecoveryTest {

  private final DelegatedFlow flow;
  private final KeyDevice phone = KeyDevice.fresh("phone");
  private final KeyDevice paper = KeyDevice.fresh("RecoveryKey", "paper");
  private final Passkey next = Passkey.fresh();
  private final Person ada;

  RecoveryTest() {
    this.flow = new DelegatedFlow();
    this.ada = registered(flow);
  }

  private Person registered(DelegatedFlow in) {
    JsonNode challenge = in.challenge("ada").body();
    ObjectNode body = DelegatedFlow.first(challenge, phone);
    body.set("recoveryCredential", paper.credential(challenge));
    assertThat(in.complete("/auth/registration", challenge, body).status()).isEqualTo(200);
    return in.loggedIn("ada", phone);
  }

  private static Response challenge(DelegatedFlow in, String username, String credential) {
    return in.backend.post(
        "/auth/recover/user/delegated",
        Json.object().put("username", username).put("credentialId", credential).toString());
  }

  private JsonNode challenge() {
    Response challenge = challenge(flow, "ada", "paper");
    assertThat(challenge.status()).as(challenge.toString()).isEqualTo(200);
    return challenge.body();
  }

  /** The proof of a recovery key for new credentials, which are signed as this text. */
  private static ObjectNode proof(KeyDevice key, String signed) {
    return key.factor(Json.object().put("challenge", Base64Url.encode(signed)));
  }

  private static ObjectNode body(KeyDevice key, JsonNode credentials) {
    ObjectNode body = Json.object();
    body.set("recovery", proof(key, credentials.toString()));
    body.set("newCredentials", credentials);
    return body;
  }

  private Response recover(JsonNode challenge, JsonNode body) {
    return flow.complete("/auth/recover/user", challenge, body);
  }

  private ObjectNode credentials(JsonNode challenge) {
    return DelegatedFlow.first(challenge, next);
  }

  @Test
  void aRecoveryKeyBringsNewCredentialsAndEndsTheFormerOnes() {
    JsonNode action = ada.client.challenge("POST", "/wallets", "{}").body();
    String spare =
        ada.answer(ada.client.challenge("POST", "/wallets", "{}").body()).text("/userAction");
    JsonNode challenge = challenge();
    assertThat(challenge.at("/allowedRecoveryCredentials/0/id").asText()).isEqualTo("paper");
    assertThat(challenge.at("/allowedRecoveryCredentials/0/encryptedRecoveryKey").asText())
        .isEqualTo(paper.encryptedPrivateKey());

    Response recovered = recover(challenge, body(paper, credentials(challenge)));

    assertThat(recovered.status()).as(recovered.toString()).isEqualTo(200);
    assertThat(recovered.text("/credential/kind")).isEqualTo("Fido2");
    assertThat(ada.get("/wallets").status()).isEqualTo(401);
    assertThat(ada.answer(action).status()).isEqualTo(401);
    assertThat(
            ada.client.send("POST", "/wallets", "{}", Map.of("X-DFNS-USERACTION", spare)).status())
        .isEqualTo(401);
    Person again = flow.loggedIn("ada", next);
    JsonNode fresh = again.client.challenge("POST", "/wallets", "").body();
    assertThat(again.with(phone).answer(fresh).status()).isEqualTo(401);
    fresh = again.client.challenge("POST", "/wallets", "").body();
    assertThat(again.answer(fresh).status()).isEqualTo(200);
    assertThat(again.get("/auth/credentials").body().path("items")).hasSize(1);
    assertThat(challenge(flow, "ada", "paper").status()).isEqualTo(401);
  }

  @Test
  void aUserActionOfAFormerTokenIsNotTheNewTokens() {
    String spare =
        ada.answer(ada.client.challenge("POST", "/wallets", "{}").body()).text("/userAction");
    JsonNode challenge = challenge();
    recover(challenge, body(paper, credentials(challenge)));

    assertThat(
            flow.loggedIn("ada", next)
                .client
                .send("POST", "/wallets", "{}", Map.of("X-DFNS-USERACTION", spare))
                .status())
        .isEqualTo(403);
  }

  @Test
  void personalAccessTokensEndToo() {
    TestKey key = TestKey.fresh();
    TestClient bob = flow.world.admin("bob");
    JsonNode added =
        bob.unsigned("POST", "/auth/credentials/init", Json.object().put("kind", "RecoveryKey"))
            .body();
    KeyDevice bobs = KeyDevice.fresh("RecoveryKey", "bobs paper");
    ObjectNode credential =
        bobs.credential(added)
            .put("credentialName", "paper")
            .put("challengeIdentifier", added.path("challengeIdentifier").asText());
    assertThat(bob.post("/auth/credentials", credential.toString()).status()).isEqualTo(200);
    Response pat =
        bob.post(
            "/auth/pats", Json.object().put("name", "ci").put("publicKey", key.pem()).toString());
    TestClient ci = bob.bearing(pat.text("/accessToken"));
    assertThat(ci.get("/wallets").status()).isEqualTo(200);

    JsonNode challenge = mailed("bob", "bobs paper").body();
    Response recovered = recover(challenge, body(bobs, credentials(challenge)));

    assertThat(recovered.status()).as(recovered.toString()).isEqualTo(200);
    assertThat(ci.get("/wallets").status()).isEqualTo(401);
    assertThat(bob.get("/wallets").status()).isEqualTo(401);
  }

  private Response open(String path, JsonNode body) {
    return flow.backend.raw(
        "POST", path, Map.of("Content-Type", "application/json"), Json.bytes(body));
  }

  private Response mailed(String username, String credential) {
    open("/auth/recover/user/code", Json.object().put("username", username));
    return open(
        "/auth/recover/user/init",
        Json.object()
            .put("username", username)
            .put("credentialId", credential)
            .put("verificationCode", flow.world.organisation.mailedCodes(username).get(0)));
  }

  @Test
  void aMailedCodeStartsARecoveryToo() {
    JsonNode challenge = mailed("ada", "paper").body();

    assertThat(recover(challenge, body(paper, credentials(challenge))).status()).isEqualTo(200);
  }

  @Test
  void noOtherCodeStartsARecovery() {
    ObjectNode wrong =
        Json.object()
            .put("username", "ada")
            .put("credentialId", "paper")
            .put("verificationCode", "0000000000");
    assertThat(open("/auth/recover/user/init", wrong).status()).isEqualTo(403);
    open("/auth/login/code", Json.object().put("username", "ada"));
    wrong.put("verificationCode", flow.world.organisation.mailedCodes("ada").get(0));

    assertThat(open("/auth/recover/user/init", wrong).status()).isEqualTo(403);
  }

  @Test
  void onlyARecoveryKeyOfTheUserStartsARecovery() {
    flow.registered("eve", KeyDevice.fresh("eves"));

    assertThat(challenge(flow, "ada", "phone").status()).isEqualTo(401);
    assertThat(challenge(flow, "eve", "paper").status()).isEqualTo(401);
    assertThat(challenge(flow, "nobody", "paper").status()).isEqualTo(401);
  }

  @Test
  void otherCredentialsThanWereSignedAreRefused() {
    JsonNode challenge = challenge();
    ObjectNode body = body(paper, credentials(challenge));
    body.set("newCredentials", DelegatedFlow.first(challenge, Passkey.fresh()));

    Response response = recover(challenge, body);

    assertThat(response.status()).isEqualTo(401);
    assertThat(response.reason()).contains("has not signed these new credentials");
    assertThat(ada.get("/wallets").status()).isEqualTo(200);
  }

  @Test
  void anothersKeyIsRefused() {
    JsonNode challenge = challenge();
    KeyDevice forged = KeyDevice.fresh("RecoveryKey", "paper");

    Response response = recover(challenge, body(forged, credentials(challenge)));

    assertThat(response.status()).isEqualTo(401);
    assertThat(response.reason()).isEqualTo("the signature does not verify");
    assertThat(ada.get("/wallets").status()).isEqualTo(200);
  }

  @Test
  void anotherRecoveryKeyThanWasAskedForIsRefused() {
    KeyDevice second = KeyDevice.fresh("RecoveryKey", "second paper");
    JsonNode added =
        ada.client
            .unsigned("POST", "/auth/credentials/init", Json.object().put("kind", "RecoveryKey"))
            .body();
    ObjectNode credential =
        second
            .credential(added)
            .put("credentialName", "second")
            .put("challengeIdentifier", added.path("challengeIdentifier").asText());
    assertThat(ada.post("/auth/credentials", credential.toString()).status()).isEqualTo(200);
    JsonNode challenge = challenge();

    assertThat(recover(challenge, body(second, credentials(challenge))).status()).isEqualTo(401);
    assertThat(recover(challenge, body(paper, credentials(challenge))).status()).isEqualTo(200);
  }

  @Test
  void aDeactivatedRecoveryKeyStartsNoRecovery() {
    for (JsonNode item : ada.get("/auth/credentials").body().path("items")) {
      if (item.path("kind").asText().equals("RecoveryKey")) {
        String uuid = item.path("credentialUuid").asText();
        ada.signed(
            "PUT",
            "/auth/credentials/deactivate",
            Json.object().put("credentialUuid", uuid).toString());
      }
    }

    assertThat(challenge(flow, "ada", "paper").status()).isEqualTo(401);
  }

  @Test
  void newCredentialsSignTheChallenge() {
    JsonNode stale = challenge();
    JsonNode challenge = challenge();

    Response response = recover(challenge, body(paper, credentials(stale)));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.reason()).isEqualTo("clientData is for another challenge");
    assertThat(ada.get("/wallets").status()).isEqualTo(200);
  }

  @Test
  void aRecoveryIsCompletedOnceAndByItsTokenOnly() {
    JsonNode challenge = challenge();
    ObjectNode body = body(paper, credentials(challenge));

    assertThat(flow.complete("/auth/registration", challenge, credentials(challenge)).status())
        .isEqualTo(401);
    assertThat(flow.backend.unsigned("POST", "/auth/recover/user", body).status()).isEqualTo(401);
    assertThat(recover(challenge, body).status()).isEqualTo(200);
    assertThat(recover(challenge, body).status()).isEqualTo(401);
  }

  @Test
  void aDeactivatedUserDoesNotRecover() {
    JsonNode challenge = challenge();
    flow.world.organisation.deactivate(challenge.at("/user/id").asText());

    assertThat(recover(challenge, body(paper, credentials(challenge))).status()).isEqualTo(401);
    assertThat(challenge(flow, "ada", "paper").status()).isEqualTo(401);
  }

  @Test
  void whatIsSignedIsComparedByMeaningUnlessSwitched() {
    JsonNode challenge = challenge();
    ObjectNode credentials = credentials(challenge);
    ObjectNode body = Json.object().set("newCredentials", credentials);
    body.set("recovery", proof(paper, credentials.toPrettyString()));

    assertThat(recover(challenge, body).status()).isEqualTo(200);
  }

  @Test
  void whatIsSignedIsComparedByteForByteIfSwitched() {
    DelegatedFlow strict =
        new DelegatedFlow(
            Switches.defaults().toBuilder()
                .payloadComparison(Switches.PayloadComparison.BYTES)
                .build());
    registered(strict);
    JsonNode challenge = challenge(strict, "ada", "paper").body();
    ObjectNode credentials = credentials(challenge);
    String text = credentials.toPrettyString();
    String loose = "{ \"recovery\": %s,\n \"newCredentials\" : %s }";

    assertThat(
            sent(strict, challenge, loose.formatted(proof(paper, credentials.toString()), text))
                .status())
        .isEqualTo(401);
    assertThat(sent(strict, challenge, loose.formatted(proof(paper, text), text)).status())
        .isEqualTo(200);
  }

  private static Response sent(DelegatedFlow in, JsonNode challenge, String body) {
    return in.backend.raw(
        "POST",
        "/auth/recover/user",
        Map.of(
            "Authorization",
            "Bearer " + challenge.path("temporaryAuthenticationToken").asText(),
            "Content-Type",
            "application/json"),
        body.getBytes(StandardCharsets.UTF_8));
  }
}

package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One signature, one request, once. */
final class UserActionTest {

  private static final String BODY = "{\"name\":\"readers\",\"operations\":[\"Wallets:Read\"]}";

  private final World world = new World();
  private final TestClient backend =
      world.serviceAccount("backend", "Auth:ServiceAccounts:Update", "Auth:ServiceAccounts:Read");
  private final String path = "/auth/service-accounts/" + backend.identity.userId();

  private Response rename(TestClient client, String userAction) {
    return client.send(
        "PUT", path, "{\"name\":\"other\"}", Map.of("X-DFNS-USERACTION", userAction));
  }

  @ParameterizedTest
  @EnumSource
  void everyKindOfKeySigns(TestKey.Kind kind) {
    TestClient client =
        world.serviceAccount("of " + kind, TestKey.fresh(kind), "Auth:ServiceAccounts:Update");

    Response response =
        client.put("/auth/service-accounts/" + client.identity.userId(), "{\"name\":\"renamed\"}");

    assertThat(response.status()).as(response.toString()).isEqualTo(200);
    assertThat(response.text("/userInfo/name")).isEqualTo("renamed");
  }

  @ParameterizedTest
  @EnumSource
  void everyDialectIsUnderstood(Dialect dialect) {
    TestClient client = backend.speaking(dialect);

    assertThat(client.put(path, "{\"name\":\"ünï\",\"externalId\":\"1\"}").status()).isEqualTo(200);
    TestClient admin = world.admin.speaking(dialect);
    assertThat(admin.put(path + "/deactivate", null).status()).isEqualTo(200);
    assertThat(admin.put(path + "/activate", null).status()).isEqualTo(200);
    assertThat(admin.delete(path + "?force=true").status()).isEqualTo(200);
  }

  @Test
  void aMissingUserActionIsRefused() {
    Response response = backend.send("PUT", path, "{\"name\":\"other\"}", Map.of());

    assertThat(response.status()).isEqualTo(403);
    assertThat(response.message()).isEqualTo("user action signature is missing or invalid");
    assertThat(response.text("/error/status")).isEqualTo("403");
    assertThat(response.text("/error/id")).matches("[0-9]+");
  }

  @Test
  void aSpentUserActionIsRefused() {
    String action = backend.userAction("PUT", path, "{\"name\":\"other\"}");
    assertThat(rename(backend, action).status()).isEqualTo(200);

    Response again = rename(backend, action);

    assertThat(again.status()).isEqualTo(400);
    assertThat(again.message()).isEqualTo("user action has already been used");
  }

  @Test
  void ofManyAtOnceOneSpendsAUserAction() {
    String action = backend.userAction("PUT", path, "{\"name\":\"other\"}");

    List<Integer> statuses =
        IntStream.range(0, 16)
            .parallel()
            .mapToObj(i -> rename(backend, action).status())
            .sorted()
            .toList();

    assertThat(statuses.get(0)).isEqualTo(200);
    assertThat(statuses.subList(1, 16)).containsOnly(400);
  }

  @Test
  void aUserActionThatDoesNotFitIsNotSpent() {
    String action = backend.userAction("PUT", path, "{\"name\":\"other\"}");
    assertThat(
            backend
                .send("PUT", path, "{\"name\":\"x\"}", Map.of("X-DFNS-USERACTION", action))
                .status())
        .isEqualTo(403);

    assertThat(rename(backend, action).status()).isEqualTo(200);
  }

  @Test
  void anothersChallengeIsNotAnswered() {
    Response challenge = world.admin.challenge("PUT", path, "");

    assertThat(backend.answer(challenge.body()).status()).isEqualTo(400);
    assertThat(world.admin.answer(challenge.body()).status()).isEqualTo(200);
  }

  @Test
  void aUserActionIsSpentEvenIfTheOperationRefuses() {
    TestClient poor = world.serviceAccount("poor");
    String action = poor.userAction("PUT", path, "{\"name\":\"other\"}");

    assertThat(rename(poor, action).status()).isEqualTo(403);
    assertThat(rename(poor, action).status()).isEqualTo(400);
  }

  @Test
  void anExpiredUserActionIsRefused() {
    String action = backend.userAction("PUT", path, "{\"name\":\"other\"}");
    world.organisation.clock().advance(Duration.ofMinutes(15));

    Response response = rename(backend, action);

    assertThat(response.status()).isEqualTo(403);
    assertThat(response.reason()).isEqualTo("the user action has expired");
  }

  @Test
  void aUserActionLastsAlmostFifteenMinutes() {
    String action = backend.userAction("PUT", path, "{\"name\":\"other\"}");
    world.organisation.clock().advance(Duration.ofMinutes(15).minusSeconds(1));

    assertThat(rename(backend, action).status()).isEqualTo(200);
  }

  @Test
  void anExpiredChallengeIsRefused() {
    Response challenge = backend.challenge("PUT", path, "");
    world.organisation.clock().advance(Duration.ofMinutes(15));

    Response response = backend.answer(challenge.body());

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.message()).isEqualTo("Challenge token is not valid.");
  }

  @Test
  void aChallengeIsAnsweredOnce() {
    Response challenge = backend.challenge("PUT", path, "");
    assertThat(backend.answer(challenge.body()).status()).isEqualTo(200);

    assertThat(backend.answer(challenge.body()).status()).isEqualTo(400);
  }

  @Test
  void anotherBodyIsRefused() {
    String action = backend.userAction("PUT", path, "{\"name\":\"othes\"}");

    Response response = rename(backend, action);

    assertThat(response.status()).isEqualTo(403);
    assertThat(response.reason())
        .isEqualTo("the user action covers PUT " + path + ", its payload differs at byte 13");
    assertThat(world.organisation.decisions())
        .contains("403 PUT " + path + ": " + response.reason());
  }

  @Test
  void aBodyOnlySpelledOtherwiseIsTheSame() {
    String action =
        backend.userAction("PUT", path, "{ \"externalId\" : \"7\",\n \"name\":\"\\u006fther\"}");

    Response response =
        backend.send(
            "PUT",
            path,
            "{\"name\":\"other\",\"externalId\":\"7\"}",
            Map.of("X-DFNS-USERACTION", action));

    assertThat(response.status()).isEqualTo(200);
  }

  @Test
  void anotherPathIsRefused() {
    String action = backend.userAction("PUT", path + "x", "{\"name\":\"other\"}");

    assertThat(rename(backend, action).status()).isEqualTo(403);
  }

  @Test
  void anotherMethodIsRefused() {
    String action = backend.userAction("POST", path, "{\"name\":\"other\"}");

    Response response = rename(backend, action);

    assertThat(response.status()).isEqualTo(403);
    assertThat(response.message()).isEqualTo("user action signature is missing or invalid");
  }

  @Test
  void anothersUserActionIsRefused() {
    String action = world.admin.userAction("PUT", path, "{\"name\":\"other\"}");

    Response response = rename(backend, action);

    assertThat(response.status()).isEqualTo(403);
    assertThat(response.reason()).isEqualTo("the user action belongs to another token");
  }

  @Test
  void anotherOrganisationsUserActionIsRefused() {
    TestClient stranger = world.stranger();
    String action = stranger.userAction("PUT", path, "{\"name\":\"other\"}");

    assertThat(rename(backend, action).status()).isEqualTo(403);
  }

  @Test
  void anAccessTokenIsNoUserAction() {
    assertThat(rename(backend, backend.identity.token()).status()).isEqualTo(403);
  }

  @Test
  void aWrongSignatureIsRefusedAndSpendsTheChallenge() {
    TestClient forger = backend.signingWith(TestKey.fresh());
    Response challenge = forger.challenge("PUT", path, "");

    Response response = forger.answer(challenge.body());

    assertThat(response.status()).isEqualTo(401);
    assertThat(response.reason()).isEqualTo("the signature does not verify");
    assertThat(backend.answer(challenge.body()).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @EnumSource
  void aSignatureOverOtherClientDataIsRefused(TestKey.Kind kind) {
    TestClient client = world.serviceAccount("of " + kind, TestKey.fresh(kind));
    Response challenge = client.challenge("PUT", path, "");
    String clientData = Dialect.GO.clientData(challenge.text("/challenge")).toString();

    Response response =
        client
            .signingWith(TestKey.fresh(kind))
            .assertion(challenge.text("/challengeIdentifier"), clientData);

    assertThat(response.status()).isEqualTo(401);
  }

  @Test
  void aForeignCredentialIsRefused() {
    TestClient thief = backend.withCredential(world.admin.credentialId, world.admin.key);
    Response challenge = thief.challenge("PUT", path, "");

    Response response = thief.answer(challenge.body());

    assertThat(response.status()).isEqualTo(401);
    assertThat(response.reason()).isEqualTo("the challenge does not allow that credential");
  }

  @Test
  void clientDataOfAnotherTypeIsRefused() {
    Response challenge = backend.challenge("PUT", path, "");

    Response response =
        backend.assertion(
            challenge.text("/challengeIdentifier"),
            "{\"type\":\"key.create\",\"challenge\":\"" + challenge.text("/challenge") + "\"}");

    assertThat(response.status()).isEqualTo(401);
    assertThat(response.reason()).isEqualTo("clientData is not of the type key.get");
  }

  @Test
  void clientDataForAnotherChallengeIsRefused() {
    Response challenge = backend.challenge("PUT", path, "");
    Response other = backend.challenge("PUT", path, "");

    Response response =
        backend.assertion(
            challenge.text("/challengeIdentifier"),
            Dialect.JAVA.clientData(other.text("/challenge")).toString());

    assertThat(response.status()).isEqualTo(401);
    assertThat(response.reason()).isEqualTo("clientData is for another challenge");
  }

  @Test
  void paddedBase64urlIsAccepted() {
    Response challenge = backend.challenge("PUT", path, "");
    String clientData = Dialect.JAVA.clientData(challenge.text("/challenge")).toString() + "  ";
    byte[] bytes = clientData.getBytes(StandardCharsets.UTF_8);
    Base64.Encoder encoder = Base64.getUrlEncoder();
    ObjectNode body =
        Json.object().put("challengeIdentifier", challenge.text("/challengeIdentifier"));
    body.putObject("firstFactor")
        .put("kind", "Key")
        .putObject("credentialAssertion")
        .put("credId", backend.credentialId)
        .put("clientData", encoder.encodeToString(bytes))
        .put("signature", encoder.encodeToString(backend.key.sign(bytes)));

    assertThat(backend.unsigned("POST", "/auth/action", body).status()).isEqualTo(200);
  }

  @Test
  void aChallengeListsTheCallersKeyOnly() {
    Response challenge = backend.challenge("POST", "/permissions", BODY);

    assertThat(challenge.body().at("/allowCredentials/key")).hasSize(1);
    assertThat(challenge.text("/allowCredentials/key/0/id")).isEqualTo(backend.credentialId);
    assertThat(challenge.text("/supportedCredentialKinds/0/kind")).isEqualTo("Key");
  }

  @Test
  void noSecretIsInTheDecisions() {
    Response challenge = backend.challenge("PUT", path, "");
    String identifier = challenge.text("/challengeIdentifier");
    String action = backend.answer(challenge.body()).text("/userAction");
    rename(backend, action);
    rename(backend, action + "x");

    assertThat(String.join("\n", world.organisation.decisions()))
        .isNotEmpty()
        .doesNotContain(identifier, action, backend.identity.token());
  }
}

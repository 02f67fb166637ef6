package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People who are invited register with a mailed code; codes of their own bring more devices. */
final class InvitationTest {

  private final DelegatedFlow flow = new DelegatedFlow();
  private final TestClient admin = flow.world.admin;
  private final KeyDevice laptop = KeyDevice.fresh("laptop");

  private Response invite(String kind) {
    return admin.post(
        "/auth/users", Json.object().put("email", "bob@example.com").put("kind", kind).toString());
  }

  private Response open(String method, String path, JsonNode body) {
    return flow.backend.raw(
        method, path, Map.of("Content-Type", "application/json"), Json.bytes(body));
  }

  private String code() {
    List<String> codes = flow.world.organisation.mailedCodes("bob@example.com");
    return codes.get(codes.size() - 1);
  }

  private Response challenge(String code) {
    return open(
        "POST",
        "/auth/registration/init",
        Json.object().put("username", "bob@example.com").put("registrationCode", code));
  }

  private Person registered() {
    invite("CustomerEmployee");
    JsonNode challenge = challenge(code()).body();
    assertThat(
            flow.complete("/auth/registration", challenge, DelegatedFlow.first(challenge, laptop))
                .status())
        .isEqualTo(200);
    JsonNode login =
        open("POST", "/auth/login/init", Json.object().put("username", "bob@example.com")).body();
    String token = open("POST", "/auth/login", Person.assertion(login, laptop)).text("/token");
    return new Person(flow.backend.bearing(token), laptop);
  }

  @Test
  void whoIsInvitedRegistersWithTheMailedCode() {
    Response invited = invite("CustomerEmployee");
    assertThat(invited.status()).as(invited.toString()).isEqualTo(200);
    assertThat(invited.body().path("isRegistered").asBoolean(true)).isFalse();
    JsonNode challenge = challenge(code()).body();

    Response registered =
        flow.complete("/auth/registration", challenge, DelegatedFlow.first(challenge, laptop));

    assertThat(registered.status()).as(registered.toString()).isEqualTo(200);
    Response user = admin.get("/auth/users/" + invited.text("/userId"));
    assertThat(user.body().path("isRegistered").asBoolean()).isTrue();
    assertThat(user.text("/credentialUuid")).isEqualTo(registered.text("/credential/uuid"));
    assertThat(user.body().path("permissionAssignments")).isEmpty();
  }

  @Test
  void anEndUserWhoseRegistrationCameToNothingFinishesItWithACode() {
    flow.challenge("ada");
    open("PUT", "/auth/registration/code", Json.object().put("username", "ada"));
    String code = flow.world.organisation.mailedCodes("ada").get(0);
    JsonNode challenge =
        open(
                "POST",
                "/auth/registration/init",
                Json.object().put("username", "ada").put("registrationCode", code))
            .body();

    Response registered =
        flow.complete(
            "/auth/registration/enduser",
            challenge,
            DelegatedFlow.withWallet(DelegatedFlow.first(challenge, laptop), "Solana"));

    assertThat(registered.status()).as(registered.toString()).isEqualTo(200);
    assertThat(flow.login("ada").status()).isEqualTo(200);
  }

  @Test
  void aCodeIsGoodOnceAndForItsUser() {
    invite("CustomerEmployee");
    String code = code();
    assertThat(
            open(
                    "POST",
                    "/auth/registration/init",
                    Json.object().put("username", "admin").put("registrationCode", code))
                .status())
        .isEqualTo(409);
    flow.challenge("ada");
    assertThat(
            open(
                    "POST",
                    "/auth/registration/init",
                    Json.object().put("username", "ada").put("registrationCode", code))
                .status())
        .isEqualTo(403);

    assertThat(challenge(code).status()).isEqualTo(200);
    assertThat(challenge(code).status()).isEqualTo(403);
  }

  @Test
  void aCodeExpiresAndIsSentAgain() {
    invite("CustomerEmployee");
    String code = code();
    flow.world.organisation.clock().advance(Duration.ofHours(4));
    Response expired = challenge(code);
    assertThat(expired.status()).isEqualTo(400);
    assertThat(expired.message()).isEqualTo("Registration code expired");
    assertThat(challenge("0123456789").status()).isEqualTo(403);

    open("PUT", "/auth/registration/code", Json.object().put("username", "bob@example.com"));

    assertThat(challenge(code()).status()).isEqualTo(200);
  }

  @Test
  void whoHasRegisteredGetsNoFurtherRegistrationCodeAndCompletesNothing() {
    invite("CustomerEmployee");
    JsonNode first = challenge(code()).body();
    open("PUT", "/auth/registration/code", Json.object().put("username", "bob@example.com"));
    JsonNode second = challenge(code()).body();
    flow.complete("/auth/registration", first, DelegatedFlow.first(first, laptop));

    Response again =
        flow.complete(
            "/auth/registration", second, DelegatedFlow.first(second, KeyDevice.fresh("other")));

    assertThat(again.status()).isEqualTo(409);
    open("PUT", "/auth/registration/code", Json.object().put("username", "bob@example.com"));
    assertThat(flow.world.organisation.mailedCodes("bob@example.com")).isEmpty();
  }

  @Test
  void anEmployeeGetsNoWallets() {
    invite("CustomerEmployee");
    JsonNode challenge = challenge(code()).body();

    Response response =
        flow.complete(
            "/auth/registration/enduser",
            challenge,
            DelegatedFlow.withWallet(DelegatedFlow.first(challenge, laptop), "Solana"));

    assertThat(response.status()).isEqualTo(401);
  }

  @Test
  void aNameIsTakenOnceAndFreeAfterDeletion() {
    Response invited = invite("CustomerEmployee");
    assertThat(invite("CustomerEmployee").status()).isEqualTo(409);

    assertThat(admin.delete("/auth/users/" + invited.text("/userId")).status()).isEqualTo(200);

    assertThat(invite("CustomerEmployee").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DfnsStaff", "EndUser"})
  void onlyEmployeesAreInvited(String kind) {
    assertThat(invite(kind).status()).isEqualTo(400);
  }

  @Test
  void whoIsDeletedIsGone() {
    Person bob = registered();
    String id = admin.get("/auth/users").text("/items/1/userId");
    JsonNode login =
        open("POST", "/auth/login/init", Json.object().put("username", "bob@example.com")).body();

    assertThat(admin.delete("/auth/users/" + id).status()).isEqualTo(200);

    assertThat(bob.get("/auth/credentials").status()).isEqualTo(401);
    assertThat(open("POST", "/auth/login", Person.assertion(login, laptop)).status())
        .isEqualTo(401);
    assertThat(admin.get("/auth/users/" + id).status()).isEqualTo(404);
    assertThat(admin.get("/auth/users").body().path("items")).hasSize(1);
  }

  @Test
  void whetherSomebodySignsOnElsewhereIsRemembered() {
    String id = invite("CustomerEmployee").text("/userId");

    Response updated = admin.put("/auth/users/" + id, "{\"isSSORequired\":true}");

    assertThat(updated.body().path("isSSORequired").asBoolean()).isTrue();
    assertThat(admin.get("/auth/users/" + id).body().path("isSSORequired").asBoolean()).isTrue();
  }

  @Test
  void aCodeBringsACredentialToAnotherDevice() {
    Person bob = registered();
    Passkey phone = Passkey.fresh();
    String code = credentialCode(bob);

    Response created = create(code, phone);

    assertThat(created.status()).as(created.toString()).isEqualTo(200);
    assertThat(bob.get("/auth/credentials").body().path("items")).hasSize(2);
    assertThat(bob.with(phone).answer(bob.client.challenge("POST", "/wallets", "").body()).status())
        .isEqualTo(200);
    assertThat(asked(code).status()).isEqualTo(403);
  }

  @Test
  void aChallengeForACredentialLogsNobodyIn() {
    JsonNode challenge = asked(credentialCode(registered())).body();

    assertThat(open("POST", "/auth/login", Person.assertion(challenge, laptop)).status())
        .isEqualTo(400);
  }

  @Test
  void aCredentialCodeExpires() {
    Person bob = registered();
    String code = credentialCode(bob);
    flow.world.organisation.clock().advance(Duration.ofMinutes(5));

    assertThat(asked(code).status()).isEqualTo(403);
  }

  @Test
  void aCredentialCodeIsNotMailed() {
    credentialCode(registered());

    assertThat(flow.world.organisation.mailedCodes("bob@example.com")).isEmpty();
  }

  @Test
  void aCodeForThePastIsRefused() {
    Person bob = registered();

    assertThat(
            bob.post("/auth/credentials/code", "{\"expiration\":\"2001-01-01T00:00:00Z\"}")
                .status())
        .isEqualTo(400);
    assertThat(bob.post("/auth/credentials/code", "{\"expiration\":\"soon\"}").status())
        .isEqualTo(400);
    assertThat(bob.post("/auth/credentials/code", "{\"expiration\":1000000000}").status())
        .isEqualTo(400);
  }

  @Test
  void aCodesOrganisationIsFound() {
    String code = credentialCode(registered());
    flow.world.simulator.addOrganisation("other");

    assertThat(asked(code).status()).isEqualTo(200);
    assertThat(asked("0000000000").status()).isEqualTo(403);
  }

  private String credentialCode(Person person) {
    Response code =
        person.post(
            "/auth/credentials/code",
            Json.object()
                .put(
                    "expiration",
                    flow.world.organisation.clock().now().plus(Duration.ofMinutes(5)).toString())
                .toString());
    assertThat(code.status()).as(code.toString()).isEqualTo(200);
    return code.text("/code");
  }

  private Response asked(String code) {
    return open(
        "POST",
        "/auth/credentials/code/init",
        Json.object().put("credentialKind", "Fido2").put("code", code));
  }

  private Response create(String code, Device device) {
    JsonNode challenge = asked(code).body();
    ObjectNode body =
        device
            .credential(challenge)
            .put("credentialName", "phone")
            .put("challengeIdentifier", challenge.path("challengeIdentifier").asText());
    return open("POST", "/auth/credentials/code/verify", body);
  }
}

package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.Organisation;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Somebody logs in with a key or passkey, and out again. */
final class LoginTest {

  private final DelegatedFlow flow = new DelegatedFlow();
  private final Passkey passkey = Passkey.fresh();

  private Response open(String path, JsonNode body) {
    return open(flow, path, body);
  }

  private static Response open(DelegatedFlow in, String path, JsonNode body) {
    return in.backend.raw(
        "POST", path, Map.of("Content-Type", "application/json"), Json.bytes(body));
  }

  private Response challenge(String username) {
    return open("/auth/login/init", Json.object().put("username", username));
  }

  private Response login(JsonNode challenge, Device device) {
    return open("/auth/login", Person.assertion(challenge, device));
  }

  private Person loggedIn(String username, Device device) {
    Response login = login(challenge(username).body(), device);
    assertThat(login.status()).as(login.toString()).isEqualTo(200);
    return new Person(flow.backend.bearing(login.text("/token")), device);
  }

  @Test
  void anEndUserLogsInWithAPasskey() {
    flow.registered("ada", passkey);

    Person ada = loggedIn("ada", passkey);

    assertThat(ada.get("/wallets").status()).isEqualTo(200);
    assertThat(ada.answer(ada.client.challenge("POST", "/wallets", "").body()).status())
        .isEqualTo(200);
  }

  @Test
  void anEmployeeLogsInWithAKey() {
    TestClient bob = flow.world.human("bob", "Auth:Users:Read");

    Person person = loggedIn("bob", new KeyDevice("Key", bob.credentialId, bob.key));

    assertThat(person.get("/auth/users").status()).isEqualTo(200);
    assertThat(person.get("/auth/credentials").text("/items/0/credentialId"))
        .isEqualTo(bob.credentialId);
  }

  @Test
  void whoHasAPasskeyNeedNotSayTheirName() {
    flow.registered("ada", passkey);
    JsonNode challenge = open("/auth/login/init", Json.object()).body();

    assertThat(challenge.at("/allowCredentials/webauthn")).isEmpty();
    assertThat(login(challenge, passkey).status()).isEqualTo(200);
  }

  @Test
  void whoHasAKeyHasToSayTheirName() {
    KeyDevice key = KeyDevice.fresh("phone");
    flow.registered("ada", key);
    JsonNode challenge = open("/auth/login/init", Json.object()).body();

    assertThat(login(challenge, key).status()).isEqualTo(401);
  }

  @Test
  void aChallengeIsAnsweredOnce() {
    flow.registered("ada", passkey);
    JsonNode challenge = challenge("ada").body();
    assertThat(login(challenge, passkey).status()).isEqualTo(200);

    assertThat(login(challenge, passkey).status()).isEqualTo(400);
  }

  @Test
  void aChallengeExpires() {
    flow.registered("ada", passkey);
    JsonNode challenge = challenge("ada").body();
    flow.world.organisation.clock().advance(Duration.ofMinutes(15));

    assertThat(login(challenge, passkey).status()).isEqualTo(400);
  }

  @Test
  void anothersCredentialDoesNotLogIn() {
    KeyDevice mine = KeyDevice.fresh("mine");
    flow.registered("eve", mine);
    flow.registered("ada", passkey);

    assertThat(login(challenge("ada").body(), mine).status()).isEqualTo(401);
  }

  @Test
  void aWrongSignatureDoesNotLogInAndSpendsTheChallenge() {
    flow.registered("ada", passkey);
    JsonNode challenge = challenge("ada").body();
    passkey.signer = TestKey.fresh(TestKey.Kind.P256);
    assertThat(login(challenge, passkey).status()).isEqualTo(401);
    passkey.signer = passkey.key;

    assertThat(login(challenge, passkey).status()).isEqualTo(400);
  }

  @Test
  void aLoginChallengeMakesNoUserActionAndTheReverse() {
    Person ada = flow.registered("ada", passkey);
    JsonNode login = challenge("ada").body();
    JsonNode action = ada.client.challenge("POST", "/wallets", "").body();

    assertThat(ada.answer(login).status()).isEqualTo(400);
    assertThat(login(action, passkey).status()).isEqualTo(400);
  }

  @Test
  void aCredentialThatWasDeactivatedMeanwhileDoesNotLogIn() {
    Person ada = flow.registered("ada", passkey);
    JsonNode challenge = challenge("ada").body();
    String uuid = ada.get("/auth/credentials").text("/items/0/credentialUuid");
    assertThat(
            ada.signed(
                    "PUT",
                    "/auth/credentials/deactivate",
                    Json.object().put("credentialUuid", uuid).toString())
                .status())
        .isEqualTo(200);

    assertThat(login(challenge, passkey).status()).isEqualTo(401);
    assertThat(challenge("ada").status()).isEqualTo(401);
  }

  @Test
  void whoIsDeactivatedOrUnknownOrAProgramGetsNoChallenge() {
    Person ada = flow.registered("ada", passkey);
    JsonNode challenge = challenge("ada").body();
    String id = flow.world.admin.get("/auth/users?kind=EndUser").text("/items/0/userId");
    flow.world.organisation.deactivate(id);

    assertThat(challenge("ada").status()).isEqualTo(401);
    assertThat(login(challenge, passkey).status()).isEqualTo(401);
    assertThat(ada.get("/wallets").status()).isEqualTo(401);
    assertThat(challenge("nobody").status()).isEqualTo(401);
    assertThat(challenge("backend@ServiceAccount").status()).isEqualTo(401);
  }

  @Test
  void aLoginNeedsASecondFactorIfSwitched() {
    DelegatedFlow strict =
        new DelegatedFlow(Switches.defaults().toBuilder().secondFactorRequired(true).build());
    KeyDevice second = KeyDevice.fresh("second");
    JsonNode registration = strict.challenge("ada").body();
    ObjectNode body = DelegatedFlow.first(registration, passkey);
    body.set("secondFactorCredential", second.credential(registration));
    strict.complete("/auth/registration", registration, body);
    JsonNode once = open(strict, "/auth/login/init", Json.object().put("username", "ada")).body();
    JsonNode twice = open(strict, "/auth/login/init", Json.object().put("username", "ada")).body();
    ObjectNode both = Person.assertion(twice, passkey);
    both.set("secondFactor", second.factor(twice));

    assertThat(open(strict, "/auth/login", both).status()).isEqualTo(200);
    assertThat(open(strict, "/auth/login", Person.assertion(once, passkey)).status())
        .isEqualTo(401);
  }

  @Test
  void aProtectedKeyIsShownOnlyForAMailedCode() {
    KeyDevice device = KeyDevice.fresh("PasswordProtectedKey", "protected");
    flow.registered("ada", device);
    flow.registered("eve", KeyDevice.fresh("eve"));
    Organisation organisation = flow.world.organisation;

    assertThat(challenge("ada").status()).isEqualTo(401);
    assertThat(open("/auth/login/code", Json.object().put("username", "ada")).status())
        .isEqualTo(200);
    String code = organisation.mailedCodes("ada").get(0);
    assertThat(coded("eve", code).status()).isEqualTo(403);
    assertThat(coded("ada", "0000000000").status()).isEqualTo(403);
    Response challenge = coded("ada", code);
    assertThat(challenge.text("/allowCredentials/passwordProtectedKey/0/encryptedPrivateKey"))
        .isEqualTo(device.encryptedPrivateKey());
    assertThat(login(challenge.body(), device).status()).isEqualTo(200);
    assertThat(coded("ada", code).status()).isEqualTo(403);
    assertThat(organisation.mailedCodes("ada")).isEmpty();
    assertThat(organisation.decisions().toString()).doesNotContain(code);
  }

  @Test
  void aMailedCodeExpires() {
    flow.registered("ada", KeyDevice.fresh("PasswordProtectedKey", "protected"));
    open("/auth/login/code", Json.object().put("username", "ada"));
    String code = flow.world.organisation.mailedCodes("ada").get(0);
    flow.world.organisation.clock().advance(Duration.ofHours(4));

    assertThat(coded("ada", code).status()).isEqualTo(403);
    assertThat(flow.world.organisation.mailedCodes("ada")).isEmpty();
  }

  @Test
  void aMailedCodeLivesAsLongAsItIsSwitched() {
    DelegatedFlow hasty =
        new DelegatedFlow(
            Switches.defaults().toBuilder().mailedCodeLifetime(Duration.ofMinutes(1)).build());
    hasty.registered("ada", KeyDevice.fresh("phone"));
    open(hasty, "/auth/login/code", Json.object().put("username", "ada"));
    assertThat(hasty.world.organisation.mailedCodes("ada")).hasSize(1);

    hasty.world.organisation.clock().advance(Duration.ofMinutes(1));

    assertThat(hasty.world.organisation.mailedCodes("ada")).isEmpty();
  }

  @Test
  void nobodyLearnsFromACodeWhoIsKnown() {
    Response known = open("/auth/login/code", Json.object().put("username", "admin"));
    Response unknown = open("/auth/login/code", Json.object().put("username", "nobody"));

    assertThat(unknown.body()).isEqualTo(known.body());
    assertThat(flow.world.organisation.mailedCodes("nobody")).isEmpty();
  }

  private Response coded(String username, String code) {
    return open("/auth/login/init", Json.object().put("username", username).put("loginCode", code));
  }

  @Test
  void aLoggedOutTokenEnds() {
    flow.registered("ada", passkey);
    Person here = loggedIn("ada", passkey);
    Person there = loggedIn("ada", passkey);

    assertThat(here.client.unsigned("PUT", "/auth/logout", Json.object()).status()).isEqualTo(200);

    assertThat(here.get("/wallets").status()).isEqualTo(401);
    assertThat(there.get("/wallets").status()).isEqualTo(200);
  }

  @Test
  void allSessionsEndTogether() {
    flow.registered("ada", passkey);
    Person eve = flow.registered("eve", KeyDevice.fresh("eve"));
    Person here = loggedIn("ada", passkey);
    Person there = loggedIn("ada", passkey);

    here.client.unsigned("PUT", "/auth/logout", Json.object().put("allSessions", true));

    for (Person person : List.of(here, there)) {
      assertThat(person.get("/wallets").status()).isEqualTo(401);
    }
    assertThat(eve.get("/wallets").status()).isEqualTo(200);
  }

  @Test
  void aServiceAccountDoesNotLogOut() {
    assertThat(flow.backend.unsigned("PUT", "/auth/logout", Json.object()).status()).isEqualTo(403);
  }

  @Test
  void amongSeveralOrganisationsTheBodyNamesOneOrItIsTheFirst() {
    Organisation other = flow.world.simulator.addOrganisation("other");
    TestKey key = TestKey.fresh();
    String credential = other.human("ada", key.pem()).credentialId();
    KeyDevice device = new KeyDevice("Key", credential, key);

    assertThat(challenge("ada").status()).as("nobody's name there").isEqualTo(401);
    Response challenge =
        open("/auth/login/init", Json.object().put("username", "ada").put("orgId", other.id()));
    assertThat(challenge.status()).isEqualTo(200);
    assertThat(login(challenge.body(), device).status()).isEqualTo(200);
    assertThat(
            open(
                    "/auth/login/init",
                    Json.object().put("username", "ada").put("orgId", "or-unknown"))
                .status())
        .isEqualTo(404);
  }

  @Test
  void whatIsLoggedHoldsNoSecret() {
    flow.registered("ada", passkey);
    JsonNode challenge = challenge("ada").body();
    Response login = login(challenge, passkey);
    login(challenge, passkey);

    assertThat(flow.world.organisation.decisions().toString())
        .doesNotContain(login.text("/token"))
        .doesNotContain(challenge.path("challengeIdentifier").asText());
  }
}

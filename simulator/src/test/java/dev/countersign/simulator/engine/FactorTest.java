package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.json.Json;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** User actions of people: with passkeys, protected keys, and two factors. */
final class FactorTest {

  private final DelegatedFlow flow = new DelegatedFlow();
  private final Passkey passkey = Passkey.fresh();

  private JsonNode challenge(Person person) {
    return person.client.challenge("POST", "/wallets", "").body();
  }

  private String refusal(Consumer<Passkey> fault) {
    Person ada = flow.registered("ada", passkey);
    JsonNode challenge = challenge(ada);
    fault.accept(passkey);
    Response response = ada.answer(challenge);
    assertThat(response.status()).as(response.toString()).isEqualTo(401);
    return response.reason();
  }

  private Person withTwo(DelegatedFlow in, Device first, Device second) {
    JsonNode challenge = in.challenge("ada").body();
    ObjectNode body = DelegatedFlow.first(challenge, first);
    body.set("secondFactorCredential", second.credential(challenge));
    Response registered = in.complete("/auth/registration", challenge, body);
    assertThat(registered.status()).as(registered.toString()).isEqualTo(200);
    return in.loggedIn("ada", first);
  }

  @Test
  void aPasskeySignsAgainAndAgain() {
    Person ada = flow.registered("ada", passkey);

    assertThat(ada.answer(challenge(ada)).status()).isEqualTo(200);
    assertThat(ada.answer(challenge(ada)).status()).isEqualTo(200);
  }

  @Test
  void aPasskeyWhoseCounterStandsStillIsRefused() {
    assertThat(refusal(it -> it.counts = 0)).contains("counter has not grown");
  }

  @Test
  void aPasskeyWhoseCounterFallsBackToZeroIsRefused() {
    assertThat(refusal(it -> it.counter = -1)).contains("counter has not grown");
  }

  @Test
  void aCounterIsRememberedFromTheLatestAssertion() {
    Person ada = flow.registered("ada", passkey);
    passkey.counter = 10;
    assertThat(ada.answer(challenge(ada)).status()).isEqualTo(200);
    passkey.counter = 5;

    assertThat(ada.answer(challenge(ada)).status()).isEqualTo(401);
  }

  @Test
  void aPasskeyThatDoesNotCountIsFine() {
    passkey.counter = 0;
    passkey.counts = 0;
    Person ada = flow.registered("ada", passkey);

    assertThat(ada.answer(challenge(ada)).status()).isEqualTo(200);
    assertThat(ada.answer(challenge(ada)).status()).isEqualTo(200);
  }

  @Test
  void whatAnAuthenticatorSaysWronglyIsRefused() {
    assertThat(refusal(it -> it.relyingParty = "example.com")).contains("another relying party");
  }

  @Test
  void moreThanAuthenticatorDataIsRefused() {
    assertThat(refusal(it -> it.behind = new byte[1])).isEqualTo("authenticatorData is malformed");
  }

  @Test
  void aChallengeForACredentialMakesNoUserAction() {
    Person ada = flow.registered("ada", passkey);
    JsonNode challenge =
        ada.client
            .unsigned("POST", "/auth/credentials/init", Json.object().put("kind", "Key"))
            .body();

    assertThat(ada.answer(challenge).status()).isEqualTo(400);
  }

  @Test
  void anotherOriginIsRefused() {
    assertThat(refusal(it -> it.origin = "https://example.com")).contains("origin");
  }

  @Test
  void somebodyHasToBePresent() {
    assertThat(refusal(it -> it.flags = 0)).contains("nobody was present");
  }

  @Test
  void anotherTypeIsRefused() {
    assertThat(refusal(it -> it.type = "webauthn.create")).contains("type webauthn.get");
  }

  @Test
  void anothersUserHandleIsRefused() {
    assertThat(refusal(it -> it.userHandle = "us-somebody-else")).contains("another user");
  }

  @Test
  void theOwnUserHandleIsFine() {
    Person ada = flow.registered("ada", passkey);
    passkey.userHandle = flow.world.admin.get("/auth/users?kind=EndUser").text("/items/0/userId");

    assertThat(ada.answer(challenge(ada)).status()).isEqualTo(200);
  }

  @Test
  void anothersSignatureIsRefused() {
    assertThat(refusal(it -> it.signer = TestKey.fresh(TestKey.Kind.P256)))
        .isEqualTo("the signature does not verify");
  }

  @Test
  void anotherChallengeIsRefused() {
    Person ada = flow.registered("ada", passkey);
    JsonNode challenge = challenge(ada);
    ObjectNode body = Person.assertion(challenge(ada), passkey);
    body.put("challengeIdentifier", challenge.path("challengeIdentifier").asText());

    Response response = ada.client.unsigned("POST", "/auth/action", body);

    assertThat(response.status()).isEqualTo(401);
    assertThat(response.reason()).isEqualTo("clientData is for another challenge");
  }

  @Test
  void somebodyHasToBeVerifiedIfSwitched() {
    DelegatedFlow strict =
        new DelegatedFlow(Switches.defaults().toBuilder().userVerificationRequired(true).build());
    Person ada = strict.registered("ada", passkey);
    assertThat(challenge(ada).path("userVerification").asText()).isEqualTo("required");
    passkey.flags = Passkey.PRESENT;

    assertThat(ada.answer(challenge(ada)).status()).isEqualTo(401);
  }

  @Test
  void aProtectedKeyComesWithItsChallengesAndSigns() {
    KeyDevice device = KeyDevice.fresh("PasswordProtectedKey", "protected");
    Person ada = flow.registered("ada", device);

    JsonNode challenge = challenge(ada);

    assertThat(challenge.at("/allowCredentials/passwordProtectedKey/0/id").asText())
        .isEqualTo("protected");
    assertThat(
            challenge.at("/allowCredentials/passwordProtectedKey/0/encryptedPrivateKey").asText())
        .isEqualTo(device.encryptedPrivateKey());
    assertThat(ada.answer(challenge).status()).isEqualTo(200);
    assertThat(ada.get("/auth/credentials").body().toString())
        .doesNotContain(device.encryptedPrivateKey());
  }

  @Test
  void aCredentialDoesNotSignAsAnotherKind() {
    Person ada = flow.registered("ada", KeyDevice.fresh("PasswordProtectedKey", "protected"));
    KeyDevice device = (KeyDevice) ada.device;

    Person pretending = ada.with(new KeyDevice("Key", "protected", device.key));

    assertThat(pretending.answer(challenge(ada)).status()).isEqualTo(401);
  }

  @Test
  void aRecoveryKeySignsNoUserAction() {
    KeyDevice paper = KeyDevice.fresh("RecoveryKey", "paper");
    JsonNode challenge = flow.challenge("ada").body();
    ObjectNode body = DelegatedFlow.first(challenge, passkey);
    body.set("recoveryCredential", paper.credential(challenge));
    assertThat(flow.complete("/auth/registration", challenge, body).status()).isEqualTo(200);
    Person ada = flow.loggedIn("ada", new KeyDevice("Key", "paper", paper.key));

    assertThat(challenge(ada).toString()).doesNotContain("paper");
    assertThat(ada.answer(challenge(ada)).status()).isEqualTo(401);
    assertThat(ada.get("/auth/credentials").body().path("items")).hasSize(2);
  }

  @Test
  void aSecondFactorIsCheckedWheneverItIsGiven() {
    KeyDevice second = KeyDevice.fresh("second");
    Person ada = withTwo(flow, passkey, second);

    assertThat(challenge(ada).at("/supportedCredentialKinds/0/requiresSecondFactor").asBoolean())
        .isFalse();
    assertThat(ada.answer(challenge(ada)).status()).isEqualTo(200);
    assertThat(ada.answer(challenge(ada), second).status()).isEqualTo(200);
    Response wrong = ada.answer(challenge(ada), new KeyDevice("Key", "second", TestKey.fresh()));
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.reason()).isEqualTo("second factor: the signature does not verify");
  }

  @Test
  void aCredentialIsNotItsOwnSecondFactor() {
    KeyDevice first = KeyDevice.fresh("first");
    Person ada = withTwo(flow, first, passkey);

    assertThat(ada.answer(challenge(ada), first).status()).isEqualTo(401);
  }

  @Test
  void peopleNeedASecondFactorIfSwitchedAndProgramsDoNot() {
    DelegatedFlow strict =
        new DelegatedFlow(Switches.defaults().toBuilder().secondFactorRequired(true).build());
    KeyDevice second = KeyDevice.fresh("second");
    Person ada = withTwo(strict, passkey, second);

    assertThat(challenge(ada).at("/supportedCredentialKinds/0/requiresSecondFactor").asBoolean())
        .isTrue();
    Response missing = ada.answer(challenge(ada));
    assertThat(missing.status()).isEqualTo(401);
    assertThat(missing.reason()).isEqualTo("a second factor is required");
    assertThat(ada.answer(challenge(ada), second).status()).isEqualTo(200);
    Response admin = strict.world.admin.challenge("POST", "/wallets", "");
    assertThat(strict.world.admin.answer(admin.body()).status()).isEqualTo(401);
    Response backend = strict.backend.challenge("POST", "/wallets", "");
    assertThat(backend.body().at("/supportedCredentialKinds/0/requiresSecondFactor").asBoolean())
        .isFalse();
    assertThat(strict.backend.answer(backend.body()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Fido2", "Key", "PasswordProtectedKey", "RecoveryKey"})
  void somebodyAddsACredentialOfAnyKind(String kind) {
    Person ada = flow.registered("ada", KeyDevice.fresh("phone"));
    Device next = kind.equals("Fido2") ? passkey : KeyDevice.fresh(kind, "next");

    Response added = add(ada, kind, kind, next);

    assertThat(added.status()).as(added.toString()).isEqualTo(200);
    assertThat(added.text("/kind")).isEqualTo(kind);
    assertThat(added.text("/name")).isEqualTo("next");
    assertThat(ada.with(next).answer(challenge(ada)).status())
        .isEqualTo(kind.equals("RecoveryKey") ? 400 : 200);
  }

  @Test
  void aChallengeIsForOneKindOfCredential() {
    Person ada = flow.registered("ada", KeyDevice.fresh("phone"));

    assertThat(add(ada, "Fido2", "Key", KeyDevice.fresh("next")).status()).isEqualTo(400);
  }

  @Test
  void aPasskeyIsExcludedFromBeingMadeAgain() {
    Person ada = flow.registered("ada", passkey);

    Response challenge =
        ada.client.unsigned("POST", "/auth/credentials/init", Json.object().put("kind", "Fido2"));

    assertThat(challenge.text("/excludeCredentials/0/id")).isEqualTo(passkey.credentialId());
  }

  @Test
  void aServiceAccountHasOnlyKeys() {
    Response challenge =
        flow.backend.unsigned("POST", "/auth/credentials/init", Json.object().put("kind", "Fido2"));

    assertThat(challenge.status()).isEqualTo(400);
  }

  private static Response add(Person person, String asked, String kind, Device device) {
    JsonNode challenge =
        person
            .client
            .unsigned("POST", "/auth/credentials/init", Json.object().put("kind", asked))
            .body();
    ObjectNode body =
        device
            .credential(challenge)
            .put("credentialKind", kind)
            .put("credentialName", "next")
            .put("challengeIdentifier", challenge.path("challengeIdentifier").asText());
    return person.post("/auth/credentials", body.toString());
  }
}

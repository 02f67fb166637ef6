package dev.countersign.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.credential.CredentialId;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Signed challenges in the shapes of Dfns and of browsers. */
class AssertionTest {

  private static final Challenge CHALLENGE =
      Challenge.of(
          JsonObject.builder()
              .put("challenge", JsonString.of("Y2gtMQ"))
              .put("challengeIdentifier", JsonString.of("ci-1"))
              .put("userVerification", JsonString.of("required"))
              .put(
                  "allowCredentials",
                  JsonObject.builder()
                      .put("key", JsonArray.of(List.of(entry("cr-key"))))
                      .put("webauthn", JsonArray.of(List.of(entry("cr-pass"))))
                      .put("passwordProtectedKey", JsonArray.of(List.of(entry("cr-ppk"))))
                      .build())
              .build());

  private static JsonObject entry(String id) {
    return JsonObject.builder()
        .put("type", JsonString.of("public-key"))
        .put("id", JsonString.of(id))
        .build();
  }

  private static JsonObject strings(String... namesAndTexts) {
    JsonObject.Builder object = JsonObject.builder();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      object.put(namesAndTexts[i], JsonString.of(namesAndTexts[i + 1]));
    }
    return object.build();
  }

  private static JsonObject factor(Assertion assertion, String name) {
    return (JsonObject) assertion.redemption(CHALLENGE).get(name);
  }

  @Test
  void whatABrowserMadeIsPassedOnUnchanged() {
    JsonObject response =
        strings(
            "clientDataJSON",
            "Y2Q",
            "authenticatorData",
            "YWQ",
            "signature",
            "c2ln",
            "userHandle",
            "dWg");
    JsonObject credential =
        strings("id", "cr-pass", "rawId", "cr-pass", "type", "public-key").toBuilder()
            .put("response", response)
            .build();

    JsonObject factor = factor(Assertion.byPasskey(credential), "firstFactor");

    assertThat(factor.text("kind")).contains("Fido2");
    assertThat(factor.get("credentialAssertion"))
        .isEqualTo(
            strings(
                "credId",
                "cr-pass",
                "clientData",
                "Y2Q",
                "authenticatorData",
                "YWQ",
                "signature",
                "c2ln",
                "userHandle",
                "dWg"));
  }

  @Test
  void aUserHandleIsLeftOutWhereTheAuthenticatorGaveNone() {
    JsonValue fromBytes =
        factor(
                Assertion.byPasskey(
                    new CredentialId("cr-pass"), bytes(1), bytes(2), bytes(3), null),
                "firstFactor")
            .get("credentialAssertion");
    JsonObject response =
        strings("clientDataJSON", "AQ", "authenticatorData", "Ag", "signature", "Aw");
    JsonValue fromJson =
        factor(
                Assertion.byPasskey(
                    strings("id", "cr-pass").toBuilder().put("response", response).build()),
                "firstFactor")
            .get("credentialAssertion");

    assertThat(fromBytes).isEqualTo(fromJson);
    assertThat(((JsonObject) fromJson).has("userHandle")).isFalse();
  }

  @Test
  void whatIsNotABrowsersCredentialIsRefusedByWhatIsMissing() {
    assertThatThrownBy(() -> Assertion.byPasskey(strings("id", "canary")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The browser's credential has no text 'clientDataJSON'; send what its toJSON() gives");
  }

  @Test
  void aKeyUnderAPasswordSignsAsAKeyDoesButSaysSo() {
    Assertion assertion =
        Assertion.byPasswordProtectedKey(new CredentialId("cr-ppk"), bytes(1), bytes(2))
            .withSecondFactor(Assertion.byKey(new CredentialId("cr-key"), bytes(1), bytes(3)));

    assertThat(factor(assertion, "firstFactor").text("kind")).contains("PasswordProtectedKey");
    assertThat(factor(assertion, "secondFactor").text("kind")).contains("Key");
    assertThat(assertion).hasToString("Assertion(\"PasswordProtectedKey\", \"Key\")");
    assertThat(CHALLENGE.allowedPasswordProtectedKeys())
        .containsExactly(new CredentialId("cr-ppk"));
  }

  @Test
  void aBrowserGetsTheOptionsItTakesAndNoIdentifier() {
    JsonObject options = CHALLENGE.webAuthn("example.com");

    assertThat(options)
        .isEqualTo(
            JsonObject.builder()
                .put("challenge", JsonString.of("Y2gtMQ"))
                .put("rpId", JsonString.of("example.com"))
                .put("allowCredentials", JsonArray.of(List.of(entry("cr-pass"))))
                .put("userVerification", JsonString.of("required"))
                .build());
  }

  private static byte[] bytes(int only) {
    return new byte[] {(byte) only};
  }
}

package dev.countersign.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.api.auth.AttestationConveyance;
import dev.countersign.api.auth.ChallengeUser;
import dev.countersign.api.auth.CreateCredentialBodyFido2;
import dev.countersign.api.auth.CredentialChallengeFido2;
import dev.countersign.api.auth.Fido2Attestation;
import dev.countersign.credential.Secret;
import dev.countersign.error.ProtocolException;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shapes of browsers and of Dfns, each into the other. */
class PasskeyRegistrationTest {

  private static final JsonObject KINDS =
      JsonObject.of("pubKeyCredParams", JsonArray.of(List.of(JsonObject.empty())));

  private static CredentialChallengeFido2 challenge() {
    return CredentialChallengeFido2.of(
        KINDS.toBuilder()
            .put("kind", JsonString.of("Fido2"))
            .put("challenge", JsonString.of("Y2gtMQ"))
            .put("challengeIdentifier", JsonString.of("canary-identifier"))
            .put("attestation", AttestationConveyance.TYPE.write(AttestationConveyance.DIRECT))
            .put(
                "user",
                ChallengeUser.builder().id("us-1").name("ada").displayName("Ada").build().json())
            .build());
  }

  private static JsonObject created() {
    return JsonObject.builder()
        .put("id", JsonString.of("cr-pass"))
        .put(
            "response",
            JsonObject.builder()
                .put("clientDataJSON", JsonString.of("Y2Q"))
                .put("attestationObject", JsonString.of("YW8"))
                .build())
        .build();
  }

  @Test
  void aBrowserGetsTheOptionsItTakesAndNoIdentifier() {
    JsonObject options = PasskeyRegistration.options(challenge(), "example.com", "Example");

    assertThat(options.names())
        .containsExactly("rp", "user", "challenge", "pubKeyCredParams", "attestation");
    assertThat(options.get("rp"))
        .isEqualTo(
            JsonObject.builder()
                .put("id", JsonString.of("example.com"))
                .put("name", JsonString.of("Example"))
                .build());
    assertThat(options.text("challenge")).contains("Y2gtMQ");
    JsonObject user = (JsonObject) options.get("user");
    assertThat(user.text("id")).as("base64url of us-1").contains("dXMtMQ");
    assertThat(user.text("name")).contains("ada");
  }

  @Test
  void whatTheBrowserMadeBecomesAFactor() {
    Fido2Attestation factor = PasskeyRegistration.factor(created(), "phone");

    assertThat(factor.credentialKind()).isEqualTo("Fido2");
    assertThat(factor.credentialName()).contains("phone");
    assertThat(factor.credentialInfo().credId()).isEqualTo("cr-pass");
    assertThat(factor.credentialInfo().clientData()).isEqualTo("Y2Q");
    assertThat(factor.credentialInfo().attestationData()).isEqualTo("YW8");
  }

  @Test
  void whatTheBrowserMadeBecomesAFurtherCredential() {
    CreateCredentialBodyFido2 body =
        PasskeyRegistration.credential(challenge(), created(), "phone");

    assertThat(body.challengeIdentifier()).isEqualTo(Secret.of("canary-identifier"));
    assertThat(body.credentialInfo().attestationData()).isEqualTo("YW8");
    assertThat(body.toString()).doesNotContain("canary");
  }

  @Test
  void somethingElseIsRefusedByWhatIsMissing() {
    assertThatThrownBy(() -> PasskeyRegistration.factor(JsonObject.empty(), "phone"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The browser's credential has no text 'id'; send what its toJSON() gives");
  }

  @Test
  void aChallengeForNobodyIsNotPassedOn() {
    CredentialChallengeFido2 nobody = CredentialChallengeFido2.of(KINDS);

    assertThatThrownBy(() -> PasskeyRegistration.options(nobody, "example.com", "Example"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("'user'");
  }
}

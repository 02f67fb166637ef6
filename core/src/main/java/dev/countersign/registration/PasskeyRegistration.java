package dev.countersign.registration;

import dev.countersign.api.auth.AttestationInfo;
import dev.countersign.api.auth.ChallengeUser;
import dev.countersign.api.auth.CreateCredentialBodyFido2;
import dev.countersign.api.auth.CredentialChallengeFido2;
import dev.countersign.api.auth.Fido2Attestation;
import dev.countersign.api.auth.RecoveryChallenge;
import dev.countersign.api.auth.RegistrationChallenge;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Registration challenges in the shape that browsers take, and their answers in the shape that Dfns
 * takes: {@code PublicKeyCredential.parseCreationOptionsFromJSON} and {@code toJSON} of WebAuthn
 * Level 3.
 */
public final class PasskeyRegistration {

  private PasskeyRegistration() {}

  /**
   * The options that a user's browser creates the passkey of a new user with.
   *
   * @param relyingParty the domain the passkey is for, such as {@code example.com}
   * @param name how people know the relying party
   */
  public static JsonObject options(
      RegistrationChallenge challenge, String relyingParty, String name) {
    return options(challenge.json(), challenge.user(), relyingParty, name);
  }

  /** The options that a user's browser creates the passkey with that follows a recovery. */
  public static JsonObject options(RecoveryChallenge challenge, String relyingParty, String name) {
    return options(challenge.json(), challenge.user(), relyingParty, name);
  }

  /** The options that a user's browser creates a further passkey with. */
  public static JsonObject options(
      CredentialChallengeFido2 challenge, String relyingParty, String name) {
    return options(challenge.json(), challenge.user(), relyingParty, name);
  }

  /**
   * The factor of a registration or recovery.
   *
   * @param credential what {@code toJSON()} of the created credential gave
   * @param name how people tell it from others
   * @throws IllegalArgumentException if it is something else
   */
  public static Fido2Attestation factor(JsonObject credential, String name) {
    return Fido2Attestation.builder()
        .credentialName(name)
        .credentialInfo(attestation(credential))
        .build();
  }

  /** A further passkey of whoever asked for the challenge. */
  public static CreateCredentialBodyFido2 credential(
      CredentialChallengeFido2 challenge, JsonObject credential, String name) {
    return CreateCredentialBodyFido2.builder()
        .challengeIdentifier(challenge.challengeIdentifier())
        .credentialName(name)
        .credentialInfo(attestation(credential))
        .build();
  }

  private static AttestationInfo attestation(JsonObject credential) {
    JsonObject response =
        credential.get("response") instanceof JsonObject object ? object : JsonObject.empty();
    return AttestationInfo.builder()
        .credId(text(credential, "id"))
        .clientData(text(response, "clientDataJSON"))
        .attestationData(text(response, "attestationObject"))
        .build();
  }

  private static String text(JsonObject object, String name) {
    return object
        .text(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The browser's credential has no text '"
                        + name
                        + "'; send what its toJSON() gives"));
  }

  private static JsonObject options(
      JsonObject challenge, ChallengeUser user, String relyingParty, String name) {
    JsonObject.Builder options =
        JsonObject.builder()
            .put(
                "rp",
                JsonObject.builder()
                    .put("id", JsonString.of(relyingParty))
                    .put("name", JsonString.of(name))
                    .build())
            .put("user", user(user.json()));
    for (String member :
        new String[] {
          "challenge",
          "pubKeyCredParams",
          "authenticatorSelection",
          "attestation",
          "excludeCredentials"
        }) {
      JsonValue value = challenge.get(member);
      if (value != null) {
        options.put(member, value);
      }
    }
    return options.build();
  }

  /** WebAuthn's user ids are bytes; these are the UTF-8 of Dfns's. */
  private static JsonValue user(JsonObject user) {
    byte[] id = user.text("id").orElse("").getBytes(StandardCharsets.UTF_8);
    return user.toBuilder()
        .put("id", JsonString.of(Base64.getUrlEncoder().withoutPadding().encodeToString(id)))
        .build();
  }
}

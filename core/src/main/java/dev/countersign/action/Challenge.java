package dev.countersign.action;

import dev.countersign.credential.CredentialId;
import dev.countersign.credential.Secret;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.JsonType;
import dev.countersign.json.JsonValue;
import dev.countersign.json.JsonView;
import java.util.ArrayList;
import java.util.List;

/**
 * What Dfns asks to be signed before it lets a user action pass: single use, valid for 15 minutes
 * (docs.dfns.co/api-reference/auth/create-user-action-challenge).
 */
public final class Challenge extends JsonView {

  private Challenge(JsonObject json) {
    super(json);
  }

  /** A challenge as Dfns sent it. */
  public static Challenge of(JsonObject json) {
    return new Challenge(json);
  }

  /** The text to copy unchanged into the client data. */
  public String challenge() {
    return required("challenge", JsonType.STRING);
  }

  /** What redeems the signed challenge: a secret of this one user action. */
  public Secret identifier() {
    return Secret.of(required("challengeIdentifier", JsonType.STRING));
  }

  /** The key credentials that may sign, in the order of Dfns; several while keys are rotated. */
  public List<CredentialId> allowedKeys() {
    return allowed("key");
  }

  /** The passkeys that may sign. */
  public List<CredentialId> allowedPasskeys() {
    return allowed("webauthn");
  }

  /** The keys under a password that may sign, as their owners' devices know them. */
  public List<CredentialId> allowedPasswordProtectedKeys() {
    return allowed("passwordProtectedKey");
  }

  /**
   * The options that a browser signs this challenge with, as {@code
   * PublicKeyCredential.parseRequestOptionsFromJSON} of WebAuthn Level 3 takes them. They hold no
   * challenge identifier.
   *
   * @param relyingParty the domain the passkeys were registered for, such as {@code example.com}
   */
  public JsonObject webAuthn(String relyingParty) {
    JsonObject.Builder options =
        JsonObject.builder()
            .put("challenge", JsonString.of(challenge()))
            .put("rpId", JsonString.of(relyingParty))
            .put("allowCredentials", JsonArray.of(entries("webauthn")));
    JsonValue verification = json().get("userVerification");
    return verification == null
        ? options.build()
        : options.put("userVerification", verification).build();
  }

  private List<JsonObject> entries(String kind) {
    List<JsonObject> entries = new ArrayList<>();
    if (json().get("allowCredentials") instanceof JsonObject byKind
        && byKind.get(kind) instanceof JsonArray array) {
      for (JsonValue entry : array.elements()) {
        if (entry instanceof JsonObject object && object.get("id") instanceof JsonString) {
          entries.add(object);
        }
      }
    }
    return entries;
  }

  private List<CredentialId> allowed(String kind) {
    return entries(kind).stream()
        .map(entry -> new CredentialId(entry.text("id").orElseThrow()))
        .toList();
  }
}

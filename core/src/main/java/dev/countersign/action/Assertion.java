package dev.countersign.action;

import dev.countersign.credential.CredentialId;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The signed answer to a challenge, by a key or a passkey, with a second factor where Dfns asks for
 * one. Immutable.
 *
 * <p>All bytes travel as base64url without padding
 * (docs.dfns.co/api-reference/auth/credentials-data).
 */
public final class Assertion {

  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final JsonObject firstFactor;
  private final @Nullable JsonObject secondFactor;

  private Assertion(JsonObject firstFactor, @Nullable JsonObject secondFactor) {
    this.firstFactor = firstFactor;
    this.secondFactor = secondFactor;
  }

  /**
   * An assertion by a key credential.
   *
   * @param clientData the bytes that were signed
   */
  public static Assertion byKey(CredentialId id, byte[] clientData, byte[] signature) {
    return new Assertion(factor("Key", signed(id, clientData, signature).build()), null);
  }

  /**
   * An assertion by a key that its owner's device had decrypted with a password.
   *
   * @param clientData the bytes that were signed
   */
  public static Assertion byPasswordProtectedKey(
      CredentialId id, byte[] clientData, byte[] signature) {
    return new Assertion(
        factor("PasswordProtectedKey", signed(id, clientData, signature).build()), null);
  }

  /**
   * An assertion by a passkey, as {@code navigator.credentials.get} returned it.
   *
   * @param userHandle what the authenticator gave, or null
   */
  public static Assertion byPasskey(
      CredentialId id,
      byte[] clientData,
      byte[] authenticatorData,
      byte[] signature,
      byte @Nullable [] userHandle) {
    JsonObject.Builder assertion =
        signed(id, clientData, signature).put("authenticatorData", base64url(authenticatorData));
    if (userHandle != null) {
      assertion.put("userHandle", base64url(userHandle));
    }
    return new Assertion(factor("Fido2", assertion.build()), null);
  }

  /**
   * An assertion by a passkey, in the JSON that a browser makes of it.
   *
   * @param credential what {@code PublicKeyCredential.toJSON()} gave (WebAuthn Level 3)
   * @throws IllegalArgumentException if it is something else
   */
  public static Assertion byPasskey(JsonObject credential) {
    JsonObject response =
        credential.get("response") instanceof JsonObject object ? object : JsonObject.empty();
    JsonObject.Builder assertion =
        JsonObject.builder()
            .put("credId", text(credential, "id"))
            .put("clientData", text(response, "clientDataJSON"))
            .put("signature", text(response, "signature"))
            .put("authenticatorData", text(response, "authenticatorData"));
    if (response.get("userHandle") instanceof JsonString handle) {
      assertion.put("userHandle", handle);
    }
    return new Assertion(factor("Fido2", assertion.build()), null);
  }

  /** This assertion with the first factor of another one as its second factor. */
  public Assertion withSecondFactor(Assertion second) {
    return new Assertion(firstFactor, second.firstFactor);
  }

  /** The body of {@code POST /auth/action} that redeems a challenge with this assertion. */
  public JsonObject redemption(Challenge challenge) {
    JsonObject.Builder body =
        JsonObject.builder()
            .put("challengeIdentifier", JsonString.of(challenge.identifier().reveal()))
            .put("firstFactor", firstFactor);
    if (secondFactor != null) {
      body.put("secondFactor", secondFactor);
    }
    return body.build();
  }

  private static JsonObject.Builder signed(CredentialId id, byte[] clientData, byte[] signature) {
    return JsonObject.builder()
        .put("credId", JsonString.of(id.value()))
        .put("clientData", base64url(clientData))
        .put("signature", base64url(signature));
  }

  private static JsonString text(JsonObject object, String name) {
    if (object.get(name) instanceof JsonString text) {
      return text;
    }
    throw new IllegalArgumentException(
        "The browser's credential has no text '" + name + "'; send what its toJSON() gives");
  }

  private static JsonObject factor(String kind, JsonObject assertion) {
    return JsonObject.builder()
        .put("kind", JsonString.of(kind))
        .put("credentialAssertion", assertion)
        .build();
  }

  private static JsonString base64url(byte[] bytes) {
    return JsonString.of(BASE64URL.encodeToString(bytes));
  }

  /** The kinds of the factors, nothing of what they hold. */
  @Override
  public String toString() {
    return "Assertion("
        + firstFactor.get("kind")
        + (secondFactor == null ? "" : ", " + secondFactor.get("kind"))
        + ")";
  }
}

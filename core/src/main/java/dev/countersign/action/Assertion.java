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
    return new Assertion(
        factor(
            "Key",
            JsonObject.builder()
                .put("credId", JsonString.of(id.value()))
                .put("clientData", base64url(clientData))
                .put("signature", base64url(signature))
                .build()),
        null);
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
        JsonObject.builder()
            .put("credId", JsonString.of(id.value()))
            .put("clientData", base64url(clientData))
            .put("authenticatorData", base64url(authenticatorData))
            .put("signature", base64url(signature));
    if (userHandle != null) {
      assertion.put("userHandle", base64url(userHandle));
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

package dev.countersign.action;

import dev.countersign.credential.Credential;
import dev.countersign.error.SigningException;
import dev.countersign.json.JsonCodec;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import java.util.Objects;

/**
 * Answers challenges with a key credential: checks that it is allowed, builds the client data,
 * signs it.
 */
public final class KeyAssertions {

  private final JsonCodec codec;

  /** Writes client data with this codec. */
  public KeyAssertions(JsonCodec codec) {
    this.codec = Objects.requireNonNull(codec, "codec");
  }

  /**
   * Signs a challenge. May block as long as the signer does.
   *
   * @throws SigningException if the key is not among those that the challenge allows, or cannot
   *     sign
   */
  public Assertion sign(Challenge challenge, Credential.Key key) {
    if (!challenge.allowedKeys().contains(key.id())) {
      throw new SigningException(
          "The credential "
              + key.id()
              + " is not among those Dfns allows to sign, "
              + challenge.allowedKeys()
              + "; set DFNS_CRED_ID to the credId of the key that is configured");
    }
    byte[] clientData =
        codec.write(
            JsonObject.builder()
                .put("type", JsonString.of("key.get"))
                .put("challenge", JsonString.of(challenge.challenge()))
                .build());
    return Assertion.byKey(key.id(), clientData, key.signer().sign(clientData));
  }
}

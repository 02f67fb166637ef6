package dev.countersign.registration;

import dev.countersign.api.auth.AttestationInfo;
import dev.countersign.api.auth.CreateCredentialBodyKey;
import dev.countersign.api.auth.CredentialChallengeKey;
import dev.countersign.api.auth.KeyAttestation;
import dev.countersign.credential.CredentialId;
import dev.countersign.json.JsonCodec;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.signing.Signer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Proves to Dfns that one has the private half of a key that is to become a credential of the kind
 * {@code Key}. Immutable; may block as long as the signer does.
 *
 * <p>What is signed is the JSON of {@code clientDataHash} (SHA-256 of the client data, hexadecimal)
 * and {@code publicKey} (PEM); the signature travels in hexadecimal, all else in base64url without
 * padding (docs.dfns.co/api-reference/auth/credentials-data).
 */
public final class KeyRegistration {

  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final JsonCodec codec;

  /** Writes what is signed with this codec. */
  public KeyRegistration(JsonCodec codec) {
    this.codec = Objects.requireNonNull(codec, "codec");
  }

  /**
   * A credential id made from the public key, the same each time: SHA-256 of its
   * SubjectPublicKeyInfo.
   */
  public static CredentialId idOf(Signer signer) {
    return new CredentialId(BASE64URL.encodeToString(sha256(signer.publicKey().getEncoded())));
  }

  /**
   * The first factor of a registration or recovery.
   *
   * @param challenge the {@code challenge} of {@code RegistrationChallenge} or {@code
   *     RecoveryChallenge}; all credentials of one registration answer the same
   * @param name how people tell it from others
   * @throws dev.countersign.error.SigningException if the key cannot sign
   */
  public KeyAttestation firstFactor(String challenge, String name, Signer signer) {
    return KeyAttestation.builder()
        .credentialName(name)
        .credentialInfo(attest(challenge, idOf(signer), signer))
        .build();
  }

  /**
   * A further credential of whoever asked for the challenge: the next key while keys are rotated.
   *
   * @throws dev.countersign.error.SigningException if the key cannot sign
   */
  public CreateCredentialBodyKey credential(
      CredentialChallengeKey challenge, String name, Signer signer) {
    return CreateCredentialBodyKey.builder()
        .challengeIdentifier(challenge.challengeIdentifier())
        .credentialName(name)
        .credentialInfo(attest(challenge.challenge(), idOf(signer), signer))
        .build();
  }

  /** The proof itself, for a credential id of one's own. */
  public AttestationInfo attest(String challenge, CredentialId id, Signer signer) {
    String publicKey = signer.publicKeyPem();
    byte[] clientData =
        codec.write(
            JsonObject.builder()
                .put("challenge", JsonString.of(challenge))
                .put("type", JsonString.of("key.create"))
                .build());
    byte[] signed =
        codec.write(
            JsonObject.builder()
                .put("clientDataHash", JsonString.of(HexFormat.of().formatHex(sha256(clientData))))
                .put("publicKey", JsonString.of(publicKey))
                .build());
    byte[] attestation =
        codec.write(
            JsonObject.builder()
                .put("publicKey", JsonString.of(publicKey))
                .put("signature", JsonString.of(HexFormat.of().formatHex(signer.sign(signed))))
                .build());
    return AttestationInfo.builder()
        .credId(id.value())
        .clientData(BASE64URL.encodeToString(clientData))
        .attestationData(BASE64URL.encodeToString(attestation))
        .build();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "KeyRegistration";
  }
}

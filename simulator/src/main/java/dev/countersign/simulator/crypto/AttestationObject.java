package dev.countersign.simulator.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What an authenticator says when it makes a credential (WebAuthn, "Attestation Object").
 * Immutable.
 *
 * <p>Of its statements only {@code none} and the {@code packed} ones that the new key itself signed
 * are judged; others are taken as they are.
 */
public final class AttestationObject {

  private final JsonNode statement;
  private final String format;
  private final byte[] bytes;
  private final AuthenticatorData data;
  private final JsonNode cose;
  private final String publicKey;

  private AttestationObject(
      JsonNode object, byte[] bytes, AuthenticatorData data, JsonNode cose, String publicKey) {
    this.statement = object.path("attStmt");
    this.format = object.path("fmt").asText();
    this.bytes = bytes;
    this.data = data;
    this.cose = cose;
    this.publicKey = publicKey;
  }

  /** Reads it; nothing if it is malformed, or its key is none that a credential may have. */
  public static Optional<AttestationObject> parse(byte[] cbor) {
    Optional<Cbor> object = Cbor.first(cbor).filter(it -> it.length() == cbor.length);
    if (object.isEmpty()
        || !object.get().value().path("fmt").isTextual()
        || !object.get().value().path("attStmt").isObject()) {
      return Optional.empty();
    }
    byte[] bytes = Cbor.bytes(object.get().value(), "authData");
    return AuthenticatorData.parse(bytes)
        .flatMap(
            data ->
                data.key()
                    .flatMap(
                        cose ->
                            CoseKey.pem(cose)
                                .filter(pem -> CredentialKey.parse(pem).isPresent())
                                .map(
                                    pem ->
                                        new AttestationObject(
                                            object.get().value(), bytes, data, cose, pem))));
  }

  /** What the authenticator says about itself. */
  public AuthenticatorData data() {
    return data;
  }

  /** The new credential's public key as PEM. */
  public String publicKey() {
    return publicKey;
  }

  /** What is wrong with its statement, if that is known. */
  public Optional<String> fault(byte[] clientData) {
    return switch (format) {
      case "none" ->
          statement.isEmpty()
              ? Optional.empty()
              : Optional.of("an attestation of the format none has no statement");
      case "packed" -> statement.has("x5c") ? Optional.empty() : selfFault(clientData);
      default -> Optional.empty();
    };
  }

  private Optional<String> selfFault(byte[] clientData) {
    if (statement.path("alg").asInt() != CoseKey.algorithm(cose)) {
      return Optional.of("the attestation statement is of another algorithm than the key");
    }
    boolean verifies =
        CredentialKey.parse(publicKey)
            .filter(key -> key.verifies(signed(bytes, clientData), Cbor.bytes(statement, "sig")))
            .isPresent();
    return verifies ? Optional.empty() : Optional.of("the attestation's signature does not verify");
  }

  /** What authenticators sign: their data and the digest of the client data. */
  public static byte[] signed(byte[] authenticatorData, byte[] clientData) {
    byte[] digest = Sha256.digest(clientData);
    byte[] signed = new byte[authenticatorData.length + digest.length];
    System.arraycopy(authenticatorData, 0, signed, 0, authenticatorData.length);
    System.arraycopy(digest, 0, signed, authenticatorData.length, digest.length);
    return signed;
  }
}

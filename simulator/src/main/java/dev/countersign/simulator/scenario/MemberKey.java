package dev.countersign.simulator.scenario;

import dev.countersign.simulator.crypto.CredentialKey;
import dev.countersign.simulator.state.Tenant;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.jspecify.annotations.Nullable;

/** The key of somebody's credential; with its private half, if it was generated. Does not print. */
final class MemberKey {

  private static final String GENERATE = "generate";

  /** What comes before the 32 bytes of an Ed25519 key in a SubjectPublicKeyInfo (RFC 8410). */
  private static final byte[] PREFIX = {
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
  };

  private final String pem;
  private final @Nullable KeyPair pair;

  private MemberKey(String pem, @Nullable KeyPair pair) {
    this.pem = pem;
    this.pair = pair;
  }

  /**
   * The key that a scenario describes.
   *
   * @param described {@code generate}, a PEM text, or the path of a file with one
   * @param name whose it is; what is generated comes of it and the organisation's seed
   * @throws IllegalArgumentException if there is none, or none that a credential may have
   */
  static MemberKey of(String described, String name, Tenant tenant, ScenarioFile.Files files) {
    if (described.equals(GENERATE)) {
      return generated(tenant.derive("key of " + name));
    }
    String pem = described.contains("-----BEGIN") ? described : read(described, files);
    if (CredentialKey.parse(pem).isEmpty()) {
      throw new IllegalArgumentException(
          "a credential's public key is a PEM text of an Ed25519 key, an ECDSA key, or an RSA key"
              + " of at least 2048 bits");
    }
    return new MemberKey(pem, null);
  }

  private static String read(String path, ScenarioFile.Files files) {
    try {
      return files.read(path);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "is neither \"generate\", nor a PEM text, nor a file that can be read", e);
    }
  }

  private static MemberKey generated(byte[] secret) {
    byte[] raw = new Ed25519PrivateKeyParameters(secret, 0).generatePublicKey().getEncoded();
    byte[] spki = new byte[PREFIX.length + raw.length];
    System.arraycopy(PREFIX, 0, spki, 0, PREFIX.length);
    System.arraycopy(raw, 0, spki, PREFIX.length, raw.length);
    try {
      KeyFactory factory = KeyFactory.getInstance("Ed25519");
      KeyPair pair =
          new KeyPair(
              factory.generatePublic(new X509EncodedKeySpec(spki)),
              factory.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, secret)));
      return new MemberKey(pem(spki), pair);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no Ed25519; use another of version 17", e);
    }
  }

  private static String pem(byte[] spki) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getEncoder().encodeToString(spki)
        + "\n-----END PUBLIC KEY-----\n";
  }

  /** The public key as PEM. */
  String pem() {
    return pem;
  }

  /** Both halves, if they were generated. */
  Optional<KeyPair> pair() {
    return Optional.ofNullable(pair);
  }
}

package dev.countersign.hsm;

import dev.countersign.error.ConfigurationException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;

/** A public key of a kind that Dfns takes, and whether a signature is by it. */
final class PublicHalf {

  private final KeyKind kind;
  private final PublicKey key;

  private PublicHalf(KeyKind kind, PublicKey key) {
    this.kind = kind;
    this.key = key;
  }

  /** Reads a SubjectPublicKeyInfo. */
  static PublicHalf read(String name, byte[] info) {
    try {
      KeyKind kind =
          Optional.of(TokenKey.algorithmIdentifier(info))
              .flatMap(KeyKind::ofIdentifier)
              .orElseThrow(() -> TokenKey.ofAnotherKey(name));
      PublicKey key =
          switch (kind) {
            case RSA -> requireSize(name, "RSA", info);
            case P256 -> KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(info));
            case SECP256K1 -> Secp256k1Key.read(info);
          };
      return new PublicHalf(kind, key);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new ConfigurationException(
          name + " has a public key in its certificate that cannot be read; make a new certificate",
          e);
    }
  }

  private static PublicKey requireSize(String name, String algorithm, byte[] info)
      throws GeneralSecurityException {
    PublicKey key = KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(info));
    int bits = ((RSAPublicKey) key).getModulus().bitLength();
    if (bits < 2048 || bits > 4096) {
      throw new ConfigurationException(
          name
              + " is an RSA key of "
              + bits
              + " bits; here an RSA key (2048 to 4096 bits) or an ECDSA key on P-256 or secp256k1 signs");
    }
    return key;
  }

  KeyKind kind() {
    return kind;
  }

  PublicKey key() {
    return key;
  }

  boolean verifies(byte[] message, byte[] signature) {
    if (key instanceof Secp256k1Key point) {
      return point.verifies(message, signature);
    }
    try {
      Signature verifier = Signature.getInstance(kind.signature());
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}

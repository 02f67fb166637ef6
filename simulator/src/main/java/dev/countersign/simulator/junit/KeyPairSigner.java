package dev.countersign.simulator.junit;

import dev.countersign.error.SigningException;
import dev.countersign.signing.SignatureAlgorithm;
import dev.countersign.signing.Signer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;

/** A P-256 or Ed25519 key of this process, for a test. */
final class KeyPairSigner implements Signer {

  private final KeyPair keys;

  private final SignatureAlgorithm algorithm;

  private KeyPairSigner(KeyPair keys, SignatureAlgorithm algorithm) {
    this.keys = keys;
    this.algorithm = algorithm;
  }

  /** An Ed25519 key that a scenario had generated. */
  static KeyPairSigner of(KeyPair keys) {
    return new KeyPairSigner(keys, SignatureAlgorithm.ED25519);
  }

  static KeyPairSigner generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return new KeyPairSigner(generator.generateKeyPair(), SignatureAlgorithm.ECDSA_P256_SHA256);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has P-256", e);
    }
  }

  @Override
  public PublicKey publicKey() {
    return keys.getPublic();
  }

  @Override
  public SignatureAlgorithm algorithm() {
    return algorithm;
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      Signature signature =
          Signature.getInstance(
              algorithm == SignatureAlgorithm.ED25519 ? "Ed25519" : "SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new SigningException("A test's key cannot sign", e);
    }
  }

  @Override
  public void close() {
    // the key is a test's and goes with it
  }

  @Override
  public String toString() {
    return "KeyPairSigner";
  }
}

package dev.countersign.simulator.junit;

import dev.countersign.error.SigningException;
import dev.countersign.signing.SignatureAlgorithm;
import dev.countersign.signing.Signer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;

/** A P-256 key of this process, for a test. */
final class KeyPairSigner implements Signer {

  private final KeyPair keys;

  private KeyPairSigner(KeyPair keys) {
    this.keys = keys;
  }

  static KeyPairSigner generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return new KeyPairSigner(generator.generateKeyPair());
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
    return SignatureAlgorithm.ECDSA_P256_SHA256;
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
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

package dev.countersign.bench;

import dev.countersign.pem.MemoryKey;
import dev.countersign.pem.PemSigner;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** A new key, opened both as a PEM signer and, ready-made, for the JDK's provider. */
final class BenchmarkKey implements AutoCloseable {

  private final PrivateKey privateKey;
  private final PemSigner signer;

  private BenchmarkKey(KeyPairGenerator generator) {
    this.privateKey = generator.generateKeyPair().getPrivate();
    this.signer = MemoryKey.signer(privateKey);
  }

  static BenchmarkKey ed25519() {
    return generated(() -> KeyPairGenerator.getInstance("Ed25519"));
  }

  static BenchmarkKey rsa(int bits) {
    return generated(
        () -> {
          KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
          generator.initialize(bits);
          return generator;
        });
  }

  /** A key on a named curve, made by Bouncy Castle, because the JDK does not know all of them. */
  static BenchmarkKey ec(String curve) {
    return generated(
        () -> {
          Provider provider = new BouncyCastleProvider();
          KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
          generator.initialize(new ECGenParameterSpec(curve));
          return generator;
        });
  }

  PemSigner signer() {
    return signer;
  }

  byte[] sign(byte[] message) {
    return signer.sign(message);
  }

  byte[] signWithJdk(String algorithm, String provider, byte[] message)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm, provider);
    signature.initSign(privateKey);
    signature.update(message);
    return signature.sign();
  }

  @Override
  public void close() {
    signer.close();
  }

  @FunctionalInterface
  private interface Generators {
    KeyPairGenerator get() throws GeneralSecurityException;
  }

  private static BenchmarkKey generated(Generators generators) {
    try {
      return new BenchmarkKey(generators.get());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java cannot make the key to measure with", e);
    }
  }
}

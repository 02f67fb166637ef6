package dev.countersign.simulator.engine;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** A fresh key pair of one of the four kinds. */
final class TestKey {

  enum Kind {
    ED25519,
    P256,
    SECP256K1,
    RSA
  }

  private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

  private final Kind kind;
  private final KeyPair pair;

  private TestKey(Kind kind, KeyPair pair) {
    this.kind = kind;
    this.pair = pair;
  }

  /** An Ed25519 key pair that somebody else made. */
  static TestKey of(KeyPair pair) {
    return new TestKey(Kind.ED25519, pair);
  }

  static TestKey fresh() {
    return fresh(Kind.ED25519);
  }

  static TestKey fresh(Kind kind) {
    try {
      KeyPairGenerator generator =
          switch (kind) {
            case ED25519 -> KeyPairGenerator.getInstance("Ed25519");
            case P256 -> curve("secp256r1", Security.getProvider("SunEC"));
            case SECP256K1 -> curve("secp256k1", BOUNCY_CASTLE);
            case RSA -> {
              KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
              rsa.initialize(2048);
              yield rsa;
            }
          };
      return new TestKey(kind, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyPairGenerator curve(String name, Provider provider)
      throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
    generator.initialize(new ECGenParameterSpec(name));
    return generator;
  }

  /** The hash of a text in UTF-8, in hexadecimal digits, as client data and files are told by. */
  static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  String pem() {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pair.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  byte[] sign(byte[] message) {
    try {
      Signature signature =
          switch (kind) {
            case ED25519 -> Signature.getInstance("Ed25519");
            case P256 -> Signature.getInstance("SHA256withECDSA");
            case SECP256K1 -> Signature.getInstance("SHA256withECDSA", BOUNCY_CASTLE);
            case RSA -> Signature.getInstance("SHA256withRSA");
          };
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}

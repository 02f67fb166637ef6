package dev.countersign.pem;

import dev.countersign.signing.SignatureAlgorithm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * The key kinds, each with a throw-away key and a verifier that is not the code under test: the
 * JDK's own, and Bouncy Castle's provider for the curve that the JDK lacks.
 */
enum KeyKind {
  ED25519(SignatureAlgorithm.ED25519, "Ed25519", "Ed25519", null),
  P256(
      SignatureAlgorithm.ECDSA_P256_SHA256,
      "EC",
      "SHA256withECDSA",
      new ECGenParameterSpec("secp256r1")),
  SECP256K1(
      SignatureAlgorithm.ECDSA_SECP256K1_SHA256,
      "EC",
      "SHA256withECDSA",
      new ECGenParameterSpec("secp256k1")),
  RSA(
      SignatureAlgorithm.RSA_PKCS1_SHA256,
      "RSA",
      "SHA256withRSA",
      new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));

  static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

  private final SignatureAlgorithm algorithm;
  private final String keyAlgorithm;
  private final String signatureAlgorithm;
  private final KeyPair pair;

  KeyKind(
      SignatureAlgorithm algorithm,
      String keyAlgorithm,
      String signatureAlgorithm,
      AlgorithmParameterSpec parameters) {
    this.algorithm = algorithm;
    this.keyAlgorithm = keyAlgorithm;
    this.signatureAlgorithm = signatureAlgorithm;
    try {
      KeyPairGenerator generator =
          algorithm == SignatureAlgorithm.ECDSA_SECP256K1_SHA256
              ? KeyPairGenerator.getInstance(keyAlgorithm, new BouncyCastleProvider())
              : KeyPairGenerator.getInstance(keyAlgorithm);
      if (parameters != null) {
        generator.initialize(parameters);
      }
      this.pair = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  SignatureAlgorithm algorithm() {
    return algorithm;
  }

  boolean isElliptic() {
    return keyAlgorithm.equals("EC");
  }

  PublicKey publicKey() {
    return pair.getPublic();
  }

  PrivateKey privateKey() {
    return pair.getPrivate();
  }

  PrivateKeyInfo pkcs8() {
    return PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded());
  }

  /** The secret number itself: seed, scalar, or the first prime. */
  byte[] secret() {
    try {
      return switch (this) {
        case ED25519 -> ASN1OctetString.getInstance(pkcs8().parsePrivateKey()).getOctets();
        case P256, SECP256K1 ->
            ECPrivateKey.getInstance(pkcs8().parsePrivateKey()).getPrivateKey().getOctets();
        case RSA -> RSAPrivateKey.getInstance(pkcs8().parsePrivateKey()).getPrime1().toByteArray();
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a signature is by a key of this kind. */
  boolean verifies(PublicKey key, byte[] message, byte[] signature)
      throws GeneralSecurityException {
    boolean jdk = this != SECP256K1;
    KeyFactory factory =
        jdk
            ? KeyFactory.getInstance(keyAlgorithm)
            : KeyFactory.getInstance(keyAlgorithm, BOUNCY_CASTLE);
    Signature verifier =
        jdk
            ? Signature.getInstance(signatureAlgorithm)
            : Signature.getInstance(signatureAlgorithm, BOUNCY_CASTLE);
    verifier.initVerify(factory.generatePublic(new X509EncodedKeySpec(key.getEncoded())));
    verifier.update(message);
    return verifier.verify(signature);
  }

  /** Whether a signature is by the throw-away key. */
  boolean verifies(byte[] message, byte[] signature) throws GeneralSecurityException {
    return verifies(publicKey(), message, signature);
  }
}

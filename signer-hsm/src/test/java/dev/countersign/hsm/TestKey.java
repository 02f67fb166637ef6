package dev.countersign.hsm;

import dev.countersign.error.SigningException;
import dev.countersign.signing.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The kinds of key that sign here, made on a token and verified by Bouncy Castle. */
public enum TestKey {
  RSA2048("rsa:2048", SignatureAlgorithm.RSA_PKCS1_SHA256),
  RSA3072("rsa:3072", SignatureAlgorithm.RSA_PKCS1_SHA256),
  RSA4096("rsa:4096", SignatureAlgorithm.RSA_PKCS1_SHA256),
  P256("EC:prime256v1", SignatureAlgorithm.ECDSA_P256_SHA256),
  SECP256K1("EC:secp256k1", SignatureAlgorithm.ECDSA_SECP256K1_SHA256);

  private static final BouncyCastleProvider VERIFIER = new BouncyCastleProvider();

  private final String type;
  private final SignatureAlgorithm algorithm;

  TestKey(String type, SignatureAlgorithm algorithm) {
    this.type = type;
    this.algorithm = algorithm;
  }

  String type() {
    return type;
  }

  public SignatureAlgorithm algorithm() {
    return algorithm;
  }

  /** Whether it signs in time, which a busy machine may not if that is short; well, if it does. */
  static boolean signs(HsmSigner signer, byte[] message) {
    byte[] signature;
    try {
      signature = signer.sign(message);
    } catch (SigningException late) {
      return false;
    }
    try {
      if (!verifies(signer.publicKey(), message, signature)) {
        throw new AssertionError("This is no signature");
      }
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
    return true;
  }

  static boolean verifies(PublicKey key, byte[] message, byte[] signature)
      throws GeneralSecurityException {
    String kind = key.getAlgorithm();
    Signature verifier =
        Signature.getInstance(kind.equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA", VERIFIER);
    verifier.initVerify(
        KeyFactory.getInstance(kind, VERIFIER)
            .generatePublic(new X509EncodedKeySpec(key.getEncoded())));
    verifier.update(message);
    return verifier.verify(signature);
  }
}

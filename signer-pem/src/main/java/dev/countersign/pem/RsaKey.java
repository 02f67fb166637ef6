package dev.countersign.pem;

import dev.countersign.error.ConfigurationException;
import dev.countersign.signing.SignatureAlgorithm;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * An RSA key, signed by the JDK.
 *
 * <p>It is kept encoded and read anew for each signature: a few microseconds beside more than a
 * thousand, and the encoding is the one form of it that can be wiped.
 */
final class RsaKey implements SoftKey {

  /** Bits; the least that Dfns takes. */
  static final int MINIMUM_SIZE = 2048;

  /** Bits; the most that the JDK takes. */
  static final int MAXIMUM_SIZE = 16384;

  private final byte[] pkcs8;
  private final PublicKey publicKey;

  private RsaKey(byte[] pkcs8, PublicKey publicKey) {
    this.pkcs8 = pkcs8;
    this.publicKey = publicKey;
  }

  /** The key in a PKCS#8 structure (RFC 8017 inside RFC 5208 or 5958). */
  static RsaKey of(String source, PrivateKeyInfo info)
      throws IOException, GeneralSecurityException {
    RSAPrivateKey key = RSAPrivateKey.getInstance(info.parsePrivateKey());
    requireUsable(source, key);
    EmbeddedPublicKey.require(
        source, info, new RSAPublicKey(key.getModulus(), key.getPublicExponent()).getEncoded());
    // a plain version 1 structure, which is what every JDK reads
    byte[] pkcs8 =
        new PrivateKeyInfo(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE), key)
            .getEncoded();
    PublicKey publicKey =
        KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
    return new RsaKey(pkcs8, publicKey);
  }

  private static void requireUsable(String source, RSAPrivateKey key) {
    int size = key.getModulus().bitLength();
    if (size < MINIMUM_SIZE || size > MAXIMUM_SIZE) {
      throw new ConfigurationException(
          source
              + " has an RSA key of "
              + size
              + " bits; Dfns takes "
              + MINIMUM_SIZE
              + " bits and up, Java "
              + MAXIMUM_SIZE
              + " at most: make a new one, such as with: openssl genrsa -out <file> 3072");
    }
    if (key.getVersion().signum() != 0) {
      throw new ConfigurationException(
          source
              + " has an RSA key of more than two primes, which is not supported;"
              + " make a new one, such as with: openssl genrsa -out <file> 3072");
    }
    BigInteger product = key.getPrime1().multiply(key.getPrime2());
    if (!product.equals(key.getModulus())) {
      throw new ConfigurationException(
          source
              + " has an RSA key whose primes are missing or do not belong to it;"
              + " take the file as it was generated, or make a new key");
    }
  }

  @Override
  public SignatureAlgorithm algorithm() {
    return SignatureAlgorithm.RSA_PKCS1_SHA256;
  }

  @Override
  public PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public byte[] sign(byte[] message) throws GeneralSecurityException {
    PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key);
    signature.update(message);
    return signature.sign();
  }

  @Override
  public boolean verifies(byte[] message, byte[] signature) throws GeneralSecurityException {
    Signature verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(publicKey);
    verifier.update(message);
    return verifier.verify(signature);
  }

  @Override
  public void wipe() {
    Arrays.fill(pkcs8, (byte) 0);
  }
}

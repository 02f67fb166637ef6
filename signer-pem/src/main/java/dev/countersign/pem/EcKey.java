package dev.countersign.pem;

import dev.countersign.error.ConfigurationException;
import dev.countersign.signing.SignatureAlgorithm;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SignatureException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X962Parameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.jspecify.annotations.Nullable;

/**
 * An ECDSA key on one of the {@linkplain EcCurve curves}.
 *
 * <p>Signatures are deterministic (RFC 6979), so that no weak random source can give the key away.
 * On secp256k1 the smaller of the two values of s is given: Dfns does not ask for it, some
 * verifiers for that curve do.
 */
final class EcKey implements SoftKey {

  private final EcCurve curve;
  private final byte[] scalar;
  private final ECPublicKeyParameters point;
  private final PublicKey publicKey;

  private EcKey(EcCurve curve, byte[] scalar, ECPublicKeyParameters point, PublicKey publicKey) {
    this.curve = curve;
    this.scalar = scalar;
    this.point = point;
    this.publicKey = publicKey;
  }

  /** The key in a PKCS#8 structure (RFC 5915 inside RFC 5208 or 5958). */
  static EcKey of(String source, PrivateKeyInfo info) throws IOException, GeneralSecurityException {
    EcCurve curve =
        EcParameters.curve(
            source, X962Parameters.getInstance(info.getPrivateKeyAlgorithm().getParameters()));
    ECPrivateKey key = ECPrivateKey.getInstance(info.parsePrivateKey());
    BigInteger d = key.getKey();
    BigInteger n = curve.domain().getN();
    if (d.signum() <= 0 || d.compareTo(n) >= 0) {
      throw new ConfigurationException(
          source
              + " has a private key outside the range of its curve;"
              + " take the file as it was generated, or make a new key");
    }
    ECPoint q = new FixedPointCombMultiplier().multiply(curve.domain().getG(), d).normalize();
    requireSame(source, curve, key.getPublicKey(), q);
    requireSame(source, curve, info.getPublicKeyData(), q);
    byte[] spki =
        new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve.id()),
                q.getEncoded(false))
            .getEncoded();
    return new EcKey(
        curve, scalar(d), new ECPublicKeyParameters(q, curve.domain()), curve.publicKey(spki));
  }

  private static void requireSame(
      String source, EcCurve curve, @Nullable ASN1BitString embedded, ECPoint calculated) {
    if (embedded != null
        && !curve.domain().getCurve().decodePoint(embedded.getOctets()).equals(calculated)) {
      throw EmbeddedPublicKey.mismatch(source);
    }
  }

  private static byte[] scalar(BigInteger d) {
    byte[] minimal = d.toByteArray();
    byte[] scalar = new byte[EcCurve.SCALAR_SIZE];
    int length = Math.min(minimal.length, scalar.length);
    System.arraycopy(minimal, minimal.length - length, scalar, scalar.length - length, length);
    Arrays.fill(minimal, (byte) 0);
    return scalar;
  }

  @Override
  public SignatureAlgorithm algorithm() {
    return curve.algorithm();
  }

  @Override
  public PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public byte[] sign(byte[] message) throws GeneralSecurityException {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(new BigInteger(1, scalar), curve.domain()));
    BigInteger[] rs = signer.generateSignature(sha256(message));
    BigInteger n = curve.domain().getN();
    BigInteger s = curve == EcCurve.SECP256K1 ? rs[1].min(n.subtract(rs[1])) : rs[1];
    try {
      return StandardDSAEncoding.INSTANCE.encode(n, rs[0], s);
    } catch (IOException e) {
      throw new SignatureException("The signature cannot be written as DER", e);
    }
  }

  @Override
  public boolean verifies(byte[] message, byte[] signature) throws GeneralSecurityException {
    try {
      BigInteger[] rs = StandardDSAEncoding.INSTANCE.decode(curve.domain().getN(), signature);
      ECDSASigner verifier = new ECDSASigner();
      verifier.init(false, point);
      return verifier.verifySignature(sha256(message), rs[0], rs[1]);
    } catch (IOException e) {
      return false;
    }
  }

  private static byte[] sha256(byte[] message) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(message);
  }

  @Override
  public void wipe() {
    Arrays.fill(scalar, (byte) 0);
  }
}

package dev.countersign.simulator.crypto;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/**
 * The key of a wallet, with its private half: secp256k1 or Ed25519. The same message gives the same
 * signature. Does not print.
 */
public final class WalletKey {

  /**
   * A signature.
   *
   * @param r its first half as 64 hexadecimal digits
   * @param s its second half as 64 hexadecimal digits; the lower of two for secp256k1
   * @param recovery which public key it leads back to; -1 for Ed25519
   */
  public record Signed(String r, String s, int recovery) {}

  private static final X9ECParameters CURVE = SECNamedCurves.getByName("secp256k1");
  private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);
  private static final HexFormat HEX = HexFormat.of();
  private static final int SIZE = 32;

  private final boolean edwards;
  private final byte[] secret;
  private final byte[] publicKey;

  private WalletKey(boolean edwards, byte[] secret, byte[] publicKey) {
    this.edwards = edwards;
    this.secret = secret;
    this.publicKey = publicKey;
  }

  /** The key of a curve that belongs to 32 bytes; nothing for a curve that is not simulated. */
  public static Optional<WalletKey> of(String curve, byte[] secret) {
    return switch (curve) {
      case "ed25519" -> {
        byte[] publicKey =
            new Ed25519PrivateKeyParameters(secret, 0).generatePublicKey().getEncoded();
        yield Optional.of(new WalletKey(true, secret.clone(), publicKey));
      }
      case "secp256k1" -> {
        ECPoint point = DOMAIN.getG().multiply(scalar(secret)).normalize();
        yield Optional.of(new WalletKey(false, secret.clone(), point.getEncoded(true)));
      }
      default -> Optional.empty();
    };
  }

  /** The public key: 32 bytes for Ed25519, the compressed point for secp256k1. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** The x and y of a secp256k1 public key, 32 bytes each. */
  public byte[] coordinates() {
    byte[] encoded = CURVE.getCurve().decodePoint(publicKey).getEncoded(false);
    byte[] coordinates = new byte[2 * SIZE];
    System.arraycopy(encoded, 1, coordinates, 0, coordinates.length);
    return coordinates;
  }

  /** Signs: a message with Ed25519, the 32 bytes of a digest with secp256k1. */
  public Signed sign(byte[] message) {
    if (edwards) {
      Ed25519Signer signer = new Ed25519Signer();
      signer.init(true, new Ed25519PrivateKeyParameters(secret, 0));
      signer.update(message, 0, message.length);
      String hex = HEX.formatHex(signer.generateSignature());
      return new Signed(hex.substring(0, 2 * SIZE), hex.substring(2 * SIZE), -1);
    }
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(scalar(secret), DOMAIN));
    BigInteger[] signature = signer.generateSignature(message);
    BigInteger r = signature[0];
    BigInteger s = signature[1].min(DOMAIN.getN().subtract(signature[1]));
    return new Signed(hex(r), hex(s), recovery(message, r, s));
  }

  /** Which of the two points with the signature's r leads back to the public key. */
  private int recovery(byte[] digest, BigInteger r, BigInteger s) {
    BigInteger n = DOMAIN.getN();
    BigInteger inverse = r.modInverse(n);
    BigInteger u1 = new BigInteger(1, digest).negate().multiply(inverse).mod(n);
    BigInteger u2 = s.multiply(inverse).mod(n);
    ECPoint expected = CURVE.getCurve().decodePoint(publicKey);
    ECPoint even = CURVE.getCurve().decodePoint(HEX.parseHex("02" + hex(r)));
    ECPoint recovered = ECAlgorithms.sumOfTwoMultiplies(DOMAIN.getG(), u1, even, u2);
    return recovered.equals(expected) ? 0 : 1;
  }

  private static BigInteger scalar(byte[] secret) {
    return new BigInteger(1, secret)
        .mod(DOMAIN.getN().subtract(BigInteger.ONE))
        .add(BigInteger.ONE);
  }

  private static String hex(BigInteger number) {
    return String.format(Locale.ROOT, "%064x", number);
  }
}

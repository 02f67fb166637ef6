package dev.countersign.hsm;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A public key on secp256k1, a curve that Java lacks since version 16: its encoding, and whether a
 * signature is by it (SEC 1, 4.1.4).
 *
 * <p>It is asked once, when a key is opened, and sees nothing secret: neither fast nor of constant
 * time.
 */
final class Secp256k1Key implements PublicKey {

  private static final long serialVersionUID = 1L;

  private static final BigInteger P =
      new BigInteger("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f", 16);
  private static final BigInteger N =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
  private static final BigInteger SEVEN = BigInteger.valueOf(7);
  private static final Point G =
      new Point(
          new BigInteger("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", 16),
          new BigInteger("483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8", 16));

  /** Bytes: the point, uncompressed, is what ends the encoding. */
  private static final int POINT = 64;

  private final byte[] encoded;

  private Secp256k1Key(byte[] encoded) {
    this.encoded = encoded;
  }

  /** Reads a SubjectPublicKeyInfo whose AlgorithmIdentifier is known to be of this curve. */
  static Secp256k1Key read(byte[] info) {
    Secp256k1Key key = new Secp256k1Key(info.clone());
    if (info.length != 88 || info[23] != 4 || !key.point().isOnCurve()) {
      throw new IllegalArgumentException("Not an uncompressed point on secp256k1");
    }
    return key;
  }

  private Point point() {
    int half = POINT / 2;
    int from = encoded.length - POINT;
    return new Point(
        new BigInteger(1, encoded, from, half), new BigInteger(1, encoded, from + half, half));
  }

  boolean verifies(byte[] message, byte[] signature) {
    try {
      ByteBuffer der = ByteBuffer.wrap(signature);
      if (der.get() != 0x30 || der.get() != der.remaining()) {
        return false;
      }
      BigInteger r = integer(der);
      BigInteger s = integer(der);
      if (der.hasRemaining() || !isScalar(r) || !isScalar(s)) {
        return false;
      }
      BigInteger e = new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(message));
      BigInteger w = s.modInverse(N);
      Point sum = add(times(G, e.multiply(w).mod(N)), times(point(), r.multiply(w).mod(N)));
      return sum != null && sum.x.mod(N).equals(r);
    } catch (GeneralSecurityException | RuntimeException e) {
      return false;
    }
  }

  private static BigInteger integer(ByteBuffer der) {
    if (der.get() != 2) {
      throw new IllegalArgumentException("Not an integer");
    }
    byte[] value = new byte[der.get()];
    der.get(value);
    return new BigInteger(value);
  }

  private static boolean isScalar(BigInteger value) {
    return value.signum() > 0 && value.compareTo(N) < 0;
  }

  private static @Nullable Point times(Point point, BigInteger factor) {
    Point sum = null;
    for (int i = factor.bitLength() - 1; i >= 0; i--) {
      sum = add(sum, sum);
      if (factor.testBit(i)) {
        sum = add(sum, point);
      }
    }
    return sum;
  }

  /** Null is the point at infinity. */
  private static @Nullable Point add(@Nullable Point a, @Nullable Point b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    if (a.x.equals(b.x) && a.y.add(b.y).mod(P).signum() == 0) {
      return null;
    }
    BigInteger slope =
        a.x.equals(b.x)
            ? a.x.pow(2).multiply(BigInteger.valueOf(3)).multiply(a.y.shiftLeft(1).modInverse(P))
            : b.y.subtract(a.y).multiply(b.x.subtract(a.x).modInverse(P));
    BigInteger x = slope.pow(2).subtract(a.x).subtract(b.x).mod(P);
    return new Point(x, slope.multiply(a.x.subtract(x)).subtract(a.y).mod(P));
  }

  private record Point(BigInteger x, BigInteger y) {
    boolean isOnCurve() {
      return x.compareTo(P) < 0
          && y.compareTo(P) < 0
          && y.pow(2).subtract(x.pow(3)).subtract(SEVEN).mod(P).signum() == 0;
    }
  }

  @Override
  public String getAlgorithm() {
    return "EC";
  }

  @Override
  public String getFormat() {
    return "X.509";
  }

  @Override
  public byte[] getEncoded() {
    return encoded.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PublicKey that && Arrays.equals(encoded, that.getEncoded());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }

  @Override
  public String toString() {
    return "secp256k1 public key";
  }
}

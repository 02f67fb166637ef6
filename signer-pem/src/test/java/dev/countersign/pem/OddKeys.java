package dev.countersign.pem;

import static dev.countersign.pem.PemText.block;
import static dev.countersign.pem.PemText.encoded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/** Private keys that are well-formed and wrong. */
final class OddKeys {

  private OddKeys() {}

  /** An RSA key of this many bits, as PKCS#8. */
  static String rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return block("PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The RSA key with one of the numbers of its PKCS#1 structure replaced. */
  static String rsaWith(int position, BigInteger number) {
    ASN1Sequence numbers = ASN1Sequence.getInstance(encoded(PemText.inner(KeyKind.RSA)));
    ASN1EncodableVector changed = new ASN1EncodableVector();
    for (int i = 0; i < numbers.size(); i++) {
      changed.add(i == position ? new ASN1Integer(number) : numbers.getObjectAt(i));
    }
    return block("RSA PRIVATE KEY", new DERSequence(changed));
  }

  /** The RSA key with the version of keys of several primes, and a third one. */
  static String rsaOfThreePrimes() {
    ASN1Sequence numbers = ASN1Sequence.getInstance(encoded(PemText.inner(KeyKind.RSA)));
    ASN1EncodableVector changed = new ASN1EncodableVector();
    changed.add(new ASN1Integer(BigInteger.ONE));
    for (int i = 1; i < numbers.size(); i++) {
      changed.add(numbers.getObjectAt(i));
    }
    ASN1EncodableVector third = new ASN1EncodableVector();
    for (int i = 0; i < 3; i++) {
      third.add(new ASN1Integer(BigInteger.valueOf(3)));
    }
    changed.add(new DERSequence(new DERSequence(third)));
    return block("RSA PRIVATE KEY", new DERSequence(changed));
  }

  /** The RSA key with the identifier of those that may only be used with PSS. */
  static String rsaForPss() {
    return pkcs8(
        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS, DERNull.INSTANCE),
        PemText.inner(KeyKind.RSA));
  }

  /** An EC key of 1 with these parameters. */
  static String ecOn(ASN1Encodable parameters) {
    return pkcs8(
        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, parameters),
        new ECPrivateKey(256, BigInteger.ONE));
  }

  /** A P-256 key with this scalar, and this public key in its SEC1 structure. */
  static String p256(BigInteger scalar, byte @Nullable [] publicKey) {
    return pkcs8(
        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1),
        new ECPrivateKey(
            256, scalar, publicKey == null ? null : new DERBitString(publicKey), null));
  }

  /** Zeros as a key of an algorithm whose keys are octet strings. */
  static String octets(ASN1ObjectIdentifier algorithm, int length) {
    return pkcs8(new AlgorithmIdentifier(algorithm), new DEROctetString(new byte[length]));
  }

  private static String pkcs8(AlgorithmIdentifier algorithm, ASN1Encodable key) {
    try {
      return block("PRIVATE KEY", new PrivateKeyInfo(algorithm, key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

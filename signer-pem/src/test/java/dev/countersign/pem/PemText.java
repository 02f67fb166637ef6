package dev.countersign.pem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMEncryptor;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Writes keys the way the tools in the field write them. */
final class PemText {

  private PemText() {}

  static byte[] bytes(String pem) {
    return pem.getBytes(StandardCharsets.UTF_8);
  }

  static String block(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, base64(der), label);
  }

  static String block(String label, ASN1Encodable structure) {
    return block(label, encoded(structure));
  }

  static String base64(byte[] der) {
    return Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
  }

  /** The bytes of a text with one block and no headers. */
  static byte[] decoded(String pem) {
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z0-9 ]+-----", ""));
  }

  static byte[] encoded(ASN1Encodable structure) {
    try {
      return structure.toASN1Primitive().getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What an algorithm-specific block holds: PKCS#1 for RSA, SEC1 for elliptic curves. */
  static ASN1Encodable inner(KeyKind kind) {
    try {
      return kind.pkcs8().parsePrivateKey();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String pkcs8(KeyKind kind) {
    return pkcs8(kind, null);
  }

  private static String pkcs8(KeyKind kind, ASN1Set attributes) {
    try {
      return block(
          "PRIVATE KEY",
          new PrivateKeyInfo(kind.pkcs8().getPrivateKeyAlgorithm(), inner(kind), attributes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String pkcs8WithAttributes(KeyKind kind) {
    return pkcs8(
        kind,
        new DERSet(
            new Attribute(
                PKCSObjectIdentifiers.pkcs_9_at_friendlyName,
                new DERSet(new DERBMPString("dfns")))));
  }

  /** Version 2, with these bits as the public key. */
  static String pkcs8WithPublicKey(KeyKind kind, byte[] publicKey) {
    try {
      return block(
          "PRIVATE KEY",
          new PrivateKeyInfo(kind.pkcs8().getPrivateKeyAlgorithm(), inner(kind), null, publicKey));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] publicBits(KeyKind kind) {
    return SubjectPublicKeyInfo.getInstance(kind.publicKey().getEncoded())
        .getPublicKeyData()
        .getOctets();
  }

  static String publicKey(KeyKind kind) {
    return block("PUBLIC KEY", kind.publicKey().getEncoded());
  }

  static String pkcs1(KeyKind kind) {
    return block("RSA PRIVATE KEY", inner(kind));
  }

  static String sec1(KeyKind kind) {
    ECPrivateKey key = ECPrivateKey.getInstance(inner(kind));
    return block(
        "EC PRIVATE KEY", new ECPrivateKey(256, key.getKey(), key.getPublicKey(), curve(kind)));
  }

  static String sec1WithoutPublicKey(KeyKind kind) {
    ECPrivateKey key = ECPrivateKey.getInstance(inner(kind));
    return block("EC PRIVATE KEY", new ECPrivateKey(256, key.getKey(), curve(kind)));
  }

  static String sec1WithoutCurve(KeyKind kind) {
    ECPrivateKey key = ECPrivateKey.getInstance(inner(kind));
    return block("EC PRIVATE KEY", new ECPrivateKey(256, key.getKey()));
  }

  static String ecParameters(KeyKind kind) {
    return block("EC PARAMETERS", curve(kind));
  }

  private static ASN1Encodable curve(KeyKind kind) {
    return ASN1ObjectIdentifier.getInstance(kind.pkcs8().getPrivateKeyAlgorithm().getParameters());
  }

  static String encryptedPkcs8(KeyKind kind, OutputEncryptor encryptor) {
    try {
      return block(
          "ENCRYPTED PRIVATE KEY",
          new PKCS8Generator(kind.pkcs8(), encryptor).generate().getContent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** PKCS#1 or SEC1, encrypted the way of OpenSSL before PKCS#8. */
  static String encryptedWithDekInfo(KeyKind kind, String cipher, String passphrase) {
    String label = (kind == KeyKind.RSA ? "RSA" : "EC") + " PRIVATE KEY";
    byte[] der = decoded(kind == KeyKind.RSA ? pkcs1(kind) : sec1(kind));
    try {
      PEMEncryptor encryptor =
          new JcePEMEncryptorBuilder(cipher)
              .setProvider(KeyKind.BOUNCY_CASTLE)
              .build(passphrase.toCharArray());
      byte[] encrypted = encryptor.encrypt(der);
      String iv = HexFormat.of().formatHex(encryptor.getIV()).toUpperCase(Locale.ROOT);
      return "-----BEGIN %s-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: %s,%s\n\n%s\n-----END %s-----\n"
          .formatted(label, cipher, iv, base64(encrypted), label);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String certificate() {
    try {
      X500Name name = new X500Name("CN=test");
      return block(
          "CERTIFICATE",
          new X509v3CertificateBuilder(
                  name,
                  BigInteger.ONE,
                  Date.from(Instant.EPOCH),
                  Date.from(Instant.EPOCH.plusSeconds(1)),
                  name,
                  SubjectPublicKeyInfo.getInstance(KeyKind.P256.publicKey().getEncoded()))
              .build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(KeyKind.P256.privateKey()))
              .getEncoded());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (OperatorException e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.countersign.pem;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.crypto.util.PBKDF2Config;
import org.bouncycastle.crypto.util.PBKDFConfig;
import org.bouncycastle.crypto.util.ScryptConfig;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;

/**
 * The ways in which a key is written, each with the kinds of key that are written so.
 *
 * @param name what the format is called in the names of tests
 * @param kinds the kinds it is for
 * @param encrypted whether it takes a passphrase
 * @param writer writes a key behind a passphrase, which it leaves out if not encrypted
 */
record PemFormat(
    String name,
    List<KeyKind> kinds,
    boolean encrypted,
    BiFunction<KeyKind, String, String> writer) {

  static final String PASSPHRASE = "correct-horse-battery-staple";

  private static final List<KeyKind> ALL = List.of(KeyKind.values());
  private static final List<KeyKind> RSA = List.of(KeyKind.RSA);
  private static final List<KeyKind> EC = ALL.stream().filter(KeyKind::isElliptic).toList();
  private static final List<KeyKind> RSA_AND_EC =
      ALL.stream().filter(kind -> kind == KeyKind.RSA || kind.isElliptic()).toList();

  private static final List<PemFormat> FORMATS =
      List.of(
          clear("PKCS#8 v1", ALL, PemText::pkcs8),
          clear("PKCS#8 v1 with attributes", ALL, PemText::pkcs8WithAttributes),
          clear(
              "PKCS#8 v2 with public key",
              ALL,
              k -> PemText.pkcs8WithPublicKey(k, PemText.publicBits(k))),
          clear("PKCS#1", RSA, PemText::pkcs1),
          clear("SEC1", EC, PemText::sec1),
          clear("SEC1 without public key", EC, PemText::sec1WithoutPublicKey),
          clear("EC PARAMETERS, SEC1", EC, k -> PemText.ecParameters(k) + PemText.sec1(k)),
          clear(
              "EC PARAMETERS, SEC1 without curve",
              EC,
              k -> PemText.ecParameters(k) + PemText.sec1WithoutCurve(k)),
          pbes2("PBES2 AES-256, PBKDF2 SHA-256", PKCS8Generator.AES_256_CBC, pbkdf2Sha256()),
          pbes2("PBES2 AES-128, PBKDF2 SHA-1", PKCS8Generator.AES_128_CBC, pbkdf2Sha1()),
          pbes2("PBES2 3DES, PBKDF2 SHA-256", PKCS8Generator.DES3_CBC, pbkdf2Sha256()),
          pbes2("PBES2 AES-256, scrypt", PKCS8Generator.AES_256_CBC, scrypt()),
          new PemFormat(
              "PKCS#12 PBE SHA-1 3DES",
              ALL,
              true,
              (kind, passphrase) -> PemText.encryptedPkcs8(kind, pkcs12Encryptor(passphrase))),
          dekInfo("AES-128-CBC"),
          dekInfo("AES-192-CBC"),
          dekInfo("AES-256-CBC"),
          dekInfo("DES-EDE3-CBC"),
          dekInfo("DES-CBC"));

  static Stream<PemFormat> all() {
    return FORMATS.stream();
  }

  /** The key of a kind in this format; behind {@link #PASSPHRASE} if it is encrypted. */
  String write(KeyKind kind) {
    return writer.apply(kind, PASSPHRASE);
  }

  /** Opens what {@link #write} wrote. */
  PemSigner read(String pem) {
    return encrypted
        ? PemSigner.read(PemText.bytes(pem), PASSPHRASE.toCharArray())
        : PemSigner.read(PemText.bytes(pem));
  }

  @Override
  public String toString() {
    return name;
  }

  private static PemFormat clear(
      String name, List<KeyKind> kinds, Function<KeyKind, String> writer) {
    return new PemFormat(name, kinds, false, (kind, passphrase) -> writer.apply(kind));
  }

  private static PemFormat pbes2(String name, ASN1ObjectIdentifier cipher, PBKDFConfig config) {
    return new PemFormat(
        name,
        ALL,
        true,
        (kind, passphrase) -> {
          try {
            return PemText.encryptedPkcs8(
                kind,
                new JcePKCSPBEOutputEncryptorBuilder(config, cipher)
                    .setProvider(KeyKind.BOUNCY_CASTLE)
                    .build(passphrase.toCharArray()));
          } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static PemFormat dekInfo(String cipher) {
    return new PemFormat(
        "DEK-Info " + cipher,
        RSA_AND_EC,
        true,
        (kind, passphrase) -> PemText.encryptedWithDekInfo(kind, cipher, passphrase));
  }

  private static OutputEncryptor pkcs12Encryptor(String passphrase) {
    try {
      return new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.PBE_SHA1_3DES)
          .setProvider(KeyKind.BOUNCY_CASTLE)
          .setPassword(passphrase.toCharArray())
          .build();
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PBKDFConfig pbkdf2Sha256() {
    return new PBKDF2Config.Builder()
        .withPRF(PBKDF2Config.PRF_SHA256)
        .withIterationCount(2048)
        .build();
  }

  private static PBKDFConfig pbkdf2Sha1() {
    return new PBKDF2Config.Builder()
        .withPRF(PBKDF2Config.PRF_SHA1)
        .withIterationCount(2048)
        .build();
  }

  private static PBKDFConfig scrypt() {
    return new ScryptConfig.Builder(1024, 8, 1).build();
  }
}

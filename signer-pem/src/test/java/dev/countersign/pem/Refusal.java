package dev.countersign.pem;

import static dev.countersign.pem.PemText.block;
import static dev.countersign.pem.PemText.pkcs8;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.teletrust.TeleTrusTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X962Parameters;
import org.jspecify.annotations.Nullable;

/**
 * A text that is not taken as a key, and what the refusal must say about it.
 *
 * @param name what is wrong with it
 * @param pem the text, one character per byte
 * @param passphrase what it is opened with, if anything
 * @param found what the message says was found
 * @param advice what the message says to do
 */
record Refusal(String name, String pem, @Nullable String passphrase, String found, String advice) {

  private static final String GOOD = pkcs8(KeyKind.ED25519);
  private static final String AS_GENERATED = "take the file as it was generated";

  byte[] bytes() {
    return pem.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return name;
  }

  static Stream<Refusal> all() {
    return Stream.of(texts(), contents(), keys(), passphrases()).flatMap(List::stream);
  }

  /** What is wrong with the text around the base64. */
  private static List<Refusal> texts() {
    String rsa = PemText.pkcs1(KeyKind.RSA);
    return List.of(
        clear("empty", "", "is empty", "openssl genpkey"),
        clear("blank", " \r\n\t\n", "is empty", "openssl genpkey"),
        clear("no PEM at all", "hello, world\n", "no line -----BEGIN", "openssl genpkey"),
        clear(
            "DER",
            new String(KeyKind.RSA.privateKey().getEncoded(), StandardCharsets.ISO_8859_1),
            "is binary",
            "openssl pkey -inform DER"),
        clear("byte order mark", "\u00EF\u00BB\u00BF" + GOOD, "byte order mark", "plain ASCII"),
        clear(
            "byte order mark behind a certificate",
            PemText.certificate() + "\u00EF\u00BB\u00BF" + GOOD,
            "byte order mark",
            "plain ASCII"),
        clear(
            "UTF-16",
            new String(GOOD.getBytes(StandardCharsets.UTF_16), StandardCharsets.ISO_8859_1),
            "UTF-16",
            "plain ASCII"),
        clear("literal \\n", GOOD.replace("\n", "\\n"), "two characters \\n", "printf '%b'"),
        clear("literal \\r\\n", GOOD.replace("\n", "\\r\\n"), "two characters \\n", "printf '%b'"),
        clear(
            "JSON",
            "{\"key\":\"" + GOOD.replace("\n", "\\n") + "\"}",
            "two characters \\n",
            "real line breaks"),
        clear("one line", GOOD.replace("\n", " "), "PEM is on one line", "put line breaks"),
        clear("one line, no spaces", GOOD.replace("\n", ""), "on one line", "put line breaks"),
        clear(
            "an assignment", "KEY='" + GOOD + "'", "before or behind it, on line 1", "line breaks"),
        clear(
            "cut off",
            GOOD.substring(0, GOOD.length() - 30),
            "begins on line 1 and does not end",
            "copy it again"),
        clear(
            "cut off before another block",
            rsa.substring(0, 200) + "\n" + PemText.certificate(),
            "block RSA PRIVATE KEY that begins on line 1 and does not end",
            "copy it again"),
        clear(
            "another END line",
            GOOD.replace("END PRIVATE", "END RSA PRIVATE"),
            "line 3 is not its END line",
            AS_GENERATED),
        clear(
            "END line not on a line of its own",
            GOOD.replace("\n-----END", "-----END"),
            "line 2 is not its END line",
            AS_GENERATED),
        clear(
            "no label",
            GOOD.replace(" PRIVATE KEY", " "),
            "does not say what the block is, on line 1",
            AS_GENERATED),
        clear(
            "not base64",
            GOOD.replace("\nM", "\n*"),
            "something other than base64 in the block PRIVATE KEY that begins on line 1",
            AS_GENERATED),
        clear(
            "base64url",
            block("PRIVATE KEY", new byte[] {-1, -1, -1}).replace('/', '_'),
            "something other than base64",
            AS_GENERATED),
        clear(
            "two keys",
            GOOD + PemText.sec1(KeyKind.P256),
            "has 2 private keys",
            "keep one in a file of its own"),
        clear("the same key twice", GOOD + GOOD, "has 2 private keys", "keep one"),
        clear(
            "public key only",
            PemText.publicKey(KeyKind.ED25519),
            "no private key, only PUBLIC KEY",
            "name the file that the private key was written to"),
        clear(
            "certificate only",
            PemText.certificate() + PemText.certificate() + PemText.publicKey(KeyKind.P256),
            "only CERTIFICATE, PUBLIC KEY;",
            "name the file"),
        clear(
            "EC PARAMETERS only",
            PemText.ecParameters(KeyKind.P256),
            "only EC PARAMETERS",
            "name the file"),
        clear(
            "OPENSSH",
            block("OPENSSH PRIVATE KEY", "openssh-key-v1".getBytes(StandardCharsets.US_ASCII)),
            "OpenSSH's own format",
            "ssh-keygen -p -m PKCS8"),
        clear("DSA", block("DSA PRIVATE KEY", new byte[8]), "(DSA)", "openssl genpkey"),
        clear(
            "a TPM's key",
            block("TSS2 PRIVATE KEY", new byte[8]),
            "(TSS2 PRIVATE KEY)",
            "openssl genpkey"));
  }

  /** What is wrong with what the base64 holds. */
  private static List<Refusal> contents() {
    byte[] good = PemText.decoded(GOOD);
    byte[] nested = new byte[100_000];
    for (int i = 0; i < nested.length; i += 2) {
      nested[i] = 0x30;
      nested[i + 1] = (byte) 0x80;
    }
    return List.of(
        malformed("an empty block", block("PRIVATE KEY", new byte[0])),
        malformed("not DER", block("PRIVATE KEY", new byte[40])),
        malformed("DER cut off", block("PRIVATE KEY", Arrays.copyOf(good, 30))),
        malformed("DER with more behind it", block("PRIVATE KEY", Arrays.copyOf(good, 60))),
        malformed("DER nested without end", block("PRIVATE KEY", nested)),
        malformed(
            "a public key labelled private",
            PemText.publicKey(KeyKind.RSA).replace("PUBLIC", "PRIVATE")),
        malformed("PKCS#1 labelled PKCS#8", block("PRIVATE KEY", PemText.inner(KeyKind.RSA))),
        malformed("SEC1 labelled PKCS#1", block("RSA PRIVATE KEY", PemText.inner(KeyKind.P256))),
        malformed("PKCS#8 labelled SEC1", block("EC PRIVATE KEY", KeyKind.P256.pkcs8())),
        malformed("PKCS#8 labelled encrypted", GOOD.replace("PRIVATE", "ENCRYPTED PRIVATE")),
        malformed("a point that is not on the curve", OddKeys.p256(BigInteger.TWO, new byte[65])));
  }

  /** Keys that are well-formed and of no use. */
  private static List<Refusal> keys() {
    String mismatch = "public key that does not belong to its private key";
    return List.of(
        clear("RSA of 1024 bits", OddKeys.rsa(1024), "RSA key of 1024 bits", "2048 bits and up"),
        clear("RSA of 2047 bits", OddKeys.rsa(2047), "RSA key of 2047 bits", "openssl genrsa"),
        clear(
            "RSA of 16385 bits",
            OddKeys.rsaWith(1, BigInteger.ONE.shiftLeft(16384)),
            "RSA key of 16385 bits",
            "16384 at most"),
        clear("RSA for PSS", OddKeys.rsaForPss(), "RSA restricted to PSS", "openssl genpkey"),
        clear(
            "RSA without its primes",
            OddKeys.rsaWith(4, BigInteger.ZERO),
            "primes are missing",
            AS_GENERATED),
        clear(
            "RSA with another exponent",
            OddKeys.rsaWith(2, BigInteger.valueOf(3)),
            "does not verify",
            AS_GENERATED),
        clear(
            "RSA with another CRT exponent",
            OddKeys.rsaWith(6, BigInteger.valueOf(5)),
            "does not verify",
            AS_GENERATED),
        clear(
            "RSA of three primes",
            OddKeys.rsaOfThreePrimes(),
            "more than two primes",
            "openssl genrsa"),
        clear(
            "RSA with another public key",
            PemText.pkcs8WithPublicKey(KeyKind.RSA, new byte[256]),
            mismatch,
            AS_GENERATED),
        clear(
            "P-384",
            OddKeys.ecOn(SECObjectIdentifiers.secp384r1),
            "on the curve secp384r1",
            "P-256 or secp256k1"),
        clear(
            "brainpool",
            OddKeys.ecOn(TeleTrusTObjectIdentifiers.brainpoolP256r1),
            "on the curve brainpoolP256r1",
            "openssl genpkey"),
        clear(
            "an unknown curve",
            OddKeys.ecOn(new ASN1ObjectIdentifier("1.2.3.4")),
            "on the curve 1.2.3.4",
            "P-256 or secp256k1"),
        clear(
            "an EC key that describes its curve",
            OddKeys.ecOn(new X962Parameters(SECNamedCurves.getByName("secp256r1"))),
            "describes its curve instead of naming it",
            "-ec_param_enc named_curve"),
        clear(
            "SEC1 without a curve",
            PemText.sec1WithoutCurve(KeyKind.P256),
            "does not say on which curve",
            "EC PARAMETERS"),
        clear(
            "an EC key of zero",
            OddKeys.p256(BigInteger.ZERO, null),
            "outside the range of its curve",
            AS_GENERATED),
        clear(
            "an EC key as large as the order",
            OddKeys.p256(SECNamedCurves.getByName("secp256r1").getN(), null),
            "outside the range of its curve",
            AS_GENERATED),
        clear(
            "SEC1 with another public key",
            OddKeys.p256(BigInteger.TWO, PemText.publicBits(KeyKind.P256)),
            mismatch,
            AS_GENERATED),
        clear(
            "PKCS#8 v2 with another EC public key",
            PemText.pkcs8WithPublicKey(
                KeyKind.P256, SECNamedCurves.getByName("secp256r1").getG().getEncoded(false)),
            mismatch,
            AS_GENERATED),
        clear(
            "PKCS#8 v2 with another Ed25519 public key",
            PemText.pkcs8WithPublicKey(KeyKind.ED25519, new byte[32]),
            mismatch,
            AS_GENERATED),
        clear("X25519", OddKeys.octets(EdECObjectIdentifiers.id_X25519, 32), "(X25519)", "Ed25519"),
        clear("Ed448", OddKeys.octets(EdECObjectIdentifiers.id_Ed448, 57), "(Ed448)", "Ed25519"),
        clear(
            "an unknown algorithm",
            OddKeys.octets(new ASN1ObjectIdentifier("1.2.3.4"), 32),
            "(algorithm 1.2.3.4)",
            "openssl genpkey"),
        clear(
            "Ed25519 of 64 bytes",
            OddKeys.octets(EdECObjectIdentifiers.id_Ed25519, 64),
            "Ed25519 key of 64 bytes",
            AS_GENERATED));
  }

  private static List<Refusal> passphrases() {
    String dekInfo = PemText.encryptedWithDekInfo(KeyKind.RSA, "AES-256-CBC", PemFormat.PASSPHRASE);
    List<Refusal> refusals =
        new ArrayList<>(
            List.of(
                new Refusal(
                    "a passphrase for a key in the clear",
                    GOOD,
                    PemFormat.PASSPHRASE,
                    "is not encrypted",
                    "leave the passphrase out"),
                unreadable("an unknown cipher", dekInfo.replace("AES-256-CBC", "CAMELLIA-256-CBC")),
                unreadable(
                    "an IV that is not hexadecimal",
                    dekInfo.replace("AES-256-CBC,", "AES-256-CBC,X")),
                unreadable("no DEK-Info", dekInfo.replace("DEK-Info", "Comment")),
                unreadable(
                    "an unknown PKCS#8 encryption",
                    block(
                        "ENCRYPTED PRIVATE KEY",
                        new EncryptedPrivateKeyInfo(
                            new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.3.4")),
                            new byte[64])))));
    PemFormat.all()
        .filter(PemFormat::encrypted)
        .forEach(
            format -> {
              String pem = format.write(format.kinds().get(0));
              refusals.add(
                  new Refusal(
                      format + ", no passphrase",
                      pem,
                      null,
                      "is encrypted, and no passphrase is given",
                      "passphrase-file=<file> or ?passphrase-env=<name>"));
              refusals.add(
                  new Refusal(
                      format + ", wrong passphrase",
                      pem,
                      "incorrect-horse",
                      "does not open with the passphrase",
                      "check that it is this key's"));
            });
    return refusals;
  }

  private static Refusal clear(String name, String pem, String found, String advice) {
    return new Refusal(name, pem, null, found, advice);
  }

  private static Refusal malformed(String name, String pem) {
    return clear(name, pem, "with something else in it than its label says", AS_GENERATED);
  }

  private static Refusal unreadable(String name, String pem) {
    return new Refusal(
        name,
        pem,
        PemFormat.PASSPHRASE,
        "is encrypted in a way that cannot be read here",
        "openssl pkcs8 -topk8 -v2 aes256");
  }
}

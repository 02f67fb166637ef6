package dev.countersign.pem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every key kind in every format that is read: it signs, and the derived public key is the key's.
 */
class PemFormatsTest {

  private static final byte[] MESSAGE = PemText.bytes("message");

  static Stream<Arguments> kindsInFormats() {
    return PemFormat.all()
        .flatMap(format -> format.kinds().stream().map(kind -> Arguments.of(kind, format)));
  }

  @ParameterizedTest(name = "{0} in {1}")
  @MethodSource("kindsInFormats")
  void theKeySigns(KeyKind kind, PemFormat format) throws Exception {
    byte[] pem = PemText.bytes(format.write(kind));
    byte[] before = pem.clone();
    char[] passphrase = PemFormat.PASSPHRASE.toCharArray();
    try (PemSigner signer =
        format.encrypted() ? PemSigner.read(pem, passphrase) : PemSigner.read(pem)) {
      assertThat(signer.algorithm()).isEqualTo(kind.algorithm());
      assertThat(kind.verifies(MESSAGE, signer.sign(MESSAGE))).isTrue();
      assertThat(signer.publicKey().getEncoded()).isEqualTo(kind.publicKey().getEncoded());
      assertThat(signer.publicKeyPem()).isEqualTo(PemText.publicKey(kind));
    }
    assertThat(pem).as("the caller's text").isEqualTo(before);
    assertThat(passphrase)
        .as("the caller's passphrase")
        .containsExactly(PemFormat.PASSPHRASE.toCharArray());
  }

  static Stream<Arguments> kindsInShapes() {
    return Stream.of(
            shape("CRLF", pem -> pem.replace("\n", "\r\n")),
            shape("CR", pem -> pem.replace("\n", "\r")),
            shape("no final line break", String::stripTrailing),
            shape("blank lines before and after", pem -> "\n\r\n" + pem + "\n\n"),
            shape("indented", pem -> pem.indent(4)),
            shape("trailing spaces", pem -> pem.replace("\n", " \t\n")),
            shape("base64 on one line", PemFormatsTest::onOneBase64Line),
            shape("a certificate before", pem -> PemText.certificate() + pem),
            shape("a certificate behind", pem -> pem + PemText.certificate()),
            shape("its public key before", pem -> PemText.publicKey(KeyKind.P256) + pem),
            shape(
                "bag attributes before",
                pem ->
                    "Bag Attributes\n    friendlyName: dfns\n    localKeyID: 54 69 6D 65\n"
                        + "Key Attributes: <No Attributes>\n"
                        + pem),
            shape("a text in UTF-8 before", pem -> "clé de signature ✓\n" + pem))
        .flatMap(shape -> Stream.of(KeyKind.values()).map(kind -> Arguments.of(kind, shape)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("kindsInShapes")
  void theShapeOfTheTextDoesNotMatter(KeyKind kind, Shape shape) throws Exception {
    String pem = shape.change().apply(PemText.pkcs8(kind));
    try (PemSigner signer = PemSigner.read(PemText.bytes(pem))) {
      assertThat(kind.verifies(MESSAGE, signer.sign(MESSAGE))).isTrue();
    }
  }

  @Test
  void anEncryptedKeyMayHaveWindowsLineEndsToo() throws Exception {
    String pem =
        PemText.encryptedWithDekInfo(KeyKind.RSA, "AES-256-CBC", PemFormat.PASSPHRASE)
            .replace("\n", "\r\n");
    try (PemSigner signer =
        PemSigner.read(PemText.bytes(pem), PemFormat.PASSPHRASE.toCharArray())) {
      assertThat(KeyKind.RSA.verifies(MESSAGE, signer.sign(MESSAGE))).isTrue();
    }
  }

  @Test
  void theCurveNamedInTheKeyCountsNotTheOneInFrontOfIt() throws Exception {
    String pem = PemText.ecParameters(KeyKind.SECP256K1) + PemText.sec1(KeyKind.P256);
    try (PemSigner signer = PemSigner.read(PemText.bytes(pem))) {
      assertThat(KeyKind.P256.verifies(MESSAGE, signer.sign(MESSAGE))).isTrue();
    }
  }

  private static String onOneBase64Line(String pem) {
    String begin = pem.lines().findFirst().orElseThrow();
    String end = begin.replace("BEGIN", "END");
    return begin + "\n" + pem.replace(begin, "").replace(end, "").replace("\n", "") + "\n" + end;
  }

  private static Shape shape(String name, UnaryOperator<String> change) {
    return new Shape(name, change);
  }

  record Shape(String name, UnaryOperator<String> change) {
    @Override
    public String toString() {
      return name;
    }
  }
}

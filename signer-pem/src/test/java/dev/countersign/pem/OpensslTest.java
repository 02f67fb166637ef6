package dev.countersign.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What OpenSSL writes is read, and what is signed here OpenSSL verifies; where it is at hand. */
class OpensslTest {

  private static final String PASSPHRASE = "pässwörd 密";
  private static final String GENPKEY_EC = "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:";

  @TempDir private Path folder;
  private Path key;

  @BeforeAll
  static void requireOpenssl() throws Exception {
    String found = version();
    if (!found.startsWith("OpenSSL 3")) {
      assertThat(System.getenv("CI")).as("OpenSSL 3 is not here, under CI").isNotEqualTo("true");
      abort("OpenSSL 3 is not here: " + found);
    }
  }

  private static String version() throws Exception {
    try {
      return run(Path.of("."), "version");
    } catch (IOException e) {
      return "no openssl at all";
    }
  }

  @BeforeEach
  void passphrase() throws IOException {
    key = folder.resolve("key.pem");
    OwnerOnly.write(folder.resolve("passphrase"), PASSPHRASE + "\n");
  }

  static Stream<Arguments> commands() {
    return Stream.of(
        Arguments.of(KeyKind.RSA, "genrsa -out key.pem 2048"),
        Arguments.of(KeyKind.RSA, "genrsa -traditional -out key.pem 3072"),
        Arguments.of(KeyKind.RSA, "genpkey -algorithm RSA -out key.pem"),
        Arguments.of(KeyKind.P256, "ecparam -genkey -name prime256v1 -out key.pem"),
        Arguments.of(KeyKind.P256, "ecparam -genkey -name prime256v1 -noout -out key.pem"),
        Arguments.of(KeyKind.P256, GENPKEY_EC + "P-256 -out key.pem"),
        Arguments.of(KeyKind.SECP256K1, "ecparam -genkey -name secp256k1 -out key.pem"),
        Arguments.of(KeyKind.SECP256K1, "ecparam -genkey -name secp256k1 -noout -out key.pem"),
        Arguments.of(KeyKind.SECP256K1, GENPKEY_EC + "secp256k1 -out key.pem"),
        Arguments.of(KeyKind.ED25519, "genpkey -algorithm Ed25519 -out key.pem"));
  }

  @ParameterizedTest(name = "{0}: openssl {1}")
  @MethodSource("commands")
  void aKeyInTheClearIsRead(KeyKind kind, String command) throws Exception {
    run(folder, command);
    OwnerOnly.withMode(key, "rw-------");
    try (PemSigner signer = PemSigner.open(key)) {
      assertThat(signer.algorithm()).isEqualTo(kind.algorithm());
      assertThat(signer.publicKeyPem()).isEqualTo(run(folder, "pkey -in key.pem -pubout"));
      requireVerified(kind, signer);
    }
  }

  static Stream<Arguments> encryptions() {
    List<Arguments> all = new ArrayList<>();
    for (KeyKind kind : KeyKind.values()) {
      for (String how :
          List.of(
              "",
              "-v2 aes-256-cbc -v2prf hmacWithSHA256",
              "-v2 aes-128-cbc -v2prf hmacWithSHA512",
              "-v2 des3 -v2prf hmacWithSHA1",
              "-scrypt",
              "-v1 PBE-SHA1-3DES")) {
        all.add(
            Arguments.of(
                kind, "pkcs8 -topk8 -in clear.pem -out key.pem -passout file:passphrase " + how));
      }
    }
    for (KeyKind kind : List.of(KeyKind.RSA, KeyKind.P256, KeyKind.SECP256K1)) {
      for (String cipher : List.of("-aes128", "-aes256", "-des3")) {
        all.add(
            Arguments.of(
                kind,
                (kind == KeyKind.RSA ? "rsa -traditional" : "ec")
                    + " -in clear.pem -out key.pem -passout file:passphrase "
                    + cipher));
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0}: openssl {1}")
  @MethodSource("encryptions")
  void anEncryptedKeyIsReadWhateverThePassphraseIsWrittenIn(KeyKind kind, String command)
      throws Exception {
    Files.writeString(folder.resolve("clear.pem"), PemText.pkcs8(kind));
    run(folder, command);
    OwnerOnly.withMode(key, "rw-------");
    try (PemSigner signer = PemSigner.open(key, PASSPHRASE.toCharArray())) {
      assertThat(signer.publicKey().getEncoded()).isEqualTo(kind.publicKey().getEncoded());
      requireVerified(kind, signer);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aKeyMadeHereIsReadByOpenssl(KeyKind kind) throws Exception {
    try (PemSigner signer = PemKeys.generate(kind.algorithm(), key)) {
      assertThat(run(folder, "pkey -in key.pem -pubout")).isEqualTo(signer.publicKeyPem());
      requireVerified(kind, signer);
    }
  }

  @Test
  void aKeyBesideItsCertificateAsPkcs12WritesThemIsRead() throws Exception {
    Files.writeString(folder.resolve("clear.pem"), PemText.pkcs8(KeyKind.P256));
    run(folder, "req -x509 -new -key clear.pem -subj /CN=test -out cert.pem");
    run(
        folder,
        "pkcs12 -export -inkey clear.pem -in cert.pem -name dfns -out p12 -passout file:passphrase");
    run(folder, "pkcs12 -in p12 -passin file:passphrase -noenc -out key.pem");
    OwnerOnly.withMode(key, "rw-------");
    assertThat(key).content().contains("Bag Attributes", "BEGIN CERTIFICATE");
    try (PemSigner signer = PemSigner.open(key)) {
      requireVerified(KeyKind.P256, signer);
    }
  }

  /** The remedies in the messages work. */
  @Test
  void aKeyThatDescribesItsCurveIsReadOnceRewrittenAsTheMessageSays() throws Exception {
    Files.writeString(folder.resolve("clear.pem"), PemText.pkcs8(KeyKind.P256));
    run(folder, "pkey -in clear.pem -ec_param_enc explicit -out described.pem");
    OwnerOnly.withMode(folder.resolve("described.pem"), "rw-------");
    assertThatThrownBy(() -> PemSigner.open(folder.resolve("described.pem")))
        .hasMessageContaining("openssl pkey -in <file> -ec_param_enc named_curve -out <new file>");
    run(folder, "pkey -in described.pem -ec_param_enc named_curve -out key.pem");
    OwnerOnly.withMode(key, "rw-------");
    try (PemSigner signer = PemSigner.open(key)) {
      requireVerified(KeyKind.P256, signer);
    }
  }

  private void requireVerified(KeyKind kind, PemSigner signer) throws Exception {
    byte[] message = "message".getBytes(StandardCharsets.UTF_8);
    Files.write(folder.resolve("message"), message);
    Files.write(folder.resolve("signature"), signer.sign(message));
    Files.writeString(folder.resolve("public.pem"), signer.publicKeyPem());
    assertThat(
            run(
                folder,
                kind == KeyKind.ED25519
                    ? "pkeyutl -verify -pubin -inkey public.pem -rawin -in message -sigfile signature"
                    : "dgst -sha256 -verify public.pem -signature signature message"))
        .containsAnyOf("Signature Verified Successfully", "Verified OK");
  }

  private static String run(Path folder, String command) throws Exception {
    List<String> words = new ArrayList<>(List.of("openssl"));
    words.addAll(List.of(command.trim().split(" +")));
    Process process =
        new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("openssl %s: %s", command, output).isZero();
    return output;
  }
}

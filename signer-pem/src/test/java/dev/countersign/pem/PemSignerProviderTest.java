package dev.countersign.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.error.ConfigurationException;
import dev.countersign.signing.Signer;
import dev.countersign.signing.SignerProviders;
import dev.countersign.signing.SignerUri;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemSignerProviderTest {

  private static final byte[] MESSAGE = PemText.bytes("message");
  private static final String PASSPHRASE = PemFormat.PASSPHRASE;

  @TempDir private Path folder;
  private Path clear;
  private Path encrypted;

  @BeforeEach
  void writeKeys() throws IOException {
    clear = OwnerOnly.write(folder.resolve("clear key.pem"), PemText.pkcs8(KeyKind.P256));
    encrypted =
        OwnerOnly.write(
            folder.resolve("encrypted.pem"),
            PemText.encryptedWithDekInfo(KeyKind.P256, "AES-256-CBC", PASSPHRASE));
  }

  @Test
  void aPathAloneOpensAKeyInTheClear() throws Exception {
    requireSigning(uri(clear, ""), Map.of());
  }

  @Test
  void thePassphraseMayStandInAFile() throws Exception {
    Path file = OwnerOnly.write(folder.resolve("passphrase"), PASSPHRASE);
    requireSigning(uri(encrypted, "?passphrase-file=" + file), Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void aLineBreakBehindThePassphraseIsNotPartOfIt(String lineBreak) throws Exception {
    Path file = OwnerOnly.write(folder.resolve("passphrase"), PASSPHRASE + lineBreak);
    requireSigning(uri(encrypted, "?passphrase-file=" + file), Map.of());
  }

  @Test
  void aSpaceBehindThePassphraseIsPartOfIt() throws Exception {
    Path file = OwnerOnly.write(folder.resolve("passphrase"), PASSPHRASE + " ");
    requireRefusal(uri(encrypted, "?passphrase-file=" + file), Map.of(), "does not open with");
  }

  @Test
  void thePassphraseMayStandInAnEnvironmentVariable() throws Exception {
    requireSigning(
        uri(encrypted, "?passphrase-env=KEY_PASSPHRASE"), Map.of("KEY_PASSPHRASE", PASSPHRASE));
  }

  @Test
  void theMessageOfAMissingKeyFileNamesIt() {
    requireRefusal(
        "pem:" + folder + "/nowhere.pem",
        Map.of(),
        "The key file " + folder + "/nowhere.pem does not exist",
        "check the path");
  }

  @Test
  void anEncryptedKeyWithoutAPassphraseSaysHowToGiveIt() {
    requireRefusal(
        uri(encrypted, ""),
        Map.of(),
        "The key file " + encrypted + " is encrypted",
        "passphrase-file",
        "passphrase-env");
  }

  @Test
  void aPassphraseForAKeyInTheClearIsRefused() {
    requireRefusal(uri(clear, "?passphrase-env=P"), Map.of("P", PASSPHRASE), "is not encrypted");
  }

  @Test
  void bothSourcesOfAPassphraseAreRefusedByName() {
    requireRefusal(
        uri(encrypted, "?passphrase-file=/p&passphrase-env=P"),
        Map.of(),
        "both passphrase-file and passphrase-env");
  }

  @ParameterizedTest
  @CsvSource({"passphrase-fil", "Passphrase-File", "module-path"})
  void anUnknownAttributeIsRefusedByNameWithThoseThatThereAre(String name) {
    requireRefusal(
        uri(clear, "?" + name + "=x"),
        Map.of(),
        "'" + name + "'",
        "passphrase-file, passphrase-env, permissions");
  }

  @Test
  void aPermissionThatIsNotAnyIsRefused() {
    requireRefusal(uri(clear, "?permissions=0644"), Map.of(), "write permissions=any");
  }

  @Test
  void aVariableThatIsNotSetIsRefusedByName() {
    requireRefusal(
        uri(encrypted, "?passphrase-env=KEY_PASSPHRASE"),
        Map.of(),
        "environment variable KEY_PASSPHRASE that passphrase-env names is not set");
  }

  @Test
  void anEmptyVariableIsRefused() {
    requireRefusal(
        uri(encrypted, "?passphrase-env=KEY_PASSPHRASE"),
        Map.of("KEY_PASSPHRASE", ""),
        "KEY_PASSPHRASE",
        "is empty");
  }

  @Test
  void aPassphraseWhereItsNameShouldStandIsNotRepeated() {
    SignerUri uri = SignerUri.parse(uri(encrypted, "?passphrase-env=" + PASSPHRASE));
    assertThatThrownBy(() -> new PemSignerProvider(name -> null).open(uri))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageNotContaining(PASSPHRASE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|is empty",
        "'\n'|is empty",
        "'one\ntwo'|more than one line",
        "'correct-horse-battery-staple\n\n'|more than one line",
      })
  void aFileWithoutOnePassphraseIsRefused(String content, String found) throws IOException {
    Path file = OwnerOnly.write(folder.resolve("passphrase"), content);
    requireRefusal(
        uri(encrypted, "?passphrase-file=" + file),
        Map.of(),
        "The passphrase file " + file + " ",
        found);
  }

  @Test
  void aPassphraseFileThatIsNotTextIsRefused() throws IOException {
    Path file = OwnerOnly.write(folder.resolve("passphrase"), new byte[] {(byte) 0xFF, 1});
    requireRefusal(uri(encrypted, "?passphrase-file=" + file), Map.of(), "is not text in UTF-8");
  }

  @Test
  void aMissingPassphraseFileIsRefusedByName() {
    requireRefusal(
        uri(encrypted, "?passphrase-file=/nowhere"),
        Map.of(),
        "The passphrase file /nowhere does not exist");
  }

  @ParameterizedTest
  @CsvSource({
    "pem:,The pem: URI names no file",
    "pem:/a%00b,no path can have",
    "pem:/k?passphrase-file=,attribute passphrase-file names no file",
  })
  void aPathThatIsNoneIsRefused(String uri, String found) {
    requireRefusal(uri, Map.of(), found);
  }

  @Test
  void discoveryFindsTheProvider() {
    SignerProviders providers = SignerProviders.discover();
    assertThat(providers.schemes()).contains("pem");
    try (Signer signer = providers.open(SignerUri.parse(uri(clear, "")))) {
      assertThat(signer).isInstanceOf(PemSigner.class);
    }
  }

  @Test
  void theSignerPrintsItsAlgorithmAndFile() {
    try (Signer signer = new PemSignerProvider().open(SignerUri.parse(uri(clear, "")))) {
      assertThat(signer)
          .hasToString("PemSigner(ECDSA P-256 with SHA-256, The key file " + clear + ")");
    }
  }

  private static String uri(Path file, String attributes) {
    return "pem:" + file.toString().replace(" ", "%20") + attributes;
  }

  private static void requireSigning(String uri, Map<String, String> environment) throws Exception {
    try (Signer signer = new PemSignerProvider(environment::get).open(SignerUri.parse(uri))) {
      assertThat(KeyKind.P256.verifies(MESSAGE, signer.sign(MESSAGE))).isTrue();
    }
  }

  private static void requireRefusal(
      String uri, Map<String, String> environment, String... sentence) {
    PemSignerProvider provider = new PemSignerProvider(environment::get);
    assertThatThrownBy(() -> provider.open(SignerUri.parse(uri)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(sentence)
        .hasMessageNotContaining(PASSPHRASE);
  }
}

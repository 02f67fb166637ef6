package dev.countersign.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.error.ConfigurationException;
import dev.countersign.signing.FakeSigners;
import dev.countersign.signing.Signer;
import dev.countersign.signing.SignerProviders;
import dev.countersign.signing.SignerUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentCredentialsTest {

  private final FakeSigners pem = new FakeSigners("pem");
  private final Map<String, String> environment =
      new HashMap<>(
          Map.of(
              "DFNS_API_URL", "https://api.dfns.io",
              "DFNS_AUTH_TOKEN", "token-secret-1",
              "DFNS_CRED_ID", "cr-1",
              "DFNS_SIGNER", "pem:/keys/a b.pem"));

  private EnvironmentCredentials read() {
    return EnvironmentCredentials.read(environment, SignerProviders.of(pem));
  }

  @Test
  void allIsReadAndTheSignerIsClosedWithIt() {
    try (EnvironmentCredentials credentials = read()) {
      Credential.Key key = credentials.current().key().orElseThrow();
      assertThat(credentials.apiUrl()).hasToString("https://api.dfns.io");
      assertThat(credentials.current().token().reveal()).isEqualTo("token-secret-1");
      assertThat(key.id()).isEqualTo(new CredentialId("cr-1"));
      assertThat(pem.opened()).containsExactly("/keys/a b.pem");
      assertThat(pem.closed()).isEmpty();
    }
    assertThat(pem.closed()).containsExactly("/keys/a b.pem");
  }

  @Test
  void aKeyFileIsShortForAPemSigner() {
    environment.remove("DFNS_SIGNER");
    environment.put("DFNS_PRIVATE_KEY_FILE", "/keys/100%?.pem");

    read().close();

    assertThat(pem.opened()).containsExactly("/keys/100%?.pem");
  }

  @Test
  void withoutAKeyThereIsATokenAlone() {
    environment.keySet().removeAll(List.of("DFNS_SIGNER", "DFNS_CRED_ID"));

    try (EnvironmentCredentials credentials = read()) {
      assertThat(credentials.current().key()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DFNS_API_URL, '', DFNS_API_URL is not set",
    "DFNS_API_URL, http://api.dfns.io, use https",
    "DFNS_API_URL, api.dfns.io, https URL with a host",
    "DFNS_API_URL, 'https://a b', DFNS_API_URL cannot be used",
    "DFNS_AUTH_TOKEN, '', set DFNS_AUTH_TOKEN",
    "DFNS_AUTH_TOKEN_FILE, /x, DFNS_AUTH_TOKEN and DFNS_AUTH_TOKEN_FILE are both set",
    "DFNS_CRED_ID, '', DFNS_CRED_ID is not set",
    "DFNS_SIGNER, '', set DFNS_SIGNER or DFNS_PRIVATE_KEY_FILE",
    "DFNS_SIGNER, hsm:x, No signer provider answers to 'hsm:'",
    "DFNS_SIGNER, /keys/a.pem, starts with the signer's scheme",
    "DFNS_PRIVATE_KEY_FILE, /x, DFNS_SIGNER and DFNS_PRIVATE_KEY_FILE are both set",
  })
  void aVariableThatCannotWorkIsNamed(String variable, String value, String sentence) {
    environment.put(variable, value);

    assertThatThrownBy(this::read)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"to\nken-secret", "tokén-secret", "token\u0000secret"})
  void aTokenThatNoHeaderMayHoldIsRefusedByPosition(String token) {
    environment.put("DFNS_AUTH_TOKEN", token);

    assertThatThrownBy(this::read)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageMatching("(?s).*at position [0-9]+ of [0-9]+.*")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aTokenFileIsTrimmedAndReadAnew(@TempDir Path folder) throws IOException {
    Path file = ownerOnly(folder, " first-token \r\n");
    environment.remove("DFNS_AUTH_TOKEN");
    environment.put("DFNS_AUTH_TOKEN_FILE", file.toString());

    try (EnvironmentCredentials credentials = read()) {
      assertThat(credentials.current().token()).isEqualTo(AccessToken.of("first-token"));
      Files.writeString(file, "second-token\n");
      assertThat(credentials.current().token()).isEqualTo(AccessToken.of("second-token"));
    }
  }

  @Test
  void credentialsFromFilesTakeUpAReplacedToken(@TempDir Path folder) throws IOException {
    Path file = ownerOnly(folder, "first-token");
    Signer signer = pem.open(SignerUri.parse("pem:/key"));
    FileCredentials credentials =
        FileCredentials.of(file, SecretFile.Readers.OWNER_ONLY, new CredentialId("cr-1"), signer);
    assertThat(credentials.current().token()).isEqualTo(AccessToken.of("first-token"));
    assertThat(credentials.current().key().orElseThrow().signer()).isSameAs(signer);

    Files.writeString(file, "second-token");

    assertThat(credentials.current().token()).isEqualTo(AccessToken.of("second-token"));
    Files.delete(file);
    assertThatThrownBy(credentials::current)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("does not exist");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw----r--", "rw-rw-rw-"})
  void aTokenFileThatOthersMayReadIsRefused(String permissions, @TempDir Path folder)
      throws IOException {
    Path file = ownerOnly(folder, "token-secret");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

    assertThatThrownBy(() -> TokenFile.read(file, SecretFile.Readers.OWNER_ONLY))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(permissions)
        .hasMessageContaining("run: chmod ");
    assertThat(TokenFile.read(file, SecretFile.Readers.ANYONE))
        .isEqualTo(AccessToken.of("token-secret"));
  }

  @Test
  void aTokenFileThatHoldsNoTokenIsRefused(@TempDir Path folder) throws IOException {
    Path empty = ownerOnly(folder, "");
    assertRefused(empty, "is empty");
    assertRefused(folder, "is a directory");
    assertRefused(folder.resolve("none"), "does not exist");
    Files.writeString(empty, " \n");
    assertRefused(empty, "The access token is empty");
    Files.writeString(empty, "one-secret\ntwo-secret\n");
    assertRefused(empty, "a line feed at position 11");
    Files.writeString(empty, "x".repeat(1_100_000));
    assertRefused(empty, "larger than 1 MiB");
  }

  private static void assertRefused(Path file, String sentence) {
    assertThatThrownBy(() -> TokenFile.read(file, SecretFile.Readers.OWNER_ONLY))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(sentence)
        .hasMessageContaining(file.toString())
        .hasMessageNotContaining("secret");
  }

  private static Path ownerOnly(Path folder, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }
}

package dev.countersign.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.error.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginFilesTest {

  private static final URI URL = URI.create("http://127.0.0.1:1");

  @TempDir private Path temporary;

  @Test
  void anIdentityHasThreeFilesOnlyForTheirOwner() throws Exception {
    Path path = temporary.resolve("deep/new");

    write(path, login("admin", "t"));

    assertThat(mode(path)).isEqualTo("rwx------");
    assertThat(names(path)).containsExactlyInAnyOrder("admin.env", "admin.pem", "admin.pub.pem");
    for (String name : names(path)) {
      assertThat(mode(path.resolve(name))).as(name).isEqualTo("rw-------");
    }
  }

  @Test
  void theKeysComeBackFromTheirFiles() throws Exception {
    Login login = login("admin", "t");
    write(temporary, login);

    KeyFactory keys = KeyFactory.getInstance("Ed25519");
    assertThat(
            keys.generatePrivate(
                new PKCS8EncodedKeySpec(der(temporary.resolve("admin.pem"), "PRIVATE KEY"))))
        .isEqualTo(login.keys().orElseThrow().getPrivate());
    assertThat(
            keys.generatePublic(
                new X509EncodedKeySpec(der(temporary.resolve("admin.pub.pem"), "PUBLIC KEY"))))
        .isEqualTo(login.keys().orElseThrow().getPublic());
  }

  @ParameterizedTest
  @ValueSource(strings = {"eyJ.a-b_c.d==", "it's $HOME `id` \"x\" \\ #y & *", "", " a ", "~", "é"})
  void aShellReadsEveryValueAsItWas(String value) throws Exception {
    write(temporary, login("admin", value));

    Process shell =
        new ProcessBuilder(
                "sh", "-c", "set -a; . \"$1\"; printf %s \"$DFNS_AUTH_TOKEN\"", "sh", "./admin.env")
            .directory(temporary.toFile())
            .redirectErrorStream(true)
            .start();

    assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(value);
    assertThat(shell.waitFor()).isZero();
  }

  @Test
  void aPlainValueIsNotQuoted() throws Exception {
    write(temporary, login("admin", "eyJ0.eyJ1-_.s=="));

    assertThat(temporary.resolve("admin.env"))
        .content()
        .contains("\nDFNS_API_URL=http://127.0.0.1:1\n")
        .contains("\nDFNS_AUTH_TOKEN=eyJ0.eyJ1-_.s==\n");
  }

  @Test
  void filesOfAnEarlierSimulatorAreReplaced() throws Exception {
    write(temporary, login("admin", "first"));
    write(temporary, login("admin", "second"));

    assertThat(temporary.resolve("admin.env")).content().contains("second").doesNotContain("first");
    assertThat(names(temporary)).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin.env", "admin.pem", "admin.pub.pem"})
  void filesOfSomebodyElseAreLeftAlone(String name) throws Exception {
    Files.writeString(temporary.resolve(name), "precious");

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> write(temporary, login("admin", "t")))
        .withMessageContaining("files called admin that no simulator wrote");

    assertThat(temporary.resolve(name)).hasContent("precious");
    assertThat(names(temporary)).containsExactly(name);
  }

  @Test
  void removingTakesWhatWasWrittenAndNothingElse() throws Exception {
    OwnerOnlyDirectory directory = OwnerOnlyDirectory.at(temporary.resolve("d"));
    new LoginFiles(directory, URL).writeAll(List.of(login("admin", "t")));
    Path other = Files.writeString(directory.file("notes.txt"), "mine");

    directory.remove();
    assertThat(names(other.getParent())).containsExactly("notes.txt");

    Files.delete(other);
    directory.remove();
    assertThat(other.getParent()).doesNotExist();
  }

  private static void write(Path path, Login login) throws IOException {
    new LoginFiles(OwnerOnlyDirectory.at(path), URL).writeAll(List.of(login));
  }

  private static Login login(String name, String token) throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    return new Login(name, keys, token, "cr-1", "us-1", "or-1");
  }

  private static byte[] der(Path file, String label) throws IOException {
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(0)).isEqualTo("-----BEGIN " + label + "-----");
    assertThat(lines.get(lines.size() - 1)).isEqualTo("-----END " + label + "-----");
    return Base64.getDecoder().decode(String.join("", lines.subList(1, lines.size() - 1)));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}

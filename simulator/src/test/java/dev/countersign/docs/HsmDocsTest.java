package dev.countersign.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.error.ConfigurationException;
import dev.countersign.hsm.HsmSigner;
import dev.countersign.hsm.HsmSignerProvider;
import dev.countersign.signing.SignerUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/hsm.md} shows is true: its commands run as they stand, its Java compiles. */
class HsmDocsTest {

  private static final Path DOCUMENT = Shell.ROOT.resolve("docs/hsm.md");

  @TempDir private Path folder;

  private static List<Snippet> snippets(String language) throws IOException {
    return Snippet.of(Files.readString(DOCUMENT)).stream()
        .filter(snippet -> snippet.language().equals(language))
        .toList();
  }

  @Test
  void everyCommandRunsAsItStands() throws IOException, InterruptedException {
    Shell.assumeThereAre("softhsm2-util", "pkcs11-tool", "openssl");
    String commands = snippets("sh").stream().map(Snippet::text).collect(Collectors.joining("\n"));
    Shell.Result result;
    try (Shell shell = Shell.in(folder)) {
      result = shell.run(commands);
    }

    assertThat(result.status()).as(result.output()).isZero();
    assertThat(result.output())
        .contains("pkcs11:token=dfns;object=api-key?module-path=", "has a certificate now")
        .endsWith("-----END PUBLIC KEY-----\n")
        .doesNotContain(Files.readString(folder.resolve("hsm/pin")).strip());
  }

  @TestFactory
  Stream<DynamicTest> javaCompiles() throws IOException {
    List<Snippet> java = snippets("java");
    assertThat(java).hasSize(3);
    return java.stream()
        .map(
            snippet ->
                DynamicTest.dynamicTest(
                    "docs/hsm.md line " + snippet.line(), () -> compile(snippet)));
  }

  /** Snippets open signers with a method that stands for any way to open one. */
  private void compile(Snippet snippet) throws IOException {
    String opening =
        "class Opening { static dev.countersign.signing.Signer open(String uri) { return"
            + " dev.countersign.signing.SignerProviders.discover().open("
            + "dev.countersign.signing.SignerUri.parse(uri)); } }";
    Snippet inherited =
        new Snippet(
            snippet.language(),
            snippet.line(),
            snippet.text().replace("= open(", "= Opening.open("));
    JavaBlocks.compile(inherited, folder, opening);
  }

  @Test
  void everyAttributeInTheTableIsKnownToTheSigner() throws IOException {
    List<String> attributes =
        Files.readString(DOCUMENT)
            .lines()
            .dropWhile(line -> !line.startsWith("| attribute |"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> line.split("\\|")[1])
            .flatMap(
                cell -> Pattern.compile("`([a-z-]+)`").matcher(cell).results().map(r -> r.group(1)))
            .toList();

    assertThat(attributes).hasSize(17).doesNotHaveDuplicates();
    assertThat(attributes).containsExactlyInAnyOrderElementsOf(known());
  }

  /** As the signer itself lists them when it refuses one. */
  private static List<String> known() {
    return Stream.of("pkcs11:nonsense=1", "pkcs11:token=a?nonsense=1")
        .map(HsmDocsTest::refusal)
        .flatMap(
            message -> Stream.of(message.substring(message.indexOf("there are ")).split("[ ,]+")))
        .filter(word -> !List.of("there", "are").contains(word))
        .toList();
  }

  private static String refusal(String uri) {
    try (HsmSigner signer = new HsmSignerProvider().open(SignerUri.parse(uri))) {
      throw new AssertionError("This was opened: " + signer);
    } catch (ConfigurationException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void everyScriptItNamesIsThere() throws IOException {
    assertThat(
            Pattern.compile("\\bbin/[a-z-]+")
                .matcher(Files.readString(DOCUMENT))
                .results()
                .map(MatchResult::group)
                .distinct())
        .hasSize(3)
        .allSatisfy(script -> assertThat(Shell.ROOT.resolve(script)).isExecutable());
  }
}

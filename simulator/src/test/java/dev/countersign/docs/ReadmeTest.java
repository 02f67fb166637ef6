package dev.countersign.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the README shows is true: its Java compiles, its commands exist, its artifacts are built
 * here.
 */
class ReadmeTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path folder;

  private static List<Snippet> snippets(String language) throws IOException {
    return Snippet.of(Files.readString(ROOT.resolve("README.md"))).stream()
        .filter(snippet -> snippet.language().equals(language))
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> javaCompiles() throws IOException {
    List<Snippet> java = snippets("java");
    assertThat(java).isNotEmpty();
    return java.stream()
        .map(
            snippet ->
                DynamicTest.dynamicTest(
                    "README.md line " + snippet.line(), () -> JavaBlocks.compile(snippet, folder)));
  }

  @Test
  void everyScriptItNamesIsThere() throws IOException {
    Matcher script =
        Pattern.compile("\\bbin/[a-z-]+").matcher(Files.readString(ROOT.resolve("README.md")));
    assertThat(script.results().map(r -> ROOT.resolve(r.group())).distinct())
        .isNotEmpty()
        .allSatisfy(path -> assertThat(path).isExecutable());
  }

  @Test
  void everyArtifactItNamesIsBuiltHere() throws IOException {
    List<String> built;
    try (Stream<Path> modules = Files.list(ROOT)) {
      built =
          modules
              .map(module -> module.resolve("pom.xml"))
              .filter(Files::exists)
              .map(ReadmeTest::artifact)
              .toList();
    }
    Matcher named =
        Pattern.compile("countersign-[a-z0-9-]+")
            .matcher(Files.readString(ROOT.resolve("README.md")));
    assertThat(named.results().map(r -> r.group()).distinct()).isNotEmpty().isSubsetOf(built);
  }

  private static String artifact(Path pom) {
    try {
      String text = Files.readString(pom);
      int parent = Math.max(text.indexOf("</parent>"), 0);
      int from = text.indexOf("<artifactId>", parent) + "<artifactId>".length();
      return text.substring(from, text.indexOf("</artifactId>", from));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyFileItLinksToIsThere() throws IOException {
    Matcher link =
        Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(Files.readString(ROOT.resolve("README.md")));
    assertThat(link.results().map(r -> ROOT.resolve(r.group(1))))
        .isNotEmpty()
        .allSatisfy(path -> assertThat(path).exists());
  }
}

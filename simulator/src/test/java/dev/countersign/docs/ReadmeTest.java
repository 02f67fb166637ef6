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
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the README and the guide show is true: their Java compiles, their commands exist, their
 * artifacts are built here.
 */
class ReadmeTest {

  private static final String README = "README.md";
  private static final String GUIDE = "docs/guide.md";

  @TempDir Path folder;

  private static String text(String document) throws IOException {
    return Files.readString(Shell.ROOT.resolve(document));
  }

  @TestFactory
  Stream<DynamicTest> javaOfTheReadmeCompiles() throws IOException {
    return javaCompiles(README);
  }

  @TestFactory
  Stream<DynamicTest> javaOfTheGuideCompiles() throws IOException {
    return javaCompiles(GUIDE);
  }

  private Stream<DynamicTest> javaCompiles(String document) throws IOException {
    List<Snippet> java =
        Snippet.of(text(document)).stream()
            .filter(snippet -> snippet.language().equals("java"))
            .toList();
    assertThat(java).isNotEmpty();
    return java.stream()
        .map(
            snippet ->
                DynamicTest.dynamicTest(
                    document + " line " + snippet.line(),
                    () -> JavaBlocks.compile(snippet, folder)));
  }

  @ParameterizedTest
  @ValueSource(strings = {README, GUIDE})
  void everyScriptItNamesIsThere(String document) throws IOException {
    Matcher script = Pattern.compile("\\bbin/[a-z-]+").matcher(text(document));
    assertThat(script.results().map(r -> Shell.ROOT.resolve(r.group())).distinct())
        .isNotEmpty()
        .allSatisfy(path -> assertThat(path).isExecutable());
  }

  @ParameterizedTest
  @ValueSource(strings = {README, GUIDE})
  void everyArtifactItNamesIsBuiltHere(String document) throws IOException {
    List<String> built;
    try (Stream<Path> modules = Files.list(Shell.ROOT)) {
      built =
          modules
              .map(module -> module.resolve("pom.xml"))
              .filter(Files::exists)
              .map(ReadmeTest::artifact)
              .toList();
    }
    Matcher named = Pattern.compile("countersign-[a-z0-9-]+").matcher(text(document));
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
}

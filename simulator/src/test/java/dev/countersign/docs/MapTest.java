package dev.countersign.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever changes something finds the place for it: the map in {@code ARCHITECTURE.md} has every
 * package and every decision, and links lead somewhere.
 */
class MapTest {

  private static final String MAIN = "src/main/java/dev/countersign/";

  /**
   * What a pattern's group finds in a column of the map: packages in the first, decisions in the
   * third.
   */
  private static Set<String> named(int column, String pattern) throws IOException {
    String text = Files.readString(Shell.ROOT.resolve("ARCHITECTURE.md"));
    String map = text.substring(text.indexOf("## Where things are"), text.indexOf("## The rules"));
    return map.lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split("\\|")[column])
        .flatMap(cell -> Pattern.compile(pattern).matcher(cell).results())
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  private static Stream<Path> files(String... under) {
    return Stream.of(under)
        .flatMap(
            folder -> {
              try (Stream<Path> all = Files.walk(Shell.ROOT.resolve(folder))) {
                return all.filter(Files::isRegularFile).toList().stream();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  @Test
  void theMapHasEveryPackageAndNoOther() throws IOException {
    Set<String> packages;
    try (Stream<Path> modules = Files.list(Shell.ROOT)) {
      packages =
          modules
              .map(module -> module.resolve(MAIN))
              .filter(Files::exists)
              .flatMap(
                  root ->
                      files(root.toString())
                          .filter(file -> file.endsWith("package-info.java"))
                          .map(file -> root.relativize(file.getParent()).toString()))
              .map(name -> name.replace('/', '.').replace("simulator.", "…"))
              .collect(Collectors.toSet());
    }
    packages.add("api"); // generated
    assertThat(named(1, "`([^`/]+)`"))
        .as("The packages in the first column of ARCHITECTURE.md's map")
        .containsExactlyInAnyOrderElementsOf(packages);
  }

  @Test
  void theMapHasEveryDecision() throws IOException {
    Set<String> decisions =
        files("docs/decisions")
            .map(file -> file.getFileName().toString().substring(0, 4))
            .collect(Collectors.toSet());
    assertThat(named(3, "(\\d{4})"))
        .as("The decisions in the third column of ARCHITECTURE.md's map")
        .containsExactlyInAnyOrderElementsOf(decisions);
  }

  static Stream<Path> documents() {
    return Stream.concat(
        Stream.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md").map(Shell.ROOT::resolve),
        files("docs").filter(file -> file.toString().endsWith(".md")));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyLinkLeadsSomewhere(Path document) throws IOException {
    Pattern link = Pattern.compile("\\]\\(([^)#:\\s]*)(?:#([^)\\s]+))?\\)");
    for (MatchResult found : link.matcher(Files.readString(document)).results().toList()) {
      Path target = document.resolveSibling(found.group(1)).normalize();
      Path file = found.group(1).isEmpty() ? document : target;
      assertThat(file).exists();
      if (found.group(2) != null) {
        assertThat(headings(file)).as(file.toString()).contains(found.group(2));
      }
    }
  }

  /** As they are in links. */
  private static Set<String> headings(Path document) throws IOException {
    return Files.readString(document)
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }
}

package dev.countersign.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.codegen.Codegen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationTest {

  @Test
  void theSameDescriptionGivesTheSameSources(@TempDir Path folder) throws IOException {
    Codegen.main(new String[] {Api.FILE.toString(), folder.toString()});
    assertThat(texts(folder)).isEqualTo(texts(Path.of("target", "generated-sources", "api")));
  }

  private static Map<String, String> texts(Path root) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        texts.put(root.relativize(path).toString(), Files.readString(path));
      }
    }
    return texts;
  }
}

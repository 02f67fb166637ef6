package dev.countersign.codegen;

import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The generated sources. Written to disk, only what differs is touched and what is stale goes. */
final class SourceTree {

  private static final String HEADER = "Generated from the API description; do not edit.";

  private final Map<String, String> files = new TreeMap<>();

  void addType(String packageName, TypeSpec type) {
    JavaFile file =
        JavaFile.builder(packageName, type)
            .addFileComment(HEADER)
            .skipJavaLangImports(true)
            .indent("  ")
            .build();
    add(packageName, type.name(), file.toString());
  }

  void addPackage(String packageName, String about) {
    add(
        packageName,
        "package-info",
        """
        // %s
        /** %s */
        @NullMarked
        package %s;

        import org.jspecify.annotations.NullMarked;
        """
            .formatted(HEADER, about, packageName));
  }

  private void add(String packageName, String name, String text) {
    if (files.put(packageName.replace('.', '/') + "/" + name + ".java", text) != null) {
      throw new DescriptionException(packageName + "." + name, "two types have this name in Java");
    }
  }

  /** The texts by their paths under the source root. */
  Map<String, String> files() {
    return files;
  }

  /** Makes a folder hold exactly these sources. */
  void write(Path root) {
    try {
      Files.createDirectories(root);
      deleteStale(root);
      for (Map.Entry<String, String> file : files.entrySet()) {
        writeIfChanged(root.resolve(file.getKey()), file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The sources cannot be written to " + root, e);
    }
  }

  private void deleteStale(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        if (!files.containsKey(root.relativize(path).toString().replace('\\', '/'))) {
          Files.delete(path);
        }
      }
    }
  }

  private static void writeIfChanged(Path path, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (Files.exists(path) && Arrays.equals(bytes, Files.readAllBytes(path))) {
      return;
    }
    Files.createDirectories(path.getParent());
    Files.write(path, bytes);
  }
}

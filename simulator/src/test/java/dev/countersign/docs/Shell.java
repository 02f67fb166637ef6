package dev.countersign.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A shell in a folder of its own, with the project's scripts as {@code bin}.
 *
 * @param folder where it starts
 * @param environment what is set beside what the tests have
 */
record Shell(Path folder, Map<String, String> environment) implements AutoCloseable {

  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** What a script printed, and whether it ended well. */
  record Result(int status, String output) {}

  static Shell in(Path folder) throws IOException {
    Files.createSymbolicLink(folder.resolve("bin"), ROOT.resolve("bin"));
    return new Shell(folder, Map.of());
  }

  /** Takes the scripts away, before somebody who deletes the folder meets them. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(folder.resolve("bin"));
  }

  /** Skips a test where a command is missing; under CI nothing is. */
  static void assumeThereAre(String... commands) {
    List<Path> path =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":")).map(Path::of).toList();
    for (String command : commands) {
      boolean there = path.stream().anyMatch(it -> Files.isExecutable(it.resolve(command)));
      if (!there) {
        assertThat(System.getenv("CI")).as(command + " is not here, under CI").isNotEqualTo("true");
      }
      Assumptions.assumeTrue(there, () -> command + " is not here");
    }
  }

  Result run(String script) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(script).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
  }
}

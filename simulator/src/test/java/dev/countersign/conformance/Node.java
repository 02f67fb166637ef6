package dev.countersign.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Node.js with packages from npm, for programs in other languages that call the simulator. */
final class Node {

  private static final long PATIENCE_IN_SECONDS = 120;

  private final Path folder;

  private Node(Path folder) {
    this.folder = folder;
  }

  /**
   * What a process printed on both streams, and its status.
   *
   * @param status the exit status
   * @param output both streams
   */
  record Run(int status, String output) {}

  /**
   * Node with the packages that a folder's {@code package-lock.json} names. Where there is no Node
   * the test is skipped with a sentence, and fails under {@code CI=true}.
   *
   * @param sources the folder of the programs
   * @param folder where the packages go
   */
  static Node withPackages(Path sources, Path folder) throws Exception {
    if (!isHere("node") || !isHere("npm")) {
      String sentence = "Node.js and npm are not here, so the official SDK was not run";
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(sentence);
      }
      abort(sentence);
    }
    Files.createDirectories(folder);
    for (String name : List.of("package.json", "package-lock.json", "day.mjs")) {
      Files.copy(sources.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    Node node = new Node(folder);
    if (Files.notExists(folder.resolve("node_modules/.package-lock.json"))) {
      Run run = node.start("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
      assertThat(run.status()).as(run::output).isZero();
    }
    return node;
  }

  /** Runs a program of the folder to its end. */
  Run run(String program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("node", program));
    command.addAll(List.of(arguments));
    return start(command.toArray(String[]::new));
  }

  private Run start(String... command) throws Exception {
    Path output = Files.createTempFile("node", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(PATIENCE_IN_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command[0] + " runs on: " + Files.readString(output));
      }
      return new Run(
          process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static boolean isHere(String program) throws InterruptedException {
    try {
      return new ProcessBuilder(program, "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}

package dev.countersign.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A program in a JVM of its own, which says on its first line that it is ready. */
final class Jvm implements AutoCloseable {

  private final Process process;
  private final String firstLine;

  private Jvm(Process process, String firstLine) {
    this.process = process;
    this.firstLine = firstLine;
  }

  /** Starts a JVM and waits for its first line. */
  static Jvm start(List<String> arguments) throws IOException {
    Process process =
        new ProcessBuilder(command(arguments))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String line =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    if (line == null) {
      throw new IllegalStateException("This did not start: " + arguments);
    }
    return new Jvm(process, line);
  }

  /** Runs a JVM to its end. */
  static void run(List<String> arguments) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command(arguments))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("This ended with " + process.exitValue() + ": " + arguments);
    }
  }

  /** The jars of this program's class path whose names match, as a class path. */
  static String jars(String regex) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar"))
        .filter(entry -> Path.of(entry).getFileName().toString().matches(regex))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    return command;
  }

  String firstLine() {
    return firstLine;
  }

  /** The processor time that it has used by now. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** Asks it to end, and waits until it has: an archive of its classes is written then. */
  void end() throws InterruptedException {
    process.toHandle().destroy();
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

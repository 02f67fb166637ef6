package dev.countersign.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The simulator as a program, in a process of its own. */
final class ServedSimulator implements AutoCloseable {

  private final Process process;
  private final URI url;

  private ServedSimulator(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /** Starts it; its files go into a folder. */
  static ServedSimulator start(Path folder) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.countersign.simulator.cli.Main",
                "--port",
                "0",
                "--env-dir",
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    if (line == null || !line.contains("http://")) {
      process.destroy();
      throw new IllegalStateException("The simulator did not start: " + line);
    }
    return new ServedSimulator(process, URI.create(line.substring(line.indexOf("http://"))));
  }

  URI url() {
    return url;
  }

  @Override
  public void close() {
    process.destroy();
  }
}

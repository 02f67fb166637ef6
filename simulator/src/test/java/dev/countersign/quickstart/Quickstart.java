package dev.countersign.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Tells the story over HTTP and prints it: what {@code bin/quickstart} runs. */
public final class Quickstart {

  private Quickstart() {}

  /** Takes no arguments. */
  public static void main(String[] args) throws IOException {
    if (args.length > 0) {
      System.err.println("Usage: bin/quickstart");
      System.exit(2);
    }
    Transcript transcript = new Transcript(System.out);
    Path folder = Files.createTempDirectory("countersign-quickstart");
    try (Stage stage = Stage.overHttp()) {
      transcript.line("A service account of Dfns, against the simulator at " + stage.apiUrl());
      new Story(stage, folder, transcript).tell();
      transcript.line("\nAll of it went as told.");
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

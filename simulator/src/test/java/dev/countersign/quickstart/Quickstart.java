package dev.countersign.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Tells the story over HTTP and prints it: what {@code bin/quickstart} runs. */
public final class Quickstart {

  private Quickstart() {}

  /**
   * Takes nothing, or {@code --signer hsm}: then {@code DFNS_SIGNER} names the service account's
   * key.
   */
  public static void main(String[] args) throws IOException {
    boolean hsm = List.of(args).equals(List.of("--signer", "hsm"));
    if (args.length > 0 && !hsm) {
      System.err.println("Usage: bin/quickstart [--signer hsm]");
      System.exit(2);
    }
    String signer = System.getenv("DFNS_SIGNER");
    if (hsm && signer == null) {
      System.err.println("DFNS_SIGNER is not set; bin/quickstart --signer hsm sets it");
      System.exit(2);
    }
    Keys keys = hsm && signer != null ? new KeyOnToken(signer) : new KeyFiles();
    Transcript transcript = new Transcript(System.out);
    Path folder = Files.createTempDirectory("countersign-quickstart");
    try (Stage stage = Stage.overHttp()) {
      transcript.line("A service account of Dfns, against the simulator at " + stage.apiUrl());
      new Story(stage, keys, folder, transcript).tell();
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

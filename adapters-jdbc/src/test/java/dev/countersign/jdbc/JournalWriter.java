package dev.countersign.jdbc;

import dev.countersign.batch.JournalItem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * A process that opens an embedded journal, writes items and starts them, and says so of each,
 * until it is killed.
 */
final class JournalWriter {

  private JournalWriter() {}

  /** The process, to be started: its batch, and the journal's folder. */
  static ProcessBuilder program(String batch, Path folder) {
    return new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        JournalWriter.class.getName(),
        batch,
        folder.toString());
  }

  public static void main(String[] args) {
    JdbcJournal journal = JdbcJournal.embedded(Path.of(args[1]));
    long fence = journal.acquire(args[0], Duration.ofMinutes(10)).orElseThrow();
    String request = "x".repeat(8_000);
    for (int i = 1; ; i++) {
      String id = args[0] + ", item " + i + ".";
      journal.add(args[0], fence, JournalItem.of(id, "transferAsset", request, "f").build());
      if (journal.start(args[0], fence, id, Instant.EPOCH)) {
        System.out.println(id);
        System.out.flush();
      }
    }
  }
}

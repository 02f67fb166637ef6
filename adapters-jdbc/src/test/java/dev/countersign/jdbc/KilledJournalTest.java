package dev.countersign.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.batch.JournalItem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the embedded journal has acknowledged outlives its process, which is killed. */
@Timeout(120)
class KilledJournalTest {

  private static final int KILLS = 5;

  /**
   * So many before each kill, which is more than a megabyte of HSQLDB's log, and then those on
   * their way.
   */
  private static final int ITEMS = 60;

  private static final Duration LEASE = Duration.ofMinutes(10);

  @Test
  void whatWasAcknowledgedIsThereHoweverOftenTheProcessIsKilled(@TempDir Path temporary)
      throws Exception {
    Path folder = temporary.resolve("journal");
    checkpointAtEachMegabyte(folder);
    List<String> acknowledged = new ArrayList<>();
    for (int kill = 1; kill <= KILLS; kill++) {
      acknowledged.addAll(killed("batch " + kill, folder));

      try (JdbcJournal journal = JdbcJournal.embedded(folder)) {
        assertThat(started(journal)).containsSubsequence(acknowledged);
      }
    }
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILLS * ITEMS);
  }

  private static void checkpointAtEachMegabyte(Path folder) {
    EmbeddedDatabase database = EmbeddedDatabase.open(folder);
    try {
      database
          .transactions()
          .run(
              connection -> {
                try (Statement statement = connection.createStatement()) {
                  return statement.execute("SET FILES LOG SIZE 1");
                }
              });
    } finally {
      database.close();
    }
  }

  /** What the process said it had written, until it could say no more. */
  private static List<String> killed(String batch, Path folder)
      throws IOException, InterruptedException {
    Process writer = start(batch, folder);
    List<String> said = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        if (said.size() == ITEMS) {
          writer.toHandle().destroyForcibly();
        }
      }
    } finally {
      writer.destroyForcibly();
      assertThat(writer.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
    if (!said.isEmpty() && !said.get(said.size() - 1).endsWith(".")) {
      said.remove(said.size() - 1);
    }
    return said;
  }

  private static Process start(String batch, Path folder) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Writer.class.getName(),
            batch,
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static List<String> started(JdbcJournal journal) {
    List<String> started = new ArrayList<>();
    for (int kill = 1; kill <= KILLS; kill++) {
      journal.unfinished("batch " + kill, 0, Integer.MAX_VALUE).stream()
          .filter(item -> item.startedBy() > 0)
          .map(JournalItem::id)
          .forEach(started::add);
    }
    return started;
  }

  /** Writes items and starts them, and says so of each, until it is killed. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) {
      JdbcJournal journal = JdbcJournal.embedded(Path.of(args[1]));
      long fence = journal.acquire(args[0], LEASE).orElseThrow();
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
}

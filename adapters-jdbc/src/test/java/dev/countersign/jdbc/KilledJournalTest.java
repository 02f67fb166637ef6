package dev.countersign.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.batch.JournalItem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
    EmbeddedFolder.execute(folder, "SET FILES LOG SIZE 1");
  }

  /** What the process said it had written, until it could say no more. */
  private static List<String> killed(String batch, Path folder)
      throws IOException, InterruptedException {
    Process writer =
        JournalWriter.program(batch, folder).redirectError(ProcessBuilder.Redirect.INHERIT).start();
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
}

package dev.countersign.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.batch.BatchJournal;
import dev.countersign.batch.BatchJournalContract;
import dev.countersign.batch.JournalItem;
import dev.countersign.error.ServiceUnavailableException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The journal in a file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedJournalTest extends BatchJournalContract {

  private static final Duration LEASE = Duration.ofMinutes(10);

  private JdbcJournal journal;

  @BeforeAll
  void open(@TempDir Path folder) {
    journal = JdbcJournal.embedded(folder.resolve("journal"));
  }

  @AfterAll
  void close() {
    journal.close();
  }

  @Override
  protected BatchJournal journal() {
    return journal;
  }

  @Override
  protected void letASecondPass() throws InterruptedException {
    Thread.sleep(1_050);
  }

  @Test
  void whatWasWrittenIsThereWhenItIsOpenedAgain(@TempDir Path folder) {
    try (JdbcJournal first = JdbcJournal.embedded(folder.resolve("j"))) {
      long fence = first.acquire("b", LEASE).orElseThrow();
      first.add("b", fence, JournalItem.of("i", "transferAsset", "{}", "f").build());
    }
    try (JdbcJournal second = JdbcJournal.embedded(folder.resolve("j"))) {
      assertThat(second.unfinished("b", 0, 10)).extracting(JournalItem::id).containsExactly("i");
      assertThat(second.acquire("b", LEASE)).isEmpty();
    }
  }

  @Test
  void whatWasWrittenIsThereAfterAKill(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("j");
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream out = writer.getInputStream()) {
      assertThat(out.read()).isEqualTo('w');
    } finally {
      writer.destroyForcibly();
      assertThat(writer.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
    try (JdbcJournal journal = JdbcJournal.embedded(file)) {
      assertThat(journal.unfinished("b", 0, 10)).extracting(JournalItem::id).containsExactly("i");
    }
  }

  /** Writes an item, says so, and waits to be killed. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) throws InterruptedException {
      JdbcJournal journal = JdbcJournal.embedded(Path.of(args[0]));
      long fence = journal.acquire("b", LEASE).orElseThrow();
      journal.add("b", fence, JournalItem.of("i", "transferAsset", "{}", "f").build());
      System.out.print('w');
      System.out.flush();
      Thread.sleep(60_000);
    }
  }

  @Test
  void oneProcessHasTheFile(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("j");
    try (JdbcJournal first = JdbcJournal.embedded(file)) {
      assertThat(first.unfinished("b", 0, 1)).isEmpty();
      Process second =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Writer.class.getName(),
                  file.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(second.waitFor()).isNotZero();
      assertThat(said)
          .contains("ServiceUnavailableException: The journal's database did not do what it was");
    }
  }

  @Test
  void tablesOfALaterVersionAreLeftAlone(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("j");
    JdbcJournal.embedded(file).close();
    try (Connection connection =
            DriverManager.getConnection("jdbc:h2:file:" + file.toAbsolutePath(), "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO countersign_schema (version) VALUES (99)");
    }
    assertThatThrownBy(() -> JdbcJournal.embedded(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("version 99");
  }

  @Test
  void aPathCannotSmuggleSettings(@TempDir Path folder) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JdbcJournal.embedded(folder.resolve("j;INIT=RUNSCRIPT FROM 'x'")))
        .withMessageStartingWith("The path of a journal has no semicolon");
  }

  @Test
  void aFolderThatCannotBeIsSaid() {
    assertThatThrownBy(() -> JdbcJournal.embedded(Path.of("/proc/nowhere/j")))
        .isInstanceOf(ServiceUnavailableException.class);
  }
}

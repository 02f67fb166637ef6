package dev.countersign.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.batch.BatchJournal;
import dev.countersign.batch.BatchJournalContract;
import dev.countersign.batch.JournalItem;
import dev.countersign.error.ConfigurationException;
import dev.countersign.error.ServiceUnavailableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The journal in a folder. */
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
  void oneProcessHasTheFolder(@TempDir Path temporary) throws Exception {
    Path folder = temporary.resolve("j");
    try (JdbcJournal first = JdbcJournal.embedded(folder)) {
      assertThat(first.unfinished("b", 0, 1)).isEmpty();
      Process second = JournalWriter.program("b", folder).redirectErrorStream(true).start();
      String said = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(second.waitFor()).isNotZero();
      assertThat(said)
          .contains(
              "ServiceUnavailableException: The journal in "
                  + folder
                  + " is open already, in this process or another");
    }
  }

  @Test
  void oneJournalOfAProcessHasTheFolder(@TempDir Path temporary) {
    Path folder = temporary.resolve("j");
    try (JdbcJournal first = JdbcJournal.embedded(folder)) {
      assertThatThrownBy(() -> JdbcJournal.embedded(folder))
          .isInstanceOf(ServiceUnavailableException.class)
          .hasMessageEndingWith("is open already, in this process or another");
      assertThat(first.acquire("b", LEASE)).isPresent();
    }
  }

  @Test
  void aClosedJournalStaysClosed(@TempDir Path temporary) {
    Path folder = temporary.resolve("j");
    JdbcJournal closed = JdbcJournal.embedded(folder);
    closed.close();
    closed.close();
    assertThatThrownBy(() -> closed.unfinished("b", 0, 1))
        .isInstanceOf(ServiceUnavailableException.class)
        .hasRootCauseMessage("The journal is closed");
    JdbcJournal.embedded(folder).close();
  }

  @Test
  void anInterruptNeitherStopsAWriteNorIsLost(@TempDir Path temporary) {
    try (JdbcJournal journal = JdbcJournal.embedded(temporary.resolve("j"))) {
      long fence = journal.acquire("b", LEASE).orElseThrow();
      Thread.currentThread().interrupt();
      try {
        assertThat(journal.add("b", fence, item())).isPresent();
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
      assertThat(journal.unfinished("b", 0, 10)).hasSize(1);
    }
  }

  private static JournalItem item() {
    return JournalItem.of("i", "transferAsset", "{}", "f").build();
  }

  @Test
  void rowsAreOnTheDiskAndCommitsDoNotWait(@TempDir Path temporary) throws Exception {
    Path folder = temporary.resolve("j");
    for (int opened = 1; opened <= 2; opened++) {
      EmbeddedDatabase database = EmbeddedDatabase.open(folder);
      Schema.bringUpToDate(database.transactions());
      try {
        database.transactions().run(this::seeSettings);
      } finally {
        database.close();
      }
    }
  }

  private boolean seeSettings(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThat(
              texts(
                  statement,
                  "SELECT DISTINCT hsqldb_type FROM information_schema.system_tables"
                      + " WHERE table_name LIKE 'COUNTERSIGN%'"))
          .containsExactly("CACHED");
      assertThat(
              texts(
                  statement,
                  "SELECT property_value FROM information_schema.system_properties"
                      + " WHERE property_name = 'hsqldb.write_delay_millis'"))
          .containsExactly("0");
      return statement.execute("SET FILES WRITE DELAY 500 MILLIS");
    }
  }

  private static List<String> texts(Statement statement, String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  @Test
  void itIsItsOwnersAlone(@TempDir Path temporary) throws Exception {
    Path folder = temporary.resolve("a").resolve("j");
    JdbcJournal.embedded(folder).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");

    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x---"));
    assertThatThrownBy(() -> JdbcJournal.embedded(folder))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("run: chmod 700 " + folder);
  }

  @Test
  void tablesOfALaterVersionAreLeftAlone(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("j");
    JdbcJournal.embedded(file).close();
    EmbeddedFolder.execute(file, "INSERT INTO countersign_schema (version) VALUES (99)");
    assertThatThrownBy(() -> JdbcJournal.embedded(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("version 99");
  }

  @ParameterizedTest
  @ValueSource(strings = {"j;readonly=true", "${user.home}", "j?user=x", "j&password=x"})
  void aPathCannotSmuggleSettings(String name, @TempDir Path folder) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JdbcJournal.embedded(folder.resolve(name)))
        .withMessageStartingWith("The path of a journal has none of ; ${ ?user= &password=: ");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderThatCannotBeIsSaid() {
    assertThatThrownBy(() -> JdbcJournal.embedded(Path.of("/proc/nowhere/j")))
        .isInstanceOf(ServiceUnavailableException.class);
  }
}

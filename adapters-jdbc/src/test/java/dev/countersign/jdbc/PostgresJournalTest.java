package dev.countersign.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.batch.BatchJournal;
import dev.countersign.batch.BatchJournalContract;
import dev.countersign.error.ServiceUnavailableException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The same SQL on PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PostgresJournalTest extends BatchJournalContract {

  private PostgresServer server;
  private JdbcJournal journal;

  @BeforeAll
  void start() throws Exception {
    server = PostgresServer.start();
    journal = openByManyAtOnce().get(0);
  }

  @AfterAll
  void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  private List<JdbcJournal> openByManyAtOnce() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(6);
    try {
      List<Future<JdbcJournal>> opening = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        opening.add(pool.submit(() -> JdbcJournal.over(server.source())));
      }
      List<JdbcJournal> opened = new ArrayList<>();
      for (Future<JdbcJournal> one : opening) {
        opened.add(one.get());
      }
      return opened;
    } finally {
      pool.shutdownNow();
    }
  }

  @Override
  protected BatchJournal journal() {
    return journal;
  }

  @Test
  void tablesAreMadeOnceHoweverManyOpenAtOnce() throws Exception {
    assertThat(openByManyAtOnce()).hasSize(6);
    try (Connection connection = server.source().getConnection();
        Statement statement = connection.createStatement();
        ResultSet versions = statement.executeQuery("SELECT COUNT(*) FROM countersign_schema")) {
      versions.next();
      assertThat(versions.getInt(1)).isEqualTo(1);
    }
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void aDatabaseThatIsGoneIsSaidToBe() throws Exception {
    server.stop();

    assertThatThrownBy(() -> journal.acquire("gone", Duration.ofMinutes(1)))
        .isInstanceOf(ServiceUnavailableException.class)
        .hasMessageStartingWith(
            "The journal's database did not do what it was asked (SQL state 08");
  }
}

package dev.countersign.jdbc;

import dev.countersign.error.ServiceUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables, in versions: each is brought about by statements that may be run again, and noted
 * when they have run. A version that was ever released is never changed; what changes is a next
 * one.
 */
final class Schema {

  private static final String VERSIONS =
      "CREATE TABLE IF NOT EXISTS countersign_schema (version INTEGER PRIMARY KEY)";

  private static final List<List<String>> STEPS =
      List.of(
          List.of(
              """
              CREATE TABLE IF NOT EXISTS countersign_batch (
                id VARCHAR(200) PRIMARY KEY,
                fence BIGINT NOT NULL,
                leased_until TIMESTAMP(6) WITH TIME ZONE NOT NULL)""",
              """
              CREATE TABLE IF NOT EXISTS countersign_batch_item (
                place BIGINT GENERATED ALWAYS AS IDENTITY (START WITH 1) PRIMARY KEY,
                batch_id VARCHAR(200) NOT NULL REFERENCES countersign_batch (id),
                item_id VARCHAR(200) NOT NULL,
                operation VARCHAR(200) NOT NULL,
                request TEXT NOT NULL,
                fingerprint VARCHAR(200) NOT NULL,
                order_key VARCHAR(200),
                external_id TEXT,
                started_by BIGINT NOT NULL,
                started_at TIMESTAMP(6) WITH TIME ZONE,
                ended VARCHAR(30),
                entity_id TEXT,
                reason TEXT,
                ended_at TIMESTAMP(6) WITH TIME ZONE,
                UNIQUE (batch_id, item_id))""",
              """
              CREATE INDEX IF NOT EXISTS countersign_batch_item_places
                ON countersign_batch_item (batch_id, place)"""));

  /** Processes that start at once get in each other's way; one of them wins each time. */
  private static final int ATTEMPTS = 10;

  private Schema() {}

  static void bringUpToDate(Transactions transactions) {
    for (int attempt = 1; ; attempt++) {
      try {
        migrate(transactions);
        return;
      } catch (ServiceUnavailableException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static void migrate(Transactions transactions) {
    transactions.run(
        connection -> {
          execute(connection, VERSIONS);
          return VERSIONS;
        });
    int version = transactions.run(Schema::version);
    if (version > STEPS.size()) {
      throw new IllegalStateException(
          "The journal's tables are of version "
              + version
              + ", and this library knows them up to version "
              + STEPS.size()
              + ": use a newer one");
    }
    for (int next = version + 1; next <= STEPS.size(); next++) {
      int step = next;
      transactions.run(connection -> run(connection, step));
    }
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT COALESCE(MAX(version), 0) FROM countersign_schema")) {
      result.next();
      return result.getInt(1);
    }
  }

  private static int run(Connection connection, int version) throws SQLException {
    for (String statement : STEPS.get(version - 1)) {
      execute(connection, statement);
    }
    try (PreparedStatement note =
        connection.prepareStatement("INSERT INTO countersign_schema (version) VALUES (?)")) {
      note.setInt(1, version);
      return note.executeUpdate();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

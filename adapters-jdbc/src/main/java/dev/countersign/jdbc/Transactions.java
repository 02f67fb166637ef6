package dev.countersign.jdbc;

import dev.countersign.error.ServiceUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs work on a connection of its own, whole or not at all. */
final class Transactions {

  private final DataSource source;
  private final @Nullable String afterCommit;

  /**
   * Transactions over a data source.
   *
   * @param afterCommit a statement that makes a commit last, where a commit alone does not
   */
  Transactions(DataSource source, @Nullable String afterCommit) {
    this.source = source;
    this.afterCommit = afterCommit;
  }

  /** Work that may change something. */
  <R> R change(Work<R> work) {
    try (Connection connection = source.getConnection()) {
      R result = commit(connection, work);
      if (afterCommit != null) {
        try (Statement statement = connection.createStatement()) {
          statement.execute(afterCommit);
        }
      }
      return result;
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  /** Work that only reads. */
  <R> R read(Work<R> work) {
    try (Connection connection = source.getConnection()) {
      return commit(connection, work);
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  private static <R> R commit(Connection connection, Work<R> work) throws SQLException {
    connection.setAutoCommit(false);
    boolean done = false;
    try {
      R result = work.on(connection);
      connection.commit();
      done = true;
      return result;
    } finally {
      if (!done) {
        connection.rollback();
      }
      connection.setAutoCommit(true);
    }
  }

  static ServiceUnavailableException unavailable(SQLException cause) {
    return new ServiceUnavailableException(
        "The journal's database did not do what it was asked (SQL state "
            + cause.getSQLState()
            + "); its own error is the cause",
        cause);
  }

  /** What is done on a connection. */
  @FunctionalInterface
  interface Work<R> {
    R on(Connection connection) throws SQLException;
  }
}

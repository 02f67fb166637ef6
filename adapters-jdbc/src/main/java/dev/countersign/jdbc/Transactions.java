package dev.countersign.jdbc;

import dev.countersign.error.ServiceUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Runs work on a connection of its own, whole or not at all. */
final class Transactions {

  private final Connections connections;
  private final Executor executor;

  Transactions(Connections connections, Executor executor) {
    this.connections = connections;
    this.executor = executor;
  }

  /** What the work comes to, once it is committed. */
  <R> R run(Work<R> work) {
    return on(executor, () -> connected(work));
  }

  /** What it comes to elsewhere; an interrupt neither ends the wait nor is it lost. */
  static <R> R on(Executor executor, Supplier<R> work) {
    try {
      return CompletableFuture.supplyAsync(work, executor).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException own) {
        throw own;
      }
      throw e;
    }
  }

  private <R> R connected(Work<R> work) {
    try (Connection connection = connections.open()) {
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

  /** Where a connection comes from; whoever gets it closes it. */
  @FunctionalInterface
  interface Connections {
    Connection open() throws SQLException;
  }

  /** What is done on a connection. */
  @FunctionalInterface
  interface Work<R> {
    R on(Connection connection) throws SQLException;
  }
}

package dev.countersign.jdbc;

import dev.countersign.error.ConfigurationException;
import dev.countersign.error.ServiceUnavailableException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.hsqldb.jdbc.JDBCDataSource;

/** A database in a folder, kept by HSQLDB. */
final class EmbeddedDatabase {

  /** What means something to HSQLDB in a path: settings, system properties, who connects. */
  private static final List<String> SPECIAL = List.of(";", "${", "?user=", "&password=");

  /**
   * The folder is locked by {@link OwnersFolder}: HSQLDB's own lock outlives a kill by ten seconds.
   */
  private static final String NO_LOCK = ";hsqldb.lock_file=false";

  /** Each holds for this opening, whatever an earlier one said. */
  private static final List<String> SETTINGS =
      List.of(
          // a commit is on the disk before it returns; HSQLDB's own choice is half a second later
          "SET FILES WRITE DELAY FALSE",
          // rows stay on the disk until they are asked for, and not all in memory
          "SET DATABASE DEFAULT TABLE TYPE CACHED",
          // it has TEXT then
          "SET DATABASE SQL SYNTAX PGS TRUE");

  private final OwnersFolder folder;
  private final DataSource source;
  private final Lock lock = new ReentrantLock();
  private boolean closed;

  private EmbeddedDatabase(OwnersFolder folder, DataSource source) {
    this.folder = folder;
    this.source = source;
  }

  static EmbeddedDatabase open(Path path) {
    String database = path.toAbsolutePath().resolve("journal").toString();
    if (SPECIAL.stream().anyMatch(database::contains)) {
      throw new IllegalArgumentException(
          "The path of a journal has none of " + String.join(" ", SPECIAL) + ": " + path);
    }
    DataSource source = source("jdbc:hsqldb:file:" + database + NO_LOCK);
    OwnersFolder folder = OwnersFolder.take(path);
    EmbeddedDatabase opened = new EmbeddedDatabase(folder, source);
    try {
      opened.execute(SETTINGS);
      return opened;
    } catch (SQLException e) {
      folder.close();
      throw new ServiceUnavailableException(
          "The journal in "
              + path
              + " cannot be opened (SQL state "
              + e.getSQLState()
              + "); the database's own error is the cause",
          e);
    }
  }

  private static DataSource source(String url) {
    try {
      JDBCDataSource source = new JDBCDataSource();
      source.setURL(url);
      source.setUser("SA");
      source.setPassword("");
      return source;
    } catch (NoClassDefFoundError e) {
      throw new ConfigurationException(
          "An embedded journal needs HSQLDB: put org.hsqldb:hsqldb on the class path, or give"
              + " JdbcJournal.over a database of your own");
    }
  }

  /** A connection; none once it is closed, since the first one to a closed database opens it. */
  Connection connect() throws SQLException {
    lock.lock();
    try {
      if (closed) {
        throw new SQLNonTransientConnectionException("The journal is closed", "08003");
      }
      return source.getConnection();
    } finally {
      lock.unlock();
    }
  }

  /** Ends it, and what is under way in it, and lets another process have the folder. */
  void close() {
    lock.lock();
    try {
      if (!closed) {
        execute(List.of("SHUTDOWN"));
      }
    } catch (SQLException e) {
      throw Transactions.unavailable(e);
    } finally {
      closed = true;
      folder.close();
      lock.unlock();
    }
  }

  private void execute(List<String> statements) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}

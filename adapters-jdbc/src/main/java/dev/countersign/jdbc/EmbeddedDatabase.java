package dev.countersign.jdbc;

import dev.countersign.error.ConfigurationException;
import dev.countersign.error.ServiceUnavailableException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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

  private static final Duration IDLE = Duration.ofSeconds(10);

  private final OwnersFolder folder;
  private final DataSource source;
  private final Executor thread = oneThread();
  private final AtomicBoolean closed = new AtomicBoolean();

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
      opened.transactions().run(connection -> execute(connection, SETTINGS));
      return opened;
    } catch (ServiceUnavailableException e) {
      folder.close();
      throw e;
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

  /** Nobody waits for it when a program ends, nor is it there while it has nothing to do. */
  private static Executor oneThread() {
    ThreadPoolExecutor thread =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread made = new Thread(task, "countersign-journal");
              made.setDaemon(true);
              return made;
            });
    thread.allowCoreThreadTimeOut(true);
    return thread;
  }

  /** One after the other, on a thread that nobody interrupts: HSQLDB would forget it. */
  Transactions transactions() {
    return new Transactions(this::connect, thread);
  }

  /** None once it is closed, since the first connection to a closed database opens it. */
  private Connection connect() throws SQLException {
    if (closed.get()) {
      throw new SQLNonTransientConnectionException("The journal is closed", "08003");
    }
    return source.getConnection();
  }

  /** Ends it after what is under way, and lets another process have the folder. */
  void close() {
    Transactions.on(
        thread,
        () -> {
          if (closed.compareAndSet(false, true)) {
            shutDown();
          }
          return closed;
        });
  }

  private void shutDown() {
    try (Connection connection = source.getConnection()) {
      execute(connection, List.of("SHUTDOWN"));
    } catch (SQLException e) {
      throw Transactions.unavailable(e);
    } finally {
      folder.close();
    }
  }

  private static int execute(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return statements.size();
  }
}

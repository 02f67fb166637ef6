package dev.countersign.jdbc;

import dev.countersign.error.ConfigurationException;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** A database in a file, kept by H2. */
final class EmbeddedDatabase {

  /** H2 writes a commit to the file; this lets the disk have it too. */
  static final String AFTER_COMMIT = "CHECKPOINT SYNC";

  private final JdbcConnectionPool pool;

  private EmbeddedDatabase(JdbcConnectionPool pool) {
    this.pool = pool;
  }

  static EmbeddedDatabase open(Path file) {
    String path = file.toAbsolutePath().toString();
    if (path.contains(";")) {
      throw new IllegalArgumentException("The path of a journal has no semicolon: " + path);
    }
    try {
      // without the delay of half a second that H2 has unless told otherwise, and that a kill loses
      return new EmbeddedDatabase(
          JdbcConnectionPool.create(
              "jdbc:h2:file:" + path + ";WRITE_DELAY=0;TRACE_LEVEL_FILE=0", "sa", ""));
    } catch (NoClassDefFoundError e) {
      throw new ConfigurationException(
          "An embedded journal needs H2: put com.h2database:h2 on the class path, or give"
              + " JdbcJournal.over a database of your own");
    }
  }

  DataSource source() {
    return pool;
  }

  void close() {
    pool.dispose();
  }
}

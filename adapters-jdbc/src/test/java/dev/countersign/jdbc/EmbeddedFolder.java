package dev.countersign.jdbc;

import java.nio.file.Path;
import java.sql.Statement;

/** The database in a folder, without its journal. */
final class EmbeddedFolder {

  private EmbeddedFolder() {}

  static void execute(Path folder, String sql) {
    EmbeddedDatabase database = EmbeddedDatabase.open(folder);
    try {
      database
          .transactions()
          .run(
              connection -> {
                try (Statement statement = connection.createStatement()) {
                  return statement.execute(sql);
                }
              });
    } finally {
      database.close();
    }
  }
}

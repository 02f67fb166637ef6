package dev.countersign.jdbc;

import dev.countersign.batch.BatchJournal;
import dev.countersign.batch.ItemEnd;
import dev.countersign.batch.JournalItem;
import dev.countersign.batch.RecordedEnd;
import dev.countersign.error.ServiceUnavailableException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A journal in tables {@code countersign_…} of a database: PostgreSQL, which a fleet shares, or
 * HSQLDB in a folder, which is one process's. Leases run out by the database's clock, to the
 * second. Nothing is ever deleted: what a batch was stays until its rows are taken out by hand, and
 * a batch that is submitted without them is sent anew.
 *
 * <p>Safe for use by several threads. Each method takes a connection and gives it back; a pool
 * behind the data source makes that cheap.
 */
public final class JdbcJournal implements BatchJournal, AutoCloseable {

  private static final String DUPLICATE = "23505";
  private static final int MAX_ID = 200;

  private final Transactions transactions;
  private final Runnable close;

  private JdbcJournal(Transactions transactions, Runnable close) {
    this.transactions = transactions;
    this.close = close;
  }

  /**
   * A journal in a database of the caller's, who closes it; tables that are missing are made. The
   * database has to make a commit last, as PostgreSQL does unless {@code synchronous_commit} is
   * off.
   *
   * @throws dev.countersign.error.ServiceUnavailableException if the database does not answer
   */
  public static JdbcJournal over(DataSource source) {
    return open(new Transactions(source::getConnection, Runnable::run), () -> {});
  }

  /**
   * A journal in a folder of its own that HSQLDB keeps; {@code org.hsqldb:hsqldb} has to be on the
   * class path. Each change is on the disk when its method returns. One journal at a time has the
   * folder. It holds who is paid what: it is made for its owner alone.
   *
   * @param folder where; made if it is missing
   * @throws dev.countersign.error.ConfigurationException if HSQLDB is not there, or others than the
   *     folder's owner may enter it
   * @throws dev.countersign.error.ServiceUnavailableException if the folder cannot be opened, for
   *     example because another process has it; and, with a journal that is closed, at each use
   */
  public static JdbcJournal embedded(Path folder) {
    EmbeddedDatabase database = EmbeddedDatabase.open(folder);
    try {
      return open(database.transactions(), database::close);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static JdbcJournal open(Transactions transactions, Runnable close) {
    Schema.bringUpToDate(transactions);
    return new JdbcJournal(transactions, close);
  }

  @Override
  public OptionalLong acquire(String batchId, Duration lease) {
    requireName(batchId);
    makeBatch(batchId);
    return transactions.run(
        connection -> {
          boolean taken = update(connection, Sql.ACQUIRE, seconds(lease), batchId) == 1;
          return taken ? OptionalLong.of(fence(connection, batchId)) : OptionalLong.empty();
        });
  }

  @Override
  public boolean renew(String batchId, long fence, Duration lease) {
    return transactions.run(
        connection -> update(connection, Sql.RENEW, seconds(lease), batchId, fence) == 1);
  }

  @Override
  public void release(String batchId, long fence) {
    transactions.run(connection -> update(connection, Sql.RELEASE, batchId, fence));
  }

  @Override
  public Optional<JournalItem> add(String batchId, long fence, JournalItem item) {
    return transactions.run(
        connection -> {
          if (!holds(connection, batchId, fence)) {
            return Optional.empty();
          }
          Optional<JournalItem> kept = find(connection, batchId, item.id());
          if (kept.isPresent()) {
            return kept;
          }
          update(
              connection,
              Sql.ADD,
              batchId,
              item.id(),
              item.operation(),
              item.request(),
              item.fingerprint(),
              item.orderKey().orElse(null),
              item.externalId().orElse(null));
          return find(connection, batchId, item.id());
        });
  }

  @Override
  public boolean start(String batchId, long fence, String itemId, Instant at) {
    return transactions.run(
        connection ->
            holds(connection, batchId, fence)
                && update(connection, Sql.START, fence, utc(at), batchId, itemId, fence) == 1);
  }

  @Override
  public void putBack(String batchId, long fence, String itemId) {
    transactions.run(connection -> update(connection, Sql.PUT_BACK, batchId, itemId, fence));
  }

  @Override
  public void end(String batchId, String itemId, RecordedEnd end) {
    String name = end.end().name();
    transactions.run(
        connection ->
            update(
                connection,
                Sql.END,
                name,
                end.entityId().orElse(null),
                end.reason().orElse(null),
                utc(end.at()),
                batchId,
                itemId,
                name));
  }

  @Override
  public List<JournalItem> unfinished(String batchId, long after, int limit) {
    return transactions.run(connection -> items(connection, Sql.UNFINISHED, batchId, after, limit));
  }

  /** Closes what {@link #embedded} opened; a data source of the caller's stays open. */
  @Override
  public void close() {
    close.run();
  }

  private void makeBatch(String batchId) {
    try {
      transactions.run(connection -> update(connection, Sql.NEW_BATCH, batchId, batchId));
    } catch (ServiceUnavailableException e) {
      if (!(e.getCause() instanceof SQLException cause) || !DUPLICATE.equals(cause.getSQLState())) {
        throw e;
      }
    }
  }

  private static boolean holds(Connection connection, String batchId, long fence)
      throws SQLException {
    return update(connection, Sql.HOLD, batchId, fence) == 1;
  }

  private static long fence(Connection connection, String batchId) throws SQLException {
    try (PreparedStatement statement = prepare(connection, Sql.FENCE, batchId);
        ResultSet result = statement.executeQuery()) {
      return result.next() ? result.getLong(1) : 0;
    }
  }

  private static Optional<JournalItem> find(Connection connection, String batchId, String itemId)
      throws SQLException {
    return items(connection, Sql.FIND, batchId, itemId).stream().findFirst();
  }

  private static List<JournalItem> items(
      Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
    List<JournalItem> items = new ArrayList<>();
    try (PreparedStatement statement = prepare(connection, sql, parameters);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        items.add(item(row));
      }
    }
    return items;
  }

  private static JournalItem item(ResultSet row) throws SQLException {
    return JournalItem.of(
            row.getString("item_id"),
            row.getString("operation"),
            row.getString("request"),
            row.getString("fingerprint"))
        .orderKey(row.getString("order_key"))
        .externalId(row.getString("external_id"))
        .position(row.getLong("place"))
        .started(row.getLong("started_by"), instant(row, "started_at"))
        .end(end(row))
        .build();
  }

  private static @Nullable RecordedEnd end(ResultSet row) throws SQLException {
    String ended = row.getString("ended");
    Instant at = instant(row, "ended_at");
    return ended == null || at == null
        ? null
        : RecordedEnd.of(
            ItemEnd.valueOf(ended), row.getString("entity_id"), row.getString("reason"), at);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static int update(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  private static PreparedStatement prepare(
      Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static int seconds(Duration lease) {
    return Math.toIntExact(Math.max(1, lease.toSeconds()));
  }

  private static void requireName(String batchId) {
    if (batchId.isBlank()
        || batchId.length() > MAX_ID
        || batchId.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "A batch's id has 1 to " + MAX_ID + " characters, not " + batchId.length());
    }
  }

  @Override
  public String toString() {
    return "JdbcJournal";
  }
}

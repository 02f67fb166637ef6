package dev.countersign.jdbc;

/** What is said to the database: the same to HSQLDB and PostgreSQL. */
final class Sql {

  static final String NEW_BATCH =
      """
      INSERT INTO countersign_batch (id, fence, leased_until)
      SELECT CAST(? AS VARCHAR(200)), 0,
        CAST('1970-01-01 00:00:00+00:00' AS TIMESTAMP(6) WITH TIME ZONE)
      FROM (VALUES (1)) AS one (n)
      WHERE NOT EXISTS (SELECT 1 FROM countersign_batch WHERE id = ?)""";

  static final String ACQUIRE =
      """
      UPDATE countersign_batch
      SET fence = fence + 1,
        leased_until = CURRENT_TIMESTAMP + CAST(? AS INTEGER) * INTERVAL '1' SECOND
      WHERE id = ? AND leased_until <= CURRENT_TIMESTAMP""";

  static final String RENEW =
      """
      UPDATE countersign_batch
      SET leased_until = CURRENT_TIMESTAMP + CAST(? AS INTEGER) * INTERVAL '1' SECOND
      WHERE id = ? AND fence = ?""";

  static final String RELEASE =
      """
      UPDATE countersign_batch
      SET leased_until = CAST('1970-01-01 00:00:00+00:00' AS TIMESTAMP(6) WITH TIME ZONE)
      WHERE id = ? AND fence = ?""";

  static final String FENCE = "SELECT fence FROM countersign_batch WHERE id = ?";

  /**
   * Whoever wants the lease waits until this transaction is over, and sees what it did. It changes
   * nothing; a row that is selected {@code FOR UPDATE} is locked by PostgreSQL alone.
   */
  static final String HOLD =
      "UPDATE countersign_batch SET fence = fence WHERE id = ? AND fence = ?";

  static final String ADD =
      """
      INSERT INTO countersign_batch_item
        (batch_id, item_id, operation, request, fingerprint, order_key, external_id, started_by)
      VALUES (?, ?, ?, ?, ?, ?, ?, 0)""";

  private static final String ITEM =
      """
      SELECT place, item_id, operation, request, fingerprint, order_key, external_id, started_by,
        started_at, ended, entity_id, reason, ended_at
      FROM countersign_batch_item
      """;

  static final String FIND = ITEM + "WHERE batch_id = ? AND item_id = ?";

  static final String UNFINISHED =
      ITEM
          + """
          WHERE batch_id = ? AND place > ? AND ended IS NULL
          ORDER BY place
          FETCH FIRST ? ROWS ONLY""";

  static final String START =
      """
      UPDATE countersign_batch_item
      SET started_by = ?, started_at = ?
      WHERE batch_id = ? AND item_id = ? AND ended IS NULL AND started_by < ?""";

  static final String PUT_BACK =
      """
      UPDATE countersign_batch_item
      SET started_by = 0, started_at = NULL
      WHERE batch_id = ? AND item_id = ? AND ended IS NULL AND started_by = ?""";

  static final String END =
      """
      UPDATE countersign_batch_item
      SET ended = ?, entity_id = ?, reason = ?, ended_at = ?
      WHERE batch_id = ? AND item_id = ? AND (ended IS NULL OR (ended = 'UNKNOWN' AND ? <> 'UNKNOWN'))""";

  private Sql() {}
}

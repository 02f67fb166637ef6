package dev.countersign.batch;

import dev.countersign.error.DfnsException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of one item in a run. Immutable.
 *
 * @param <T> what Dfns answers
 */
public final class ItemResult<T> {

  private final String itemId;
  private final @Nullable JournalItem item;
  private final ItemEnd end;
  private final @Nullable T value;
  private final @Nullable DfnsException failure;
  private final @Nullable RecordedEnd recorded;
  private final @Nullable String reason;
  private final boolean earlier;

  private ItemResult(
      String itemId,
      @Nullable JournalItem item,
      ItemEnd end,
      @Nullable T value,
      @Nullable DfnsException failure,
      @Nullable RecordedEnd recorded,
      @Nullable String reason,
      boolean earlier) {
    this.itemId = Objects.requireNonNull(itemId, "itemId");
    this.item = item;
    this.end = end;
    this.value = value;
    this.failure = failure;
    this.recorded = recorded;
    this.reason = reason;
    this.earlier = earlier;
  }

  /** One that was not begun. */
  static <T> ItemResult<T> notBegun(String itemId, @Nullable JournalItem item, String reason) {
    return new ItemResult<>(itemId, item, ItemEnd.NOT_BEGUN, null, null, null, reason, false);
  }

  /** One that had ended before, in this process or another. */
  static <T> ItemResult<T> earlier(JournalItem item, RecordedEnd end) {
    return new ItemResult<>(
        item.id(), item, end.end(), null, null, end, end.reason().orElse(null), true);
  }

  /** One that Dfns answered. */
  static <T> ItemResult<T> answered(JournalItem item, RecordedEnd end, T value) {
    return new ItemResult<>(item.id(), item, end.end(), value, null, end, null, false);
  }

  /** One that failed. */
  static <T> ItemResult<T> failed(
      JournalItem item,
      ItemEnd end,
      @Nullable RecordedEnd recorded,
      @Nullable DfnsException failure,
      String reason) {
    return new ItemResult<>(item.id(), item, end, null, failure, recorded, reason, false);
  }

  /** The item's id. */
  public String itemId() {
    return itemId;
  }

  /** What became of it. */
  public ItemEnd end() {
    return end;
  }

  /** What Dfns answered, if it was answered in this run. */
  public Optional<T> value() {
    return Optional.ofNullable(value);
  }

  /** The id of the entity or change request, also of one that ended in an earlier run. */
  public Optional<String> entityId() {
    return recorded == null ? Optional.empty() : recorded.entityId();
  }

  /** Why it is not done, in a sentence for people. */
  public Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  /** The error that it ended with in this run. */
  public Optional<DfnsException> failure() {
    return Optional.ofNullable(failure);
  }

  /** The operation's name in the API, unless the item never got into the journal. */
  public Optional<String> operation() {
    return Optional.ofNullable(item).map(JournalItem::operation);
  }

  /** The {@code externalId} in the request: what to look for where the end is unknown. */
  public Optional<String> externalId() {
    return Optional.ofNullable(item).flatMap(JournalItem::externalId);
  }

  /** The frozen request, as {@link dev.countersign.call.Calls#resume} takes it. */
  public Optional<String> request() {
    return Optional.ofNullable(item).map(JournalItem::request);
  }

  /** When it was sent first in this run, or last in an earlier one. */
  public Optional<Instant> startedAt() {
    return Optional.ofNullable(item).flatMap(JournalItem::startedAt);
  }

  /** Whether it had ended before this run, which then sent nothing. */
  public boolean isEarlier() {
    return earlier;
  }

  @Override
  public String toString() {
    return itemId + " " + end + (reason == null ? "" : ": " + reason);
  }
}

package dev.countersign.batch;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an item ended, as a journal keeps it. Immutable; it holds nothing secret, and so not the
 * answer itself, which may.
 */
public final class RecordedEnd {

  private final ItemEnd end;
  private final @Nullable String entityId;
  private final @Nullable String reason;
  private final Instant at;

  private RecordedEnd(ItemEnd end, @Nullable String entityId, @Nullable String reason, Instant at) {
    if (!end.isRecorded()) {
      throw new IllegalArgumentException("A journal records no end " + end);
    }
    this.end = end;
    this.entityId = entityId;
    this.reason = reason;
    this.at = Objects.requireNonNull(at, "at");
  }

  /**
   * An end.
   *
   * @param entityId the id of what Dfns answered with, if it had one
   * @param reason a sentence for people, where it is not done
   * @param at when it was known, by the caller's clock
   * @throws IllegalArgumentException if a journal does not keep this kind of end
   */
  public static RecordedEnd of(
      ItemEnd end, @Nullable String entityId, @Nullable String reason, Instant at) {
    return new RecordedEnd(end, entityId, reason, at);
  }

  /** What became of it. */
  public ItemEnd end() {
    return end;
  }

  /** The id of the entity or change request, if there is one. */
  public Optional<String> entityId() {
    return Optional.ofNullable(entityId);
  }

  /** Why, where it is not done. */
  public Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  /** When it was known, by the clock of whoever recorded it. */
  public Instant at() {
    return at;
  }

  /** Whether it takes the place of another end: a certain one that of an unknown one. */
  public boolean replaces(@Nullable RecordedEnd before) {
    return before == null || (before.end == ItemEnd.UNKNOWN && end != ItemEnd.UNKNOWN);
  }

  @Override
  public String toString() {
    return end + (entityId == null ? "" : " " + entityId) + (reason == null ? "" : ": " + reason);
  }
}

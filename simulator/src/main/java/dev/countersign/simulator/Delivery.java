package dev.countersign.simulator;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One attempt to deliver an event to a webhook, as it was when it was asked for. Immutable. */
public final class Delivery {

  private static final int SUCCESS = 200;

  private final String eventId;
  private final String webhookId;
  private final String kind;
  private final int attempt;
  private final @Nullable String retryOf;
  private final @Nullable Integer status;
  private final @Nullable String error;
  private final @Nullable Instant nextAttempt;

  /**
   * An attempt, as {@link Deliveries} and the control API tell of it.
   *
   * @param retryOf the first attempt's event; null if this is the first
   * @param status null if nothing was answered, or nothing yet
   * @param error why there was no answer; null if there was, or none yet
   * @param nextAttempt null if it is not tried again
   */
  public Delivery(
      String eventId,
      String webhookId,
      String kind,
      int attempt,
      @Nullable String retryOf,
      @Nullable Integer status,
      @Nullable String error,
      @Nullable Instant nextAttempt) {
    this.eventId = Objects.requireNonNull(eventId, "eventId");
    this.webhookId = Objects.requireNonNull(webhookId, "webhookId");
    this.kind = Objects.requireNonNull(kind, "kind");
    this.attempt = attempt;
    this.retryOf = retryOf;
    this.status = status;
    this.error = error;
    this.nextAttempt = nextAttempt;
  }

  /** The event's identifier, {@code whe-…}, another one for each attempt. */
  public String eventId() {
    return eventId;
  }

  /** The webhook's identifier, {@code wh-…}. */
  public String webhookId() {
    return webhookId;
  }

  /** The event's kind, such as {@code wallet.created}. */
  public String kind() {
    return kind;
  }

  /** Which attempt it is, from 1; 0 for one that must not leave the machine. */
  public int attempt() {
    return attempt;
  }

  /** The first attempt's event, if this is a later one. */
  public Optional<String> retryOf() {
    return Optional.ofNullable(retryOf);
  }

  /** The HTTP status that was answered; empty if there was no answer, or is none yet. */
  public Optional<Integer> status() {
    return Optional.ofNullable(status);
  }

  /** Why there was no answer. */
  public Optional<String> error() {
    return Optional.ofNullable(error);
  }

  /** When it is tried again, if it is. */
  public Optional<Instant> nextAttempt() {
    return Optional.ofNullable(nextAttempt);
  }

  /** Whether the receiver has it. */
  public boolean isDelivered() {
    return status != null && status == SUCCESS;
  }

  /** Event, kind and attempt, and how it ended; nothing of the event's data. */
  @Override
  public String toString() {
    return eventId
        + " "
        + kind
        + ", attempt "
        + attempt
        + ": "
        + status().map(String::valueOf).or(this::error).orElse("under way");
  }
}

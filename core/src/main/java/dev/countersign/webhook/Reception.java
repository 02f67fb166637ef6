package dev.countersign.webhook;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a delivery: how it is to be answered and, for the log, why. Immutable; holds
 * nothing of the delivery's body but the event's id.
 */
public final class Reception {

  private final int status;
  private final String reason;
  private final @Nullable RuntimeException failure;

  private Reception(int status, String reason, @Nullable RuntimeException failure) {
    this.status = status;
    this.reason = Objects.requireNonNull(reason, "reason");
    this.failure = failure;
  }

  static Reception of(int status, String reason) {
    return new Reception(status, reason, null);
  }

  static Reception failed(int status, String reason, RuntimeException failure) {
    return new Reception(status, reason, failure);
  }

  /**
   * The HTTP status to answer with, without a body: 200 if the event is handled, now or before; 401
   * if the delivery was refused; 500 if handling it failed, and 503 if somebody else is handling it
   * or nobody can tell: then Dfns tries again.
   */
  public int status() {
    return status;
  }

  /** Why, in a sentence for the log, never for the sender. */
  public String reason() {
    return reason;
  }

  /** What the handler or the log of deliveries threw, if one did. */
  public Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public String toString() {
    return status + ": " + reason;
  }
}

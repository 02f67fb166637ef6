package dev.countersign.error;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that changes something was sent, and no answer tells whether it took effect: it may
 * have.
 *
 * <p>Do not repeat it blindly. With an {@code externalId} the identical request may be repeated
 * (Dfns then answers with the first one's entity); without one, look for the effect first.
 */
public final class OutcomeUnknownException extends DfnsException {

  private static final long serialVersionUID = 1L;

  private final String operation;
  private final @Nullable String externalId;
  private final Instant sentAt;

  /** An error for one operation that was sent at {@code sentAt}, by the caller's clock. */
  public OutcomeUnknownException(
      String message,
      String operation,
      @Nullable String externalId,
      Instant sentAt,
      @Nullable Throwable cause) {
    super(message, cause);
    this.operation = Objects.requireNonNull(operation, "operation");
    this.externalId = externalId;
    this.sentAt = Objects.requireNonNull(sentAt, "sentAt");
  }

  /** The operation's name in the API, such as {@code transferAsset}. */
  public String operation() {
    return operation;
  }

  /** The {@code externalId} that was in the request, if there was one. */
  public Optional<String> externalId() {
    return Optional.ofNullable(externalId);
  }

  /** When the request was sent, by the caller's clock. */
  public Instant sentAt() {
    return sentAt;
  }
}

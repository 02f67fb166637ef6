package dev.countersign.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A read failed, or a request certainly had no effect: it is safe to try again, later.
 *
 * <p>This covers a connection that could not be made, a {@code 429}, and any failure before the
 * request that would change something was sent.
 */
public final class ServiceUnavailableException extends DfnsException {

  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;

  /** An error that says what was unavailable. */
  public ServiceUnavailableException(String message, @Nullable Throwable cause) {
    this(message, null, cause);
  }

  /** The same, with how long it is in vain to try again. */
  public ServiceUnavailableException(
      String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(message, cause);
    this.retryAfter = retryAfter;
  }

  /**
   * How long to wait before trying again: what Dfns asked for with {@code Retry-After}, or, if the
   * call did not get its turn, what the rate budget knows; empty if nothing is known.
   */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}

package dev.countersign.error;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Dfns understood the request and refused it: nothing happened.
 *
 * <p>Statuses and their meaning: docs.dfns.co/api-reference/error-codes. Act on {@link #status()};
 * the text of {@link #reason()} is for people and changes without notice.
 */
public final class RequestRejectedException extends DfnsException {

  private static final long serialVersionUID = 1L;

  private final String operation;
  private final int status;
  private final String reason;
  private final @Nullable String errorId;
  private final @Nullable String details;
  private final @Nullable String duplicateId;

  private RequestRejectedException(Builder builder) {
    super(builder.message(), null);
    this.operation = builder.operation;
    this.status = builder.status;
    this.reason = builder.reason;
    this.errorId = builder.errorId;
    this.details = builder.details;
    this.duplicateId = builder.duplicateId;
  }

  /**
   * Starts describing the refusal of one operation, with an HTTP status from 400 to 499, or 501.
   */
  public static Builder of(String operation, int status, String reason) {
    return new Builder(operation, status, reason);
  }

  /** The operation's name in the API, such as {@code transferAsset}. */
  public String operation() {
    return operation;
  }

  /** The HTTP status, from 400 to 499, or 501 where the operation is not there at all. */
  public int status() {
    return status;
  }

  /** What Dfns said, or a sentence that it said nothing readable. */
  public String reason() {
    return reason;
  }

  /** The id to quote to Dfns support, if there was one. */
  public Optional<String> errorId() {
    return Optional.ofNullable(errorId);
  }

  /** The error's {@code details} as JSON text, if there were any. */
  public Optional<String> details() {
    return Optional.ofNullable(details);
  }

  /**
   * Whether something else is in the way (409): act on {@link #duplicateId()}, or choose another
   * {@code externalId}.
   *
   * <p>An entity of the call's own earlier attempt is never such a conflict: attempts are
   * identical, and Dfns answers a repeat with the first one's entity.
   */
  public boolean isConflict() {
    return status == 409;
  }

  /** On 409: the id of the entity that already bears the {@code externalId}, if Dfns named it. */
  public Optional<String> duplicateId() {
    return Optional.ofNullable(duplicateId);
  }

  /** Collects what is known of a refusal. Not thread-safe. */
  public static final class Builder {
    private final String operation;
    private final int status;
    private final String reason;
    private @Nullable String errorId;
    private @Nullable String details;
    private @Nullable String duplicateId;

    private Builder(String operation, int status, String reason) {
      this.operation = Objects.requireNonNull(operation, "operation");
      this.status = status;
      this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** Sets the error id. */
    public Builder errorId(@Nullable String errorId) {
      this.errorId = errorId;
      return this;
    }

    /** Sets the details, as JSON text. */
    public Builder details(@Nullable String details) {
      this.details = details;
      return this;
    }

    /** Sets the duplicate's id. */
    public Builder duplicateId(@Nullable String duplicateId) {
      this.duplicateId = duplicateId;
      return this;
    }

    /** The exception. */
    public RequestRejectedException build() {
      return new RequestRejectedException(this);
    }

    private String message() {
      return "Dfns refused "
          + operation
          + " ("
          + status
          + "): "
          + reason
          + (errorId == null ? "" : " [error id " + errorId + "]");
    }
  }
}

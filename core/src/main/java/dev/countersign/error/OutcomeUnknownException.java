package dev.countersign.error;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that changes something was sent, and no answer tells whether it took effect: it may
 * have.
 *
 * <p>Do not repeat it blindly. With an {@code externalId} the very same call may be run again (Dfns
 * then answers with the first one's entity). Without one, look for the effect first: {@link
 * #path()}, {@link #fields()} and the times say what to look for, and {@code
 * dev.countersign.lookup.Lookup} looks where the API allows. A refusal that ended the attempts is
 * the {@link #getCause() cause}: it says nothing about an earlier attempt whose answer was lost.
 */
public final class OutcomeUnknownException extends DfnsException {

  private static final long serialVersionUID = 2L;

  private final String operation;
  private final @Nullable String externalId;
  private final @Nullable String path;
  private final LinkedHashMap<String, String> fields;
  private final Instant sentAt;
  private final Instant givenUpAt;

  /** An error for one operation that was sent at {@code sentAt}, by the caller's clock. */
  public OutcomeUnknownException(
      String message,
      String operation,
      @Nullable String externalId,
      Instant sentAt,
      @Nullable Throwable cause) {
    this(of(message, operation, sentAt).externalId(externalId).cause(cause));
  }

  private OutcomeUnknownException(Builder builder) {
    super(builder.message, builder.cause);
    this.operation = builder.operation;
    this.externalId = builder.externalId;
    this.path = builder.path;
    this.fields = new LinkedHashMap<>(builder.fields);
    this.sentAt = builder.sentAt;
    this.givenUpAt = builder.givenUpAt;
  }

  /**
   * Starts describing one operation.
   *
   * @param sentAt when the first request without an answer was sent, by the caller's clock
   */
  public static Builder of(String message, String operation, Instant sentAt) {
    return new Builder(message, operation, sentAt);
  }

  /** The operation's name in the API, such as {@code transferAsset}. */
  public String operation() {
    return operation;
  }

  /** The {@code externalId} that was in the request, if there was one. */
  public Optional<String> externalId() {
    return Optional.ofNullable(externalId);
  }

  /** The percent-encoded path of the request, without query, where it is known. */
  public Optional<String> path() {
    return Optional.ofNullable(path);
  }

  /**
   * What the effect can be recognised by: the texts, numbers and booleans at the top of the
   * request's body by their names, such as {@code name}, {@code network}. No secret is among them,
   * and none longer than 200 characters. Unmodifiable.
   */
  public Map<String, String> fields() {
    return Collections.unmodifiableMap(fields);
  }

  /**
   * When the request was sent, by the caller's clock: of several attempts, the first without an
   * answer.
   */
  public Instant sentAt() {
    return sentAt;
  }

  /**
   * When the last attempt was given up, by the caller's clock. The effect may still come later:
   * Dfns may be busy with it.
   */
  public Instant givenUpAt() {
    return givenUpAt;
  }

  /** Collects what is known. Not thread-safe. */
  public static final class Builder {
    private final String message;
    private final String operation;
    private final Instant sentAt;
    private Instant givenUpAt;
    private @Nullable String externalId;
    private @Nullable String path;
    private Map<String, String> fields = Map.of();
    private @Nullable Throwable cause;

    private Builder(String message, String operation, Instant sentAt) {
      this.message = Objects.requireNonNull(message, "message");
      this.operation = Objects.requireNonNull(operation, "operation");
      this.sentAt = Objects.requireNonNull(sentAt, "sentAt");
      this.givenUpAt = sentAt;
    }

    /** Sets the {@code externalId} that was in the request. */
    public Builder externalId(@Nullable String externalId) {
      this.externalId = externalId;
      return this;
    }

    /** Sets the percent-encoded path. */
    public Builder path(String path) {
      this.path = Objects.requireNonNull(path, "path");
      return this;
    }

    /** Sets what the effect can be recognised by; no secret may be among it. */
    public Builder fields(Map<String, String> fields) {
      this.fields = Objects.requireNonNull(fields, "fields");
      return this;
    }

    /** Sets when the last attempt was given up; when it was sent, unless set. */
    public Builder givenUpAt(Instant givenUpAt) {
      this.givenUpAt = Objects.requireNonNull(givenUpAt, "givenUpAt");
      return this;
    }

    /** Sets what caused it, which must not print a secret. */
    public Builder cause(@Nullable Throwable cause) {
      this.cause = cause;
      return this;
    }

    /** The exception. */
    public OutcomeUnknownException build() {
      return new OutcomeUnknownException(this);
    }
  }
}

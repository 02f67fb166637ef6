package dev.countersign.simulator.faults;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the client, or the receiver of a webhook, notices of a fault. Immutable. */
public final class Effect {

  /** The kinds of effect. */
  public enum Kind {
    /** An answer of the fault's own: a status, a content type and a body. */
    ANSWER,
    /** The right answer, later. */
    LATENCY,
    /** Not even the headers come; the connection is closed when the duration is over. */
    STALL,
    /** Headers and half of the body come; the connection is closed when the duration is over. */
    STALLED_BODY,
    /** The connection is reset. */
    RESET,
    /** The connection is closed without a byte. */
    EMPTY,
    /** Half of the body that {@code Content-Length} promises, then the connection is closed. */
    TRUNCATED,
    /** The right status and content type, and a body that is no JSON. */
    GARBAGE,
    /** The delivery of an event is made twice; for webhooks only. */
    DUPLICATE,
    /** The delivery of an event changes places with the next; for webhooks only. */
    OUT_OF_ORDER
  }

  /** The longest latency or stall. */
  public static final Duration LONGEST = Duration.ofMinutes(10);

  private final Kind kind;
  private final int status;
  private final String contentType;
  private final String body;
  private final @Nullable Duration retryAfter;
  private final Duration duration;

  private Effect(
      Kind kind,
      int status,
      String contentType,
      String body,
      @Nullable Duration retryAfter,
      Duration duration) {
    this.kind = kind;
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.retryAfter = retryAfter;
    this.duration = duration;
  }

  /**
   * An answer with a status and a body.
   *
   * @param status 200 to 599
   * @param contentType the body's type, such as {@code text/html}; empty if there is no body
   * @throws IllegalArgumentException for any other status, for a type that no header may hold, for
   *     a body without a type, or one with a status that has none
   */
  public static Effect answer(int status, String contentType, String body) {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("A fault's status is 200 to 599, not " + status);
    }
    if (contentType.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IllegalArgumentException("A fault's content type is one line of ASCII characters");
    }
    if ((status == 204 || status == 304) && !body.isEmpty()) {
      throw new IllegalArgumentException("An answer with the status " + status + " has no body");
    }
    if (contentType.isEmpty() && !body.isEmpty()) {
      throw new IllegalArgumentException("A fault's body has a content type");
    }
    return new Effect(Kind.ANSWER, status, contentType, body, null, Duration.ZERO);
  }

  /** An answer with a status and a JSON body. */
  public static Effect json(int status, String body) {
    return answer(status, "application/json", body);
  }

  /** An answer with a status and an HTML page, as a proxy's. */
  public static Effect html(int status) {
    return answer(
        status, "text/html", "<html><body><h1>" + status + "</h1><hr>proxy</body></html>\n");
  }

  /** An answer with a status and no body. */
  public static Effect status(int status) {
    return answer(status, "", "");
  }

  /** 429 without {@code Retry-After}. */
  public static Effect tooManyRequests() {
    return json(429, "{\"error\":{\"message\":\"Too Many Requests\"}}");
  }

  /**
   * 429 with {@code Retry-After}.
   *
   * @param retryAfter whole seconds
   */
  public static Effect tooManyRequests(Duration retryAfter) {
    return tooManyRequests().retryAfter(retryAfter);
  }

  /**
   * The right answer, that much later.
   *
   * @throws IllegalArgumentException unless the duration is positive and at most {@link #LONGEST}
   */
  public static Effect latency(Duration duration) {
    return lasting(Kind.LATENCY, duration);
  }

  /**
   * No answer, not even headers, for that long; then the connection is closed.
   *
   * @throws IllegalArgumentException unless the duration is positive and at most {@link #LONGEST}
   */
  public static Effect stall(Duration duration) {
    return lasting(Kind.STALL, duration);
  }

  /**
   * Headers and half of the body, nothing more for that long; then the connection is closed.
   *
   * @throws IllegalArgumentException unless the duration is positive and at most {@link #LONGEST}
   */
  public static Effect stalledBody(Duration duration) {
    return lasting(Kind.STALLED_BODY, duration);
  }

  /** A connection reset. */
  public static Effect reset() {
    return plain(Kind.RESET);
  }

  /** A connection that is closed without a byte. */
  public static Effect empty() {
    return plain(Kind.EMPTY);
  }

  /** Half of a body. */
  public static Effect truncated() {
    return plain(Kind.TRUNCATED);
  }

  /** A body that is no JSON. */
  public static Effect garbage() {
    return plain(Kind.GARBAGE);
  }

  /** A delivery that is made twice. */
  public static Effect duplicate() {
    return plain(Kind.DUPLICATE);
  }

  /** A delivery that changes places with the next. */
  public static Effect outOfOrder() {
    return plain(Kind.OUT_OF_ORDER);
  }

  private static Effect plain(Kind kind) {
    return new Effect(kind, 0, "", "", null, Duration.ZERO);
  }

  private static Effect lasting(Kind kind, Duration duration) {
    if (duration.toMillis() < 1 || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "A latency or stall lasts 1 millisecond to " + LONGEST + ", not " + duration);
    }
    return new Effect(kind, 0, "", "", null, duration);
  }

  /**
   * This answer with {@code Retry-After}.
   *
   * @param value whole seconds, not negative
   * @throws IllegalArgumentException for any other duration, or if this is no answer
   */
  public Effect retryAfter(Duration value) {
    if (kind != Kind.ANSWER) {
      throw new IllegalArgumentException("Only an answer has a Retry-After");
    }
    if (value.isNegative() || !value.truncatedTo(ChronoUnit.SECONDS).equals(value)) {
      throw new IllegalArgumentException("Retry-After is in whole seconds, not " + value);
    }
    return new Effect(kind, status, contentType, body, value, duration);
  }

  /** The kind. */
  public Kind kind() {
    return kind;
  }

  /** The status of an answer; 0 for other kinds. */
  public int status() {
    return status;
  }

  /** The content type of an answer's body; empty if it has none. */
  public String contentType() {
    return contentType;
  }

  /** The body of an answer. */
  public String body() {
    return body;
  }

  /** When an answer says to come again. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** How long a latency or stall lasts; zero for other kinds. */
  public Duration duration() {
    return duration;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Effect that
        && kind == that.kind
        && status == that.status
        && contentType.equals(that.contentType)
        && body.equals(that.body)
        && Objects.equals(retryAfter, that.retryAfter)
        && duration.equals(that.duration);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, status, contentType, body, retryAfter, duration);
  }

  /** The kind, with the status or duration. */
  @Override
  public String toString() {
    return switch (kind) {
      case ANSWER -> "answer " + status;
      case LATENCY, STALL, STALLED_BODY -> kind + " " + duration;
      case RESET, EMPTY, TRUNCATED, GARBAGE, DUPLICATE, OUT_OF_ORDER -> kind.toString();
    };
  }
}

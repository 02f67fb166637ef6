package dev.countersign.simulator.wire;

import java.time.Duration;
import java.util.Objects;

/**
 * How a response reaches the client, if at all.
 *
 * @param kind what is left of it
 * @param delay how long after it was made it is sent
 * @param stall how long a stalled connection stays open
 */
public record Breakage(Kind kind, Duration delay, Duration stall) {

  /** What is left of a response. */
  public enum Kind {
    /** All of it. */
    WHOLE,
    /** Nothing: the connection is reset. */
    RESET,
    /** Nothing: the connection is closed. */
    EMPTY,
    /** Nothing while the connection stalls, which is closed then. */
    STALLED,
    /** Headers and half of the body, then the connection is closed. */
    TRUNCATED,
    /** Headers and half of the body, then the connection stalls, and is closed. */
    STALLED_BODY
  }

  /** At once and whole. */
  public static final Breakage USUAL = new Breakage(Kind.WHOLE, Duration.ZERO, Duration.ZERO);

  /** Checks the components. */
  public Breakage {
    Objects.requireNonNull(kind, "kind");
    if (delay.isNegative() || stall.isNegative()) {
      throw new IllegalArgumentException("A response is delayed by a duration of zero or more");
    }
  }

  /** A breakage of that kind, at once. */
  public static Breakage of(Kind kind, Duration stall) {
    return new Breakage(kind, Duration.ZERO, stall);
  }

  /** This breakage, later. */
  public Breakage later(Duration duration) {
    return duration.isZero() ? this : new Breakage(kind, delay.plus(duration), stall);
  }

  /** Whether the client gets all of the response, however late. */
  public boolean isWhole() {
    return kind == Kind.WHOLE;
  }

  /** Whether the answer arrives as it is. */
  public boolean isUsual() {
    return equals(USUAL);
  }
}

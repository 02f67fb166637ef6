package dev.countersign.call;

import java.time.Duration;

/** A point on this machine's monotonic clock after which a call is given up. */
final class Deadline {

  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + saturated(time));
  }

  /** What is left; zero or negative once it has passed. */
  Duration left() {
    return Duration.ofNanos(end - System.nanoTime());
  }

  static Duration requirePositive(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("A deadline is positive, not " + time);
    }
    return time;
  }

  /** Nanoseconds, a hundred years at most so that the sum cannot overflow. */
  private static long saturated(Duration time) {
    return time.compareTo(Duration.ofDays(36_500)) > 0
        ? Duration.ofDays(36_500).toNanos()
        : time.toNanos();
  }
}

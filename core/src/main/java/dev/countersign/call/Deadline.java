package dev.countersign.call;

import dev.countersign.rate.Timer;
import java.time.Duration;

/** A point on a timer after which a call is given up. */
final class Deadline {

  private final Timer timer;
  private final long end;

  private Deadline(Timer timer, long end) {
    this.timer = timer;
    this.end = end;
  }

  static Deadline in(Duration time, Timer timer) {
    return new Deadline(timer, timer.nanos() + saturated(time));
  }

  /** What is left; zero or negative once it has passed. */
  Duration left() {
    return Duration.ofNanos(end - timer.nanos());
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

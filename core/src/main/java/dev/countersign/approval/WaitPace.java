package dev.countersign.approval;

import java.time.Duration;
import java.util.Objects;

/**
 * How often something that is waited for is looked at.
 *
 * <p>The n-th look comes {@code first · growth}<sup>n-1</sup> after the one before, {@code longest}
 * at most, and each time is shortened by chance by up to {@code jitter}, so that processes that
 * began together do not ask together.
 *
 * @param first before the first look
 * @param longest between two looks, at most
 * @param growth from one interval to the next, at least 1
 * @param jitter the share of an interval that chance may take away, from 0 to less than 1
 */
public record WaitPace(Duration first, Duration longest, double growth, double jitter) {

  /**
   * What people need: a first look after 1 second, each interval half as long again up to 1 minute,
   * which is reached after 11 looks and some 3 minutes; up to a fifth is taken away by chance.
   */
  public static final WaitPace DEFAULT =
      new WaitPace(Duration.ofSeconds(1), Duration.ofMinutes(1), 1.5, 0.2);

  /** Checks the numbers. */
  public WaitPace {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(longest, "longest");
    if (first.compareTo(Duration.ofMillis(100)) < 0) {
      throw new IllegalArgumentException(
          "The first look comes after 100 milliseconds or more, not " + first);
    }
    if (longest.compareTo(first) < 0 || longest.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "The longest interval is at least the first and at most a day, not " + longest);
    }
    if (!(growth >= 1 && growth <= 10)) {
      throw new IllegalArgumentException("Intervals grow by a factor of 1 to 10, not " + growth);
    }
    if (!(jitter >= 0 && jitter < 1)) {
      throw new IllegalArgumentException(
          "Chance takes away a share of an interval from 0 to less than 1, not " + jitter);
    }
  }

  /** The interval after one, in nanoseconds. */
  long after(long interval) {
    return (long) Math.min((double) longest.toNanos(), (double) interval * growth);
  }

  /** An interval with chance taken away. */
  long jittered(long interval, double chance) {
    return interval - (long) (interval * jitter * chance);
  }
}

package dev.countersign.simulator.control;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The time of one organisation, in milliseconds. It runs with a real clock until it is frozen, and
 * moves forward when told to.
 *
 * <p>Moving it makes everything happen that was due on the way, in order and each at its own time,
 * before the method returns. Safe for use by several threads at once.
 */
public final class SimClock {

  private record Reading(Duration ahead, @Nullable Instant frozen) {}

  private final Clock base;
  private final Runnable moved;
  private final AtomicReference<Reading> reading =
      new AtomicReference<>(new Reading(Duration.ZERO, null));

  /**
   * A running clock.
   *
   * @param base the clock it runs with
   * @param moved told after each move, and when it runs again
   */
  public SimClock(Clock base, Runnable moved) {
    this.base = base;
    this.moved = moved;
  }

  /** The time it shows. */
  public Instant now() {
    return at(reading.get());
  }

  /** Whether it stands. */
  public boolean isFrozen() {
    return reading.get().frozen != null;
  }

  /** Stops it at the time it shows. */
  public void freeze() {
    reading.updateAndGet(now -> new Reading(now.ahead, at(now)));
  }

  /** Lets it run on from the time it shows. */
  public void resume() {
    reading.updateAndGet(
        now ->
            now.frozen == null
                ? now
                : new Reading(Duration.between(base.instant(), now.frozen), null));
    moved.run();
  }

  /**
   * Moves it forward.
   *
   * @throws IllegalArgumentException if the duration is negative: time does not run back
   */
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("Time does not run back by " + duration.negated());
    }
    reading.updateAndGet(
        now ->
            now.frozen == null
                ? new Reading(now.ahead.plus(duration), null)
                : new Reading(now.ahead, now.frozen.plus(duration)));
    moved.run();
  }

  /** The time it shows. */
  @Override
  public String toString() {
    return now().toString();
  }

  private Instant at(Reading now) {
    Instant instant = now.frozen == null ? base.instant().plus(now.ahead) : now.frozen;
    return instant.truncatedTo(ChronoUnit.MILLIS);
  }
}

package dev.countersign.simulator.control;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The time of one organisation, in milliseconds. It runs with a real clock until it is frozen, and
 * moves forward when told to.
 *
 * <p>Moving it makes everything happen that was due on the way, in order and each at its own time,
 * before the method returns. A request sees the time before a move or after it, never one in
 * between. Safe for use by several threads at once.
 */
public final class SimClock {

  /** The first time that a clock can show. */
  public static final Instant EARLIEST = Instant.EPOCH;

  /** The last time that a clock can be moved to. */
  public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  /**
   * How a clock stands to the one it runs with, which is what snapshots keep of it.
   *
   * @param ahead how far it is ahead while it runs; nothing while it stands
   * @param frozen the time it stands at; nothing while it runs
   */
  public record Reading(Duration ahead, @Nullable Instant frozen) {

    /** Checks that the clock shows a time that the simulator has. */
    public Reading {
      if (ahead.abs().compareTo(Duration.between(EARLIEST, LATEST)) > 0) {
        throw new IllegalArgumentException("A clock of the simulator is not ahead by " + ahead);
      }
      if (frozen != null && (frozen.isBefore(EARLIEST) || frozen.isAfter(LATEST))) {
        throw new IllegalArgumentException(
            "The simulator's time is from 1970 to 9999, not " + frozen);
      }
    }
  }

  /** Moves clocks while nothing else is done. */
  @FunctionalInterface
  public interface Mover {

    /** Does a move, makes happen what is due then, and says what that was. */
    List<Fired> move(Runnable move);
  }

  private final Clock base;
  private final Mover mover;
  private final AtomicReference<Reading> reading =
      new AtomicReference<>(new Reading(Duration.ZERO, null));

  /**
   * A running clock.
   *
   * @param base the clock it runs with
   * @param mover does its moves
   */
  public SimClock(Clock base, Mover mover) {
    this.base = base;
    this.mover = mover;
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
    mover.move(() -> reading.updateAndGet(now -> new Reading(Duration.ZERO, at(now))));
  }

  /** Lets it run on from the time it shows. */
  public void resume() {
    mover.move(
        () ->
            reading.updateAndGet(
                now ->
                    now.frozen == null
                        ? now
                        : new Reading(Duration.between(base.instant(), now.frozen), null)));
  }

  /**
   * Moves it forward.
   *
   * @return what happened because of it, in order; a clock that runs includes what came due since
   *     the organisation was last called
   * @throws IllegalArgumentException if the duration is negative: time does not run back; or leads
   *     beyond {@link #LATEST}
   */
  public List<Fired> advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("Time does not run back by " + duration.negated());
    }
    return mover.move(() -> reading.updateAndGet(now -> moved(now, duration)));
  }

  /**
   * Moves it forward to a time; a frozen clock stands there then, another runs on from there.
   *
   * @return what happened because of it, as {@link #advance} says
   * @throws IllegalArgumentException if that time is past: time does not run back; or is after
   *     {@link #LATEST}
   */
  public List<Fired> advanceTo(Instant time) {
    return mover.move(
        () ->
            reading.updateAndGet(
                now -> {
                  Duration duration = Duration.between(at(now), time);
                  if (duration.isNegative()) {
                    throw new IllegalArgumentException(
                        "Time does not run back to " + time + ", it is " + at(now));
                  }
                  return moved(now, duration);
                }));
  }

  /** How it stands to the clock it runs with. */
  public Reading reading() {
    return reading.get();
  }

  /** Sets it as it was when it had that reading. Nothing happens because of it yet. */
  public void restore(Reading earlier) {
    reading.set(earlier);
  }

  /** The time it shows. */
  @Override
  public String toString() {
    return now().toString();
  }

  private Reading moved(Reading now, Duration duration) {
    if (duration.compareTo(Duration.between(at(now), LATEST)) > 0) {
      throw new IllegalArgumentException(
          "The simulator's time ends with the year 9999, before " + duration + " from now");
    }
    return now.frozen == null
        ? new Reading(now.ahead.plus(duration), null)
        : new Reading(Duration.ZERO, now.frozen.plus(duration));
  }

  private Instant at(Reading now) {
    Instant instant = now.frozen == null ? base.instant().plus(now.ahead) : now.frozen;
    return instant.truncatedTo(ChronoUnit.MILLIS);
  }
}

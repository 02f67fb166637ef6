package dev.countersign.hsm;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether a module is quick: most of its last calls took less than half a millisecond, and the last
 * one began or ended within the last one.
 */
final class Pace {

  private static final long QUICK = TimeUnit.MICROSECONDS.toNanos(500);
  private static final int REMEMBERED = 16;

  private final AtomicInteger slow = new AtomicInteger(REMEMBERED);
  private final AtomicLong lastMove = new AtomicLong(System.nanoTime());

  /** A call begins. */
  void begun(long now) {
    lastMove.set(now);
  }

  /** A call has ended. */
  void ended(long began, long now) {
    lastMove.set(now);
    slow.updateAndGet(
        count -> now - began < QUICK ? Math.max(count - 1, 0) : Math.min(count + 1, REMEMBERED));
  }

  boolean isQuick(long now) {
    return slow.get() < REMEMBERED / 2 && now - lastMove.get() < 2 * QUICK;
  }
}

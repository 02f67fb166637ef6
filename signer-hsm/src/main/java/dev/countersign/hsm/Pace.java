package dev.countersign.hsm;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether a module is quick, which it is taken to be at first: most of its last calls took less
 * than half a millisecond. A call that took longer while others were made side by side says
 * nothing: they may only have taken turns on the processors.
 */
final class Pace {

  private static final long QUICK = TimeUnit.MICROSECONDS.toNanos(500);
  private static final int REMEMBERED = 16;

  private final AtomicInteger slow = new AtomicInteger();

  void took(long nanos, boolean sideBySide) {
    if (nanos < QUICK) {
      slow.updateAndGet(count -> Math.max(count - 1, 0));
    } else if (!sideBySide) {
      slow.updateAndGet(count -> Math.min(count + 1, REMEMBERED));
    }
  }

  boolean isQuick() {
    return slow.get() < REMEMBERED / 2;
  }
}

package dev.countersign.http;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines of which nearly all are cleared in time. Setting and clearing one wakes no thread
 * unless it is earlier than all others: there is one alarm, for the earliest, and it stays set when
 * that one is cleared. Thread-safe.
 */
final class Deadlines {

  private static final long A_HUNDRED_YEARS = TimeUnit.DAYS.toNanos(36_500);

  private final ConcurrentSkipListMap<Point, Runnable> open = new ConcurrentSkipListMap<>();
  private final AtomicReference<@Nullable Alarm> next = new AtomicReference<>();
  private final AtomicLong count = new AtomicLong();

  /**
   * Sets a deadline.
   *
   * @param nanos from now; a hundred years at most
   * @param late what to do when it has passed, on one of the JDK's common threads; does not throw
   * @return clears it; that may come late, and more than once
   */
  Runnable set(long nanos, Runnable late) {
    long end = System.nanoTime() + Math.min(nanos, A_HUNDRED_YEARS);
    Point point = new Point(end, count.incrementAndGet());
    open.put(point, late);
    wakeAt(end);
    return () -> open.remove(point);
  }

  /** How many are set. */
  int size() {
    return open.size();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // what is late is told by itself
  private void wakeAt(long end) {
    Alarm there = next.get();
    while (there == null || end - there.end < 0) {
      Alarm alarm = new Alarm(end, new CompletableFuture<>());
      if (next.compareAndSet(there, alarm)) {
        alarm.sleep.thenRunAsync(() -> ring(alarm));
        alarm.sleep.completeOnTimeout(
            null, Math.max(end - System.nanoTime(), 0), TimeUnit.NANOSECONDS);
        if (there != null) {
          there.sleep.cancel(false);
        }
        return;
      }
      there = next.get();
    }
  }

  private void ring(Alarm alarm) {
    next.compareAndSet(alarm, null);
    for (Map.Entry<Point, Runnable> first = open.firstEntry();
        first != null;
        first = open.firstEntry()) {
      Point point = first.getKey();
      if (point.end - System.nanoTime() > 0) {
        wakeAt(point.end);
        return;
      }
      if (open.remove(point) != null) {
        first.getValue().run();
      }
    }
  }

  /** A point in time, and a number for those that have the same. */
  private record Point(long end, long number) implements Comparable<Point> {

    @Override
    public int compareTo(Point other) {
      int byEnd = Long.signum(end - other.end);
      return byEnd != 0 ? byEnd : Long.compare(number, other.number);
    }
  }

  private record Alarm(long end, CompletableFuture<Void> sleep) {}
}

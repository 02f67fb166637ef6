package dev.countersign.rate;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The time that calls wait by: a monotonic reading, and being woken later.
 *
 * <p>Implementations are safe for use by several threads at once.
 */
public interface Timer {

  /** A monotonic reading in nanoseconds, of no known origin: only differences mean something. */
  long nanos();

  /**
   * Completes after this time, on a thread of the timer's that must not be kept. Whoever no longer
   * waits cancels the future, and nothing of it is left.
   */
  CompletableFuture<Void> after(Duration delay);

  /**
   * The machine's time. All waiting of the whole process shares the one daemon thread that the JDK
   * has for its own timeouts: a call that waits costs no thread.
   */
  static Timer system() {
    return new Timer() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public CompletableFuture<Void> after(Duration delay) {
        long nanos = TimeUnit.NANOSECONDS.convert(delay);
        return new CompletableFuture<Void>()
            .completeOnTimeout(null, Math.max(nanos, 0), TimeUnit.NANOSECONDS);
      }
    };
  }
}

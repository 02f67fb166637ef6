package dev.countersign.hsm;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A call of a module that somebody waits for. */
final class SigningTask<T> {

  private final Callable<T> call;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private final AtomicReference<@Nullable Long> begun = new AtomicReference<>();

  SigningTask(Callable<T> call) {
    this.call = call;
  }

  /** A thread is there for it, from now on. */
  long begin() {
    long now = System.nanoTime();
    begun.set(now);
    return now;
  }

  /** Calls, and returns what tells the one who waits. */
  Runnable run() {
    try {
      T value = call.call();
      return () -> result.complete(value);
    } catch (Throwable e) {
      return () -> result.completeExceptionally(e);
    }
  }

  /** When a thread was there for it; null before. */
  @Nullable Long begun() {
    return begun.get();
  }

  /** What the call gave, if it does within so many nanoseconds. */
  T get(long nanos) throws InterruptedException, ExecutionException, TimeoutException {
    return result.get(nanos, TimeUnit.NANOSECONDS);
  }
}

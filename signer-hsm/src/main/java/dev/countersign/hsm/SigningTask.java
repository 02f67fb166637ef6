package dev.countersign.hsm;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A call of a module, made by one thread for another, which waits for it. */
final class SigningTask<T> {

  private final Callable<T> call;
  private final Thread caller = Thread.currentThread();
  private final AtomicReference<@Nullable Long> begun = new AtomicReference<>();
  private final CompletableFuture<T> result = new CompletableFuture<>();

  /** The thread that makes it is the one that waits. */
  SigningTask(Callable<T> call) {
    this.call = call;
  }

  /** A thread is there for it, from now on. */
  void begin() {
    begun.set(System.nanoTime());
  }

  /** The thread could not be started: it waits again. */
  void putBack() {
    begun.set(null);
  }

  /** Whether a thread has been at it for longer than that. */
  boolean takesLongerThan(Duration time) {
    Long since = begun.get();
    return since != null && System.nanoTime() - since > time.toNanos();
  }

  /** When a thread was there for it; null before. */
  @Nullable Long begun() {
    return begun.get();
  }

  /** Calls. The one who waits finds the result when it looks, and looks when it is told. */
  void run() {
    try {
      result.complete(call.call());
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  void tell() {
    LockSupport.unpark(caller);
  }

  /** What the call gave, if it has by then; a result that is there comes before an interrupt. */
  T get(long nanos) throws InterruptedException, ExecutionException, TimeoutException {
    long end = System.nanoTime() + nanos;
    while (!result.isDone()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new TimeoutException();
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(this, left);
    }
    return value();
  }

  private T value() throws ExecutionException {
    try {
      return result.join();
    } catch (CompletionException e) {
      throw new ExecutionException(e.getCause());
    }
  }
}

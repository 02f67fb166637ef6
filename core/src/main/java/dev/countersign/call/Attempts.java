package dev.countersign.call;

import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.rate.RateBudget;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one run of a call, one after the other: each has its turn in the rate budget, and
 * waits after the one before. What is under way can be cancelled, a wait too.
 */
final class Attempts {

  private final CallEngine engine;
  private final Deadline deadline;
  private final Executor executor;
  private final Failures failures;
  private final Journey journey;
  private final AtomicReference<@Nullable CompletableFuture<?>> underWay = new AtomicReference<>();
  private final AtomicBoolean cancelled = new AtomicBoolean();

  Attempts(
      CallEngine engine, Deadline deadline, Executor executor, Failures failures, Journey journey) {
    this.engine = engine;
    this.deadline = deadline;
    this.executor = executor;
    this.failures = failures;
    this.journey = journey;
  }

  /**
   * An attempt, and others after it while that is safe and there is time.
   *
   * @param requests how many requests an attempt sends if it goes well
   */
  <R> CompletableFuture<R> repeated(int requests, Supplier<CompletableFuture<R>> attempt) {
    return repeated(1, requests, attempt);
  }

  private <R> CompletableFuture<R> repeated(
      int number, int requests, Supplier<CompletableFuture<R>> attempt) {
    return admitted(
        requests,
        () ->
            started(attempt)
                .exceptionallyCompose(
                    error -> {
                      Throwable failure = Failures.unwrap(error);
                      Duration wait = waitBeforeNext(number, failure);
                      return wait == null
                          ? CompletableFuture.failedFuture(failure)
                          : awaited(engine.timer().nanos(), engine.timer().after(wait))
                              .thenCompose(waited -> repeated(number + 1, requests, attempt));
                    }));
  }

  /** One attempt and no other. */
  <R> CompletableFuture<R> once(int requests, Supplier<CompletableFuture<R>> attempt) {
    return admitted(requests, attempt);
  }

  /** Takes the requests of one attempt from the rate budget, then begins it. */
  private <R> CompletableFuture<R> admitted(int requests, Supplier<CompletableFuture<R>> attempt) {
    journey.attempted();
    failures.begun();
    RateBudget rate = engine.rate();
    if (rate == null) {
      return attempt.get();
    }
    long from = engine.timer().nanos();
    CompletableFuture<Void> turn = rate.acquire(requests, deadline.left());
    return turn.isDone() && !turn.isCompletedExceptionally()
        ? attempt.get()
        : awaited(from, turn).thenCompose(admitted -> attempt.get());
  }

  private static <R> CompletableFuture<R> started(Supplier<CompletableFuture<R>> attempt) {
    try {
      return attempt.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** How long to wait before another attempt; null if there is to be none. */
  private @Nullable Duration waitBeforeNext(int number, Throwable failure) {
    RetryPolicy policy = engine.retries();
    if (number >= policy.maxAttempts() || cancelled.get() || !failures.mayRepeat(failure)) {
      return null;
    }
    Duration wait = policy.backoff(number, engine.random().nextDouble());
    if (failure instanceof ServiceUnavailableException unavailable) {
      wait = wait.plus(unavailable.retryAfter().orElse(Duration.ZERO));
    }
    return wait.compareTo(deadline.left()) < 0 && engine.retryTokens().take() ? wait : null;
  }

  /** What follows runs on the executor, and the wait since then is noted. */
  private CompletableFuture<Void> awaited(long from, CompletableFuture<Void> wait) {
    return underWay(wait)
        .whenCompleteAsync(
            (nothing, error) -> journey.waited(engine.timer().nanos() - from), executor);
  }

  /** Notes what is under way, for {@link #cancel()}. */
  <F extends CompletableFuture<?>> F underWay(F future) {
    underWay.set(future);
    if (cancelled.get()) {
      future.cancel(true);
    }
    return future;
  }

  boolean isCancelled() {
    return cancelled.get();
  }

  /** Ends what is under way, and has nothing follow. */
  void cancel() {
    cancelled.set(true);
    CompletableFuture<?> current = underWay.get();
    if (current != null) {
      current.cancel(true);
    }
  }
}

package dev.countersign.approval;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** What waiting runs on: time, chance and threads. */
final class WaitSettings {

  private final WaitPace pace;
  private final ScheduledExecutorService scheduler;
  private final Executor executor;
  private final DoubleSupplier chance;
  private final LongSupplier nanoTime;
  private final int pageSize;

  WaitSettings(
      WaitPace pace,
      ScheduledExecutorService scheduler,
      Executor executor,
      DoubleSupplier chance,
      LongSupplier nanoTime,
      int pageSize) {
    this.pace = pace;
    this.scheduler = scheduler;
    this.executor = executor;
    this.chance = chance;
    this.nanoTime = nanoTime;
    this.pageSize = pageSize;
  }

  WaitPace pace() {
    return pace;
  }

  ScheduledExecutorService scheduler() {
    return scheduler;
  }

  double chance() {
    return chance.getAsDouble();
  }

  long now() {
    return nanoTime.getAsLong();
  }

  int pageSize() {
    return pageSize;
  }

  /** Completes on the executor, so that what follows never holds up the looking. */
  <T> void complete(CompletableFuture<T> waiter, T value) {
    run(() -> waiter.complete(value));
  }

  void fail(CompletableFuture<?> waiter, RuntimeException why) {
    run(() -> waiter.completeExceptionally(why));
  }

  /** If the executor was shut down nobody would ever be told: then on this thread. */
  private void run(Runnable completion) {
    try {
      executor.execute(completion);
    } catch (RejectedExecutionException e) {
      completion.run();
    }
  }
}

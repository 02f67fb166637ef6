package dev.countersign.batch;

import java.util.concurrent.CompletableFuture;

/** A run of a batch that is under way, or over. Safe for use by several threads. */
public interface BatchRun {

  /** How far it is; does not block. */
  BatchProgress progress();

  /**
   * Begins nothing more. What is in flight is finished and told of within the deadline of its call;
   * what was taken from the source and not begun is told of as {@link ItemEnd#NOT_BEGUN}, and a
   * source that is just then handing over another item is left with it.
   */
  void stop();

  /**
   * Where it stood when it was over. Completes when every item has been told of. It completes
   * exceptionally, after what was in flight has been told of, with what the source or the listener
   * threw, or with a {@link dev.countersign.error.ServiceUnavailableException} if the journal does
   * not answer, another process works on the batch, or has taken it over: that is safe to try again
   * later. Cancelling it stops nothing.
   */
  CompletableFuture<BatchProgress> summary();

  /**
   * Waits for {@link #summary()} and gives it, or throws what it completed with.
   *
   * @throws InterruptedException if the thread is interrupted: that ends the waiting, not the run
   */
  BatchProgress await() throws InterruptedException;
}

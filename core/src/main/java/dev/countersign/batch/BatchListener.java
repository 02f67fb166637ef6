package dev.countersign.batch;

/**
 * Who is told what becomes of a batch's items. It is called by one thread at a time, and the run
 * waits for it: a slow one slows the batch down, and nothing piles up. If it throws, the run begins
 * nothing more and ends with what was thrown.
 *
 * @param <T> what Dfns answers
 */
@FunctionalInterface
public interface BatchListener<T> {

  /** An item has ended. Each item of a run ends once. */
  void ended(ItemResult<T> result);

  /** Something was begun or has ended. */
  default void progressed(BatchProgress progress) {}
}

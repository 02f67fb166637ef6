package dev.countersign.call;

import dev.countersign.error.DfnsException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/**
 * An executor that runs its tasks on the thread that waits: a blocking call and an asynchronous one
 * are the same code, and a blocking one signs on the caller's thread.
 */
final class RunLoop implements Executor {

  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  /**
   * Runs tasks until the future is there, and gives its value.
   *
   * @param interrupted what to throw if the thread is interrupted meanwhile; asked after the future
   *     was cancelled
   */
  @SuppressWarnings("FutureReturnValueIgnored") // the waking up cannot fail
  <T> T await(CompletableFuture<T> future, Supplier<DfnsException> interrupted) {
    future.whenComplete((value, error) -> tasks.add(RunLoop::wakeUp));
    try {
      while (!future.isDone()) {
        tasks.take().run();
      }
    } catch (InterruptedException e) {
      future.cancel(true);
      runWhatIsLeft();
      Thread.currentThread().interrupt();
      throw interrupted.get();
    }
    try {
      return future.join();
    } catch (CancellationException e) {
      throw interrupted.get();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Lets the steps of a cancelled call come to their end: none of them waits for anything. */
  private void runWhatIsLeft() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /** A task that does nothing but end the waiting for one. */
  private static void wakeUp() {}
}

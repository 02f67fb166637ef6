package dev.countersign.approval;

import dev.countersign.call.CheckReturnValue;
import dev.countersign.error.ServiceUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Something that can be waited for. Immutable and safe for use by several threads; nothing is asked
 * of Dfns until somebody waits.
 *
 * @param <T> what is looked at
 */
public final class Wait<T> {

  private final Waits waits;
  private final WaitId<T> id;

  Wait(Waits waits, WaitId<T> id) {
    this.waits = waits;
    this.id = id;
  }

  /** Its name, for another process. */
  public WaitId<T> id() {
    return id;
  }

  /**
   * Waits until it ends, this long at most. Not to have ended by then is {@link
   * Waited.StillPending}, as is {@link Waits#close}: wait again, or elsewhere.
   *
   * <p>Dfns not being available is waited through. Fails with what the look failed with if Dfns
   * refuses it (401, 403; 404 if there is no such thing), or answers three times in a row what
   * cannot be read. A thread that is interrupted gives up waiting, keeps its interrupt, and gets a
   * {@link ServiceUnavailableException}.
   *
   * @throws IllegalArgumentException unless the deadline is positive
   * @throws IllegalStateException if the waits are closed
   */
  @CheckReturnValue
  public Waited<T> await(Duration deadline) {
    CompletableFuture<Waited<T>> future = awaitAsync(deadline);
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(false);
      Thread.currentThread().interrupt();
      throw new ServiceUnavailableException(
          "The thread was interrupted while it waited for "
              + id
              + ", which can be waited for again",
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("Waiting for " + id + " failed", e.getCause());
    }
  }

  /**
   * The same without a thread waiting. Cancelling the future gives up waiting and changes nothing
   * at Dfns.
   */
  @CheckReturnValue
  public CompletableFuture<Waited<T>> awaitAsync(Duration deadline) {
    return waits.await(id, deadline);
  }

  @Override
  public String toString() {
    return "Wait(" + id + ")";
  }
}

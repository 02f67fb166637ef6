package dev.countersign.hsm;

import dev.countersign.error.SigningException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which a module is called, so that a call that never returns holds nobody but them.
 * As many as signatures at once; a thread that hangs is one fewer until it comes back.
 *
 * <p>Who waits for a thread is served in order of arrival.
 */
final class SigningPool {

  private static final Duration IDLE = Duration.ofSeconds(30);

  private final int size;
  private final Semaphore free;
  private final ThreadPoolExecutor threads;

  SigningPool(int size) {
    this.size = size;
    this.free = new Semaphore(size, true);
    this.threads =
        new ThreadPoolExecutor(
            size,
            size,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "countersign-hsm");
              thread.setDaemon(true);
              return thread;
            });
    this.threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Starts work on a thread of the pool.
   *
   * @throws SigningException if all are taken for longer than one wants to wait, or the caller is
   *     interrupted, which it then still is
   */
  <T> Future<T> start(Callable<T> work, Duration wait) {
    try {
      if (!free.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new SigningException(
            "All "
                + size
                + " signing operations of the HSM have been busy for "
                + wait.toMillis()
                + " ms; sign less at once, or raise pool-size or acquire-timeout in the pkcs11: URI");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SigningException("Interrupted while waiting for the HSM; nothing was signed");
    }
    FutureTask<T> task = new FutureTask<>(work);
    threads.execute(
        () -> {
          try {
            task.run();
          } finally {
            free.release();
          }
        });
    return task;
  }

  /** How many calls have not come back. */
  int taken() {
    return size - free.availablePermits();
  }

  /**
   * Waits for all calls to come back; those who wait for a thread go first. Idle threads end by
   * themselves.
   *
   * @return whether they did come back in time
   */
  boolean drain(Duration wait) {
    boolean interrupted = false;
    long end = System.nanoTime() + wait.toNanos();
    try {
      while (true) {
        try {
          boolean drained = free.tryAcquire(size, end - System.nanoTime(), TimeUnit.NANOSECONDS);
          if (drained) {
            free.release(size);
          }
          return drained;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

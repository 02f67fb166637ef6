package dev.countersign.hsm;

import dev.countersign.error.ConfigurationException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Calls that may hang, each on a thread of its own that nobody has to wait for. */
final class Deadline {

  private Deadline() {}

  /**
   * Opens something within a time.
   *
   * @param turns one is taken while it is being opened, however long that takes
   * @param late what to do with it if it comes after the time
   * @throws ConfigurationException if it does not come in time
   */
  static <T> T open(Duration time, Semaphore turns, Supplier<T> opening, Consumer<T> late) {
    long end = System.nanoTime() + time.toNanos();
    takeTurn(turns, time);
    CompletableFuture<T> opened = new CompletableFuture<>();
    try {
      start(
          "countersign-hsm-open",
          () -> {
            try {
              open(opened, opening, late);
            } finally {
              turns.release();
            }
          });
    } catch (OutOfMemoryError e) {
      // no thread could be started
      turns.release();
      throw e;
    }
    try {
      return opened.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw giveUp(
          opened,
          late,
          "The PKCS#11 module has not answered within "
              + time.toMillis()
              + " ms; check that the HSM can be reached, or raise open-timeout in the pkcs11: URI");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw giveUp(opened, late, "Interrupted while opening the HSM's key");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new ConfigurationException("The PKCS#11 module cannot be used", e.getCause());
    }
  }

  private static <T> void open(CompletableFuture<T> opened, Supplier<T> opening, Consumer<T> late) {
    T result;
    try {
      result = opening.get();
    } catch (RuntimeException | Error e) {
      opened.completeExceptionally(e);
      return;
    }
    if (!opened.complete(result)) {
      late.accept(result);
    }
  }

  private static void takeTurn(Semaphore turns, Duration time) {
    try {
      if (turns.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConfigurationException("Interrupted while opening the HSM's key");
    }
    throw new ConfigurationException(
        LoadedModules.OPENINGS
            + " openings of the PKCS#11 module have not come back within "
            + time.toMillis()
            + " ms; check that the HSM can be reached, and if they stay away, restart this process");
  }

  private static <T> ConfigurationException giveUp(
      CompletableFuture<T> opened, Consumer<T> late, String sentence) {
    ConfigurationException failure = new ConfigurationException(sentence);
    if (!opened.completeExceptionally(failure) && !opened.isCompletedExceptionally()) {
      late.accept(opened.join());
    }
    return failure;
  }

  /** Does something, waiting for it a while and no longer. */
  static void run(Duration time, String name, Runnable work) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    start(
        name,
        () -> {
          try {
            work.run();
          } finally {
            done.complete(null);
          }
        });
    await(done, time);
  }

  private static void await(Future<?> done, Duration time) {
    boolean interrupted = false;
    long end = System.nanoTime() + time.toNanos();
    try {
      while (true) {
        try {
          done.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException | TimeoutException e) {
          return;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  static Thread start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}

package dev.countersign.hsm;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread of a pool. It ends when it has been idle for half a minute. */
final class SigningThread {

  private static final long IDLE = TimeUnit.SECONDS.toNanos(30);

  private final SigningPool pool;
  private final AtomicReference<@Nullable SigningTask<?>> given = new AtomicReference<>();
  private final Thread thread;

  SigningThread(SigningPool pool) {
    this.pool = pool;
    this.thread = new Thread(this::work, "countersign-hsm");
    this.thread.setDaemon(true);
  }

  /** What to do next; it has to be woken for it. */
  void give(SigningTask<?> task) {
    given.set(task);
  }

  void wake() {
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    } else {
      LockSupport.unpark(thread);
    }
  }

  private void work() {
    for (SigningTask<?> task = awaited(); task != null; ) {
      long began = System.nanoTime();
      Runnable tell = task.run();
      // free before the caller goes on, who may come with the next at once
      SigningTask<?> next = pool.next(this, began);
      tell.run();
      task = next != null ? next : awaited();
    }
  }

  /** What it is given; null if that is nothing for so long that it may end. */
  private @Nullable SigningTask<?> awaited() {
    long end = System.nanoTime() + IDLE;
    while (true) {
      SigningTask<?> task = given.getAndSet(null);
      if (task != null) {
        return task;
      }
      long left = end - System.nanoTime();
      if (left > 0) {
        LockSupport.parkNanos(this, left);
      } else if (pool.leave(this)) {
        return null;
      }
    }
  }
}

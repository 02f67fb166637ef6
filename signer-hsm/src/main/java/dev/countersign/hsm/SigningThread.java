package dev.countersign.hsm;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread of a pool. It ends when it has been idle for half a minute.
 *
 * <p>While there is more to do at once, it wakes the callers of a quick module a few together: a
 * processor that is asleep is then woken once for all of them.
 */
final class SigningThread {

  /** How many callers are woken together at most. */
  private static final int TOGETHER = 4;

  private static final long IDLE = TimeUnit.SECONDS.toNanos(30);

  private final SigningPool pool;
  private final AtomicReference<@Nullable SigningTask<?>> given = new AtomicReference<>();
  private final Thread thread;

  SigningThread(SigningPool pool, ThreadFactory threads) {
    this.pool = pool;
    this.thread = threads.newThread(this::work);
    this.thread.setName("countersign-hsm");
    this.thread.setDaemon(true);
  }

  /** What to do next; it has to be woken for it. */
  void give(SigningTask<?> task) {
    given.set(task);
  }

  /** What it was given and has not begun. */
  @Nullable SigningTask<?> takeBack() {
    return given.getAndSet(null);
  }

  void wake() {
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    } else {
      LockSupport.unpark(thread);
    }
  }

  private void work() {
    List<SigningTask<?>> untold = new ArrayList<>();
    for (SigningTask<?> task = awaited(); task != null; ) {
      long began = System.nanoTime();
      task.run();
      untold.add(task);
      // free before its caller goes on, who may come with the next at once
      SigningTask<?> next = pool.next(this, task, began);
      if (next == null || untold.size() == TOGETHER || !pool.isQuick()) {
        untold.forEach(SigningTask::tell);
        untold.clear();
      }
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
      // an interrupt is not for this thread, and would keep it from resting
      Thread.interrupted();
      long left = end - System.nanoTime();
      if (left > 0) {
        LockSupport.parkNanos(this, left);
      } else if (pool.leave(this)) {
        return null;
      }
    }
  }
}

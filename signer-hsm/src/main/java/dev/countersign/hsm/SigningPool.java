package dev.countersign.hsm;

import dev.countersign.error.SigningException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The threads on which a module is called, so that a call that never returns holds nobody but them.
 * As many as signatures at once; a thread that hangs is one fewer until it comes back.
 *
 * <p>Who waits for a thread is served in order of arrival. The thread that worked last works next,
 * and while the module is quick it works alone: to wake another costs more than to wait, unless
 * somebody has waited for {@link #PATIENCE}.
 */
final class SigningPool {

  /**
   * How long somebody waits for a thread that works alone before another is woken; and how often
   * one looks who is not told, as a thread may hang before it could tell.
   */
  static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(20);

  private final int size;
  private final ThreadFactory threads;
  private final int processors = Runtime.getRuntime().availableProcessors();
  private final Pace pace = new Pace();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition quiet = lock.newCondition();

  /** Under the lock, all four. */
  private final Deque<SigningTask<?>> waiting = new ArrayDeque<>();

  private final Set<SigningTask<?>> working = new HashSet<>();
  private final Deque<SigningThread> idle = new ArrayDeque<>();
  private final AtomicInteger busy = new AtomicInteger();

  SigningPool(int size) {
    this(size, Thread::new);
  }

  SigningPool(int size, ThreadFactory threads) {
    this.size = size;
    this.threads = threads;
  }

  /**
   * Has a thread of the pool call.
   *
   * @param wait how long to wait for a thread
   * @param time how long to wait for the call from then on
   * @throws SigningException if all threads are taken for longer or none can be started, or the
   *     caller is interrupted before there is one, which it then still is
   * @throws InterruptedException if it is interrupted during the call, which goes on
   * @throws TimeoutException if the call takes longer, and goes on
   */
  <T> T run(Callable<T> call, Duration wait, Duration time)
      throws InterruptedException, ExecutionException, TimeoutException {
    SigningTask<T> task = new SigningTask<>(call);
    long end = System.nanoTime() + wait.toNanos();
    boolean hurried = wait.toNanos() <= PATIENCE;
    boolean woken = wake(queue(task, hurried));
    while (woken && hurried && task.begun() == null && hasFree()) {
      // who came before has the thread that was woken
      woken = wake(another());
    }
    while (true) {
      Long begun = task.begun();
      long until = begun == null ? end : begun + time.toNanos();
      try {
        return task.get(Math.min(until - System.nanoTime(), PATIENCE));
      } catch (TimeoutException e) {
        boolean over = System.nanoTime() - until >= 0;
        if (begun != null && over) {
          throw e;
        }
        if (task.begun() == null && !over) {
          woken = wake(another());
        } else if (over && withdraw(task)) {
          throw woken ? busy(wait) : withoutThread(wait);
        }
      } catch (InterruptedException e) {
        if (!withdraw(task)) {
          throw e;
        }
        Thread.currentThread().interrupt();
        throw new SigningException("Interrupted while waiting for the HSM; nothing was signed");
      }
    }
  }

  private SigningException busy(Duration wait) {
    return new SigningException(
        "All "
            + size
            + " signing operations of the HSM have been busy for "
            + wait.toMillis()
            + " ms; sign less at once, or raise pool-size or acquire-timeout in the pkcs11: URI");
  }

  private static SigningException withoutThread(Duration wait) {
    return new SigningException(
        "No thread to call the HSM on could be started for "
            + wait.toMillis()
            + " ms; this process has as many threads as it may, so raise that limit, or find who"
            + " starts so many");
  }

  /** The thread to wake for it, if it is not to wait for one that is at work. */
  private @Nullable SigningThread queue(SigningTask<?> task, boolean hurried) {
    lock.lock();
    try {
      waiting.add(task);
      boolean enough = busy.get() > 0 && !hurried && isQuick();
      return enough || busy.get() == size ? null : give();
    } finally {
      lock.unlock();
    }
  }

  /** One thread more for those who wait. */
  private @Nullable SigningThread another() {
    lock.lock();
    try {
      return busy.get() < size ? give() : null;
    } finally {
      lock.unlock();
    }
  }

  /** Gives the first who waits to the thread that worked last. */
  private @Nullable SigningThread give() {
    SigningTask<?> first = waiting.poll();
    if (first == null) {
      return null;
    }
    begin(first);
    busy.incrementAndGet();
    SigningThread last = idle.poll();
    SigningThread thread = last != null ? last : new SigningThread(this, threads);
    thread.give(first);
    return thread;
  }

  private void begin(SigningTask<?> first) {
    first.begin();
    working.add(first);
  }

  /** False: it had to be started, and could not be. */
  private boolean wake(@Nullable SigningThread thread) {
    if (thread == null) {
      return true;
    }
    try {
      thread.wake();
      return true;
    } catch (OutOfMemoryError e) {
      putBack(thread.takeBack());
      return false;
    }
  }

  /** Its caller has another thread woken after a while, if none that works takes it before. */
  private void putBack(@Nullable SigningTask<?> task) {
    lock.lock();
    try {
      if (task != null) {
        working.remove(task);
        task.putBack();
        waiting.addFirst(task);
      }
      end();
    } finally {
      lock.unlock();
    }
  }

  /** A thread works no more. */
  private void end() {
    if (busy.decrementAndGet() == 0) {
      quiet.signalAll();
    }
  }

  private boolean withdraw(SigningTask<?> task) {
    lock.lock();
    try {
      return waiting.remove(task);
    } finally {
      lock.unlock();
    }
  }

  /** What a thread does next that is done with one; null: it is idle. */
  @Nullable SigningTask<?> next(SigningThread thread, SigningTask<?> done, long began) {
    lock.lock();
    try {
      working.remove(done);
      pace.took(System.nanoTime() - began, busy.get() > processors);
      SigningTask<?> first = waiting.poll();
      if (first != null) {
        begin(first);
        return first;
      }
      idle.push(thread);
      end();
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Whether an idle thread may end: nobody has given it anything. */
  boolean leave(SigningThread thread) {
    lock.lock();
    try {
      return idle.remove(thread);
    } finally {
      lock.unlock();
    }
  }

  boolean isQuick() {
    return pace.isQuick();
  }

  /** Whether every thread there may be has been at one call for longer than that. */
  boolean isStuck(Duration time) {
    lock.lock();
    try {
      return working.size() == size
          && working.stream().allMatch(task -> task.takesLongerThan(time));
    } finally {
      lock.unlock();
    }
  }

  private boolean hasFree() {
    return busy.get() < size;
  }

  /** How many calls have not come back. */
  int taken() {
    return busy.get();
  }

  /**
   * Waits for all calls to come back, those that wait for a thread too. Idle threads end by
   * themselves.
   *
   * @return whether they did come back in time
   */
  boolean drain(Duration wait) {
    boolean interrupted = false;
    long end = System.nanoTime() + wait.toNanos();
    lock.lock();
    try {
      while (busy.get() > 0 && end - System.nanoTime() > 0) {
        try {
          quiet.awaitNanos(end - System.nanoTime());
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      return busy.get() == 0;
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

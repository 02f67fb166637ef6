package dev.countersign.rate;

import dev.countersign.error.ServiceUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The queue in front of the permits: lets one waiter through after the other.
 *
 * <p>At most one question to the permits is open, and it is asked for the first in the queue. While
 * they say to wait, nobody asks. Futures are completed outside the lock.
 */
final class Turnstile {

  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final ReentrantLock lock = new ReentrantLock();
  private final PermitSource source;
  private final Timer timer;
  private final State state;

  Turnstile(Permits permits, @Nullable Permits fallback, Duration patience, Timer timer) {
    this.timer = timer;
    this.source = new PermitSource(permits, fallback, patience, timer, this::spared);
    this.state = new State(timer.nanos());
  }

  /** What changes, under the lock. */
  private static final class State {
    private final Lanes lanes = new Lanes();
    private final AtomicBoolean asking = new AtomicBoolean();
    private final AtomicReference<@Nullable CompletableFuture<Void>> sleep =
        new AtomicReference<>();
    private final AtomicLong sleepsUntil = new AtomicLong();
    private final AtomicLong pausedUntil;

    /** Permits that were taken for somebody who then did not wait for them. */
    private final AtomicLong spare = new AtomicLong();

    /**
     * A permit is for the minute that it was taken in: when those that are spare are none any more.
     */
    private final AtomicLong spareUntil = new AtomicLong();

    private final AtomicLong taken = new AtomicLong();

    State(long now) {
      this.pausedUntil = new AtomicLong(now);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // what follows from a turn cannot fail
  CompletableFuture<Void> queue(String lane, int requests, Duration within) {
    long now = timer.nanos();
    if (within.isNegative()) {
      return CompletableFuture.failedFuture(tooLate(Duration.ZERO));
    }
    Duration patience = within.compareTo(LONGEST) > 0 ? LONGEST : within;
    Waiter waiter = new Waiter(lane, requests, now, now + patience.toNanos());
    lock.lock();
    try {
      Duration least = least(waiter, now);
      if (least.compareTo(patience) > 0) {
        return CompletableFuture.failedFuture(tooLate(least));
      }
      state.lanes.add(waiter);
    } finally {
      lock.unlock();
    }
    serve();
    if (!waiter.turn.isDone()) {
      CompletableFuture<Void> expiry = timer.after(patience);
      expiry.thenRun(() -> waiter.turn.completeExceptionally(tooLate(patience)));
      waiter.turn.whenComplete(
          (turn, failure) -> {
            expiry.cancel(false);
            if (failure != null) {
              left(waiter);
            }
          });
    }
    return waiter.turn;
  }

  /** What a newcomer will have to wait at least, as far as can be known. */
  private Duration least(Waiter waiter, long now) {
    long least = Math.max(state.pausedUntil.get() - now, 0);
    if (state.sleep.get() != null) {
      least = Math.max(least, state.sleepsUntil.get() - now);
    }
    long ahead = state.lanes.requests(waiter.lane) + waiter.requests - state.spare.get();
    return Duration.ofNanos(Math.max(least, source.waitFor(ahead).toNanos()));
  }

  /** Somebody gave up the place. */
  private void left(Waiter waiter) {
    lock.lock();
    try {
      boolean wasFirst = state.lanes.first() == waiter;
      if (!state.lanes.remove(waiter) || !wasFirst) {
        return;
      }
      CompletableFuture<Void> sleep = state.sleep.get();
      if (sleep != null) {
        state.sleep.set(null);
        sleep.cancel(false);
      }
    } finally {
      lock.unlock();
    }
    serve();
  }

  /** Permits came for somebody who is gone. */
  private void spared(int requests) {
    lock.lock();
    try {
      spare(requests);
    } finally {
      lock.unlock();
    }
    serve();
  }

  /** Keeps permits for whoever is next. Under the lock. */
  private void spare(int requests) {
    if (state.spare.getAndAdd(requests) <= 0) {
      state.spareUntil.set(timer.nanos() + MINUTE);
    }
  }

  /** Lets through whoever can be, until somebody has to wait. */
  private void serve() {
    boolean again = true;
    while (again) {
      again = step();
    }
  }

  /** Asks for the first in the queue; whether there may be more to do at once. */
  @SuppressWarnings("FutureReturnValueIgnored") // what follows from an answer cannot fail
  private boolean step() {
    Waiter first;
    int needed = 0;
    Runnable hold = null;
    lock.lock();
    try {
      first = state.lanes.first();
      if (first == null || state.asking.get() || state.sleep.get() != null) {
        return false;
      }
      long pause = state.pausedUntil.get() - timer.nanos();
      if (pause > 0) {
        hold = hold(first, Duration.ofNanos(pause));
      } else {
        if (state.spareUntil.get() - timer.nanos() <= 0) {
          state.spare.set(0);
        }
        needed = (int) Math.max(first.requests - state.spare.get(), 0);
        state.asking.set(true);
      }
    } finally {
      lock.unlock();
    }
    if (hold != null) {
      hold.run();
      return true;
    }
    Waiter waiter = first;
    int asked = needed;
    CompletableFuture<Duration> answer = source.take(asked);
    boolean atOnce = answer.isDone();
    answer.whenComplete(
        (wait, failure) -> {
          answered(waiter, asked, wait, failure);
          if (!atOnce) {
            serve();
          }
        });
    return atOnce;
  }

  private void answered(
      Waiter waiter, int asked, @Nullable Duration wait, @Nullable Throwable failure) {
    Runnable then;
    lock.lock();
    try {
      state.asking.set(false);
      boolean isFirst = state.lanes.first() == waiter;
      if (wait == null) {
        state.lanes.remove(waiter);
        then = () -> waiter.turn.completeExceptionally(PermitSource.unavailable(failure));
      } else if (wait.isZero()) {
        spare(asked);
        then = isFirst ? admit(waiter) : () -> {};
      } else {
        then = isFirst ? hold(waiter, wait) : () -> {};
      }
    } finally {
      lock.unlock();
    }
    then.run();
  }

  /** Under the lock; what is returned is to be run outside. */
  private Runnable admit(Waiter waiter) {
    state.lanes.served(waiter);
    state.spare.addAndGet(-waiter.requests);
    state.taken.addAndGet(waiter.requests);
    return () -> {
      if (!waiter.turn.complete(null)) {
        lock.lock();
        try {
          spare(waiter.requests);
          state.taken.addAndGet(-waiter.requests);
        } finally {
          lock.unlock();
        }
      }
    };
  }

  /** Under the lock; what is returned is to be run outside. */
  @SuppressWarnings("FutureReturnValueIgnored") // waking up cannot fail
  private Runnable hold(Waiter first, Duration wait) {
    long now = timer.nanos();
    if (first.left(now).compareTo(wait) < 0) {
      state.lanes.remove(first);
      return () -> first.turn.completeExceptionally(tooLate(wait));
    }
    CompletableFuture<Void> sleep = timer.after(wait);
    state.sleep.set(sleep);
    state.sleepsUntil.set(now + wait.toNanos());
    return () -> sleep.thenRun(() -> awake(sleep));
  }

  private void awake(CompletableFuture<Void> sleep) {
    lock.lock();
    try {
      state.sleep.compareAndSet(sleep, null);
    } finally {
      lock.unlock();
    }
    serve();
  }

  void pause(Duration pause) {
    lock.lock();
    try {
      long until = timer.nanos() + pause.toNanos();
      if (until - state.pausedUntil.get() > 0) {
        state.pausedUntil.set(until);
      }
    } finally {
      lock.unlock();
    }
  }

  Load load() {
    lock.lock();
    try {
      long now = timer.nanos();
      return new Load(
          state.lanes.size(),
          Duration.ofNanos(now - state.lanes.oldest(now)),
          state.taken.get(),
          Duration.ofNanos(Math.max(state.pausedUntil.get() - now, 0)));
    } finally {
      lock.unlock();
    }
  }

  private static ServiceUnavailableException tooLate(Duration wait) {
    return new ServiceUnavailableException(
        "The rate budget is used up: the call's turn does not come within its deadline (a wait of "
            + wait.toMillis()
            + " ms or more); nothing was sent",
        wait,
        null);
  }
}

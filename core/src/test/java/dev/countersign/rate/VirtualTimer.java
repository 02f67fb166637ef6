package dev.countersign.rate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/** A timer whose time passes only when a test says so, or when somebody waits, if so built. */
public final class VirtualTimer implements Timer {

  private record Alarm(long at, CompletableFuture<Void> future) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Alarm> alarms = new ArrayList<>();
  private final List<Duration> waits = new ArrayList<>();
  private final boolean atOnce;
  private long now = 1_000_000_000L;

  private VirtualTimer(boolean atOnce) {
    this.atOnce = atOnce;
  }

  /** Time stands still until {@link #pass}. */
  public static VirtualTimer standing() {
    return new VirtualTimer(false);
  }

  /** Whoever waits has waited at once. Not for what also waits for time running out. */
  public static VirtualTimer jumping() {
    return new VirtualTimer(true);
  }

  @Override
  public long nanos() {
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public CompletableFuture<Void> after(Duration delay) {
    CompletableFuture<Void> future = new CompletableFuture<>();
    lock.lock();
    try {
      waits.add(delay);
      if (!atOnce) {
        alarms.add(new Alarm(now + delay.toNanos(), future));
        return future;
      }
      now += delay.toNanos();
    } finally {
      lock.unlock();
    }
    future.complete(null);
    return future;
  }

  /** Lets time pass, and wakes whoever waits, one after the other, each at its time. */
  public void pass(Duration time) {
    long end = nanos() + time.toNanos();
    while (true) {
      Alarm next;
      lock.lock();
      try {
        alarms.removeIf(alarm -> alarm.future.isDone());
        next =
            alarms.stream()
                .filter(alarm -> alarm.at <= end)
                .min(Comparator.comparingLong(Alarm::at))
                .orElse(null);
        now = next == null ? end : Math.max(now, next.at);
        alarms.remove(next);
      } finally {
        lock.unlock();
      }
      if (next == null) {
        return;
      }
      next.future.complete(null);
    }
  }

  /** How long each wait was to be, in the order they began. */
  public List<Duration> waits() {
    lock.lock();
    try {
      return List.copyOf(waits);
    } finally {
      lock.unlock();
    }
  }

  /** How many wait. */
  public long waiting() {
    lock.lock();
    try {
      return alarms.stream().filter(alarm -> !alarm.future.isDone()).count();
    } finally {
      lock.unlock();
    }
  }
}

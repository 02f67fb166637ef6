package dev.countersign.approval;

import dev.countersign.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at everything that is waited for, together.
 *
 * <p>At a tick, what is due is put on its {@link Shelf}; whatever else is on that shelf and due
 * within half its interval comes along. Three or more are looked for in the list, as long as each
 * page shows two of them or more, the rest one by one: whatever the order of a list, which Dfns
 * does not document, looking costs at most one request more than looking one by one.
 */
final class Poller {

  /** Ticks are at least so far apart: what is due soon after comes along. */
  private static final long SHORTEST_TICK = TimeUnit.MILLISECONDS.toNanos(100);

  /** From how many on a list is worth a request. */
  private static final int WORTH_A_LIST = 3;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<WaitId<?>, Entry<?>> entries = new LinkedHashMap<>();
  private final AtomicReference<@Nullable ScheduledFuture<?>> tick = new AtomicReference<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final WaitSettings settings;
  private final Rounds rounds;

  Poller(WaitSettings settings, Looks looks) {
    this.settings = settings;
    this.rounds = new Rounds(looks, this, settings);
  }

  /**
   * Adds a waiter; the future ends when what it waits for does.
   *
   * @throws IllegalStateException if this is closed
   */
  <T> void add(WaitId<T> id, CompletableFuture<Waited<T>> waiter) {
    guarded(
        after -> {
          if (closed.get()) {
            throw new IllegalStateException("These waits are closed; open others");
          }
          Entry<T> entry = entry(id);
          if (entry == null) {
            entry = new Entry<>(id, settings.pace().first().toNanos());
            entries.put(id, entry);
            due(entry, 0);
          }
          entry.waiters.add(waiter);
        });
  }

  /** Removes a waiter, and what nobody waits for any more. */
  @SuppressWarnings("ReferenceEquality") // futures have no other equality
  <T> Waited.StillPending<T> remove(WaitId<T> id, CompletableFuture<Waited<T>> waiter) {
    lock.lock();
    try {
      Entry<T> entry = entry(id);
      if (entry == null) {
        return new Waited.StillPending<>(id, null, null);
      }
      entry.waiters.removeIf(each -> each == waiter);
      if (entry.waiters.isEmpty()) {
        entries.remove(id);
      }
      return entry.stillPending();
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("unchecked") // an entry is put under its own id
  private <T> @Nullable Entry<T> entry(WaitId<T> id) {
    return (Entry<T>) entries.get(id);
  }

  int size() {
    return locked(entries::size);
  }

  /** Runs something that reads and changes entries, and afterwards what it left to be done. */
  void guarded(Consumer<List<Runnable>> change) {
    List<Runnable> after = new ArrayList<>();
    lock.lock();
    try {
      change.accept(after);
      if (closed.get()) {
        rounds.forget();
        awaited().forEach(entry -> endPending(entry, after));
      }
    } finally {
      lock.unlock();
    }
    after.forEach(Runnable::run);
    rounds.pump();
  }

  /** Asks for something that is guarded. */
  <R extends @Nullable Object> R locked(Supplier<R> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }

  /** Whether somebody still waits for this. Guarded. */
  boolean isAwaited(Entry<?> entry) {
    return entries.get(entry.id) == entry;
  }

  /** All that are waited for. Guarded. */
  List<Entry<?>> awaited() {
    return List.copyOf(entries.values());
  }

  /** The one of a kind and two ids, if it is waited for. Guarded. */
  Optional<Entry<?>> awaited(WaitKind<?> kind, Optional<String> parent, Optional<String> id) {
    return parent.isEmpty() || id.isEmpty()
        ? Optional.empty()
        : WaitId.find(kind, parent.get(), id.get()).map(entries::get);
  }

  /** Ends one for all who wait for it. Guarded. */
  <T> void end(Entry<T> entry, Waited<T> how, List<Runnable> after) {
    if (isAwaited(entry)) {
      entries.remove(entry.id);
      for (CompletableFuture<Waited<T>> waiter : entry.waiters) {
        after.add(() -> settings.complete(waiter, how));
      }
    }
  }

  /** Fails one for all who wait for it. Guarded. */
  void fail(Entry<?> entry, RuntimeException why, List<Runnable> after) {
    if (isAwaited(entry)) {
      entries.remove(entry.id);
      for (CompletableFuture<?> waiter : entry.waiters) {
        after.add(() -> settings.fail(waiter, why));
      }
    }
  }

  /** The next look comes after the next longer interval, or later. Guarded. */
  void again(Entry<?> entry, long atLeast) {
    if (isAwaited(entry)) {
      entry.busy.set(false);
      entry.interval.set(settings.pace().after(entry.interval.get()));
      due(entry, atLeast);
    }
  }

  /** The next look comes at once, and those after it as at first: something has moved. Guarded. */
  void soon(Entry<?> entry) {
    entry.interval.set(settings.pace().first().toNanos());
    entry.due.set(settings.now());
    arm(0);
  }

  private void due(Entry<?> entry, long atLeast) {
    long wait = settings.pace().jittered(entry.interval.get(), settings.chance());
    entry.due.set(settings.now() + Math.max(wait, atLeast));
    arm(Math.max(wait, atLeast));
  }

  /** Sees to it that a tick comes by then. */
  private void arm(long wait) {
    long delay = Math.max(wait, SHORTEST_TICK);
    ScheduledFuture<?> next = tick.get();
    if (next != null && next.getDelay(TimeUnit.NANOSECONDS) <= delay) {
      return;
    }
    if (next != null) {
      next.cancel(false);
    }
    try {
      tick.set(settings.scheduler().schedule(this::tick, delay, TimeUnit.NANOSECONDS));
    } catch (RejectedExecutionException e) {
      closed.set(
          true); // whoever owns the scheduler has shut it down: nothing is looked at any more
    }
  }

  private void tick() {
    guarded(
        after -> {
          tick.set(null);
          if (rounds.quiet() <= 0) {
            round();
          }
          long now = settings.now();
          entries.values().stream()
              .filter(entry -> !entry.busy.get())
              .mapToLong(entry -> entry.due.get() - now)
              .min()
              .ifPresent(wait -> arm(Math.max(wait, rounds.quiet())));
        });
  }

  /** Queues what is due, and what can as well be seen along with it. */
  private void round() {
    long now = settings.now();
    Set<Shelf> due = new HashSet<>();
    Map<Shelf, List<Entry<?>>> shelves = new HashMap<>();
    for (Entry<?> entry : entries.values()) {
      if (!entry.busy.get() && entry.due.get() - now <= entry.interval.get() / 2) {
        Shelf shelf = rounds.shelf(entry);
        shelves.computeIfAbsent(shelf, s -> new ArrayList<>()).add(entry);
        if (entry.due.get() - now <= 0) {
          due.add(shelf);
        }
      }
    }
    shelves.keySet().retainAll(due);
    shelves.forEach(
        (shelf, those) -> {
          those.forEach(entry -> entry.busy.set(true));
          if (those.size() >= WORTH_A_LIST && rounds.isOpen(shelf)) {
            rounds.walk(shelf, those);
          } else {
            those.forEach(rounds::single);
          }
        });
  }

  /** Judges what a look at one saw, and goes on accordingly. Guarded. */
  <T> void seen(Entry<T> entry, JsonObject json, List<Runnable> after) {
    conclude(entry, entry.see(json), after);
  }

  /** Ends an entry, has its rejection explained, or looks again later. Guarded. */
  <T> void conclude(Entry<T> entry, @Nullable Verdict<T> verdict, List<Runnable> after) {
    if (verdict instanceof Verdict.Ended<T> ended) {
      end(entry, ended.how(), after);
    } else if (verdict instanceof Verdict.Rejected<T> rejected && rejected.approvalId() != null) {
      entry.busy.set(true);
      rounds.explain(entry, rejected.entity(), rejected.approvalId());
    } else {
      again(entry, 0);
    }
  }

  /** Ends all as still pending. */
  void close() {
    guarded(
        after -> {
          closed.set(true);
          ScheduledFuture<?> next = tick.getAndSet(null);
          if (next != null) {
            next.cancel(false);
          }
        });
  }

  private <T> void endPending(Entry<T> entry, List<Runnable> after) {
    end(entry, entry.stillPending(), after);
  }
}

package dev.countersign.batch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A journal that ends with its process and keeps every item of it: for tests, and for batches that
 * need not survive.
 */
public final class MemoryJournal implements BatchJournal {

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Kept> batches = new HashMap<>();

  private MemoryJournal(Clock clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /** An empty journal. */
  public static MemoryJournal create() {
    return create(Clock.systemUTC());
  }

  /** The same, its leases running out by this clock. */
  public static MemoryJournal create(Clock clock) {
    return new MemoryJournal(clock);
  }

  @Override
  public OptionalLong acquire(String batchId, Duration lease) {
    Names.require("id", batchId);
    return locked(
        () -> {
          Kept batch = batches.computeIfAbsent(batchId, id -> new Kept());
          if (batch.leasedUntil.get().isAfter(clock.instant())) {
            return OptionalLong.empty();
          }
          batch.leasedUntil.set(clock.instant().plus(lease));
          return OptionalLong.of(batch.fence.incrementAndGet());
        });
  }

  @Override
  public boolean renew(String batchId, long fence, Duration lease) {
    return locked(
        () -> {
          boolean held = held(batchId, fence);
          if (held) {
            batch(batchId).leasedUntil.set(clock.instant().plus(lease));
          }
          return held;
        });
  }

  @Override
  public void release(String batchId, long fence) {
    locked(
        () -> {
          if (held(batchId, fence)) {
            batch(batchId).leasedUntil.set(Instant.MIN);
          }
          return batchId;
        });
  }

  @Override
  public Optional<JournalItem> add(String batchId, long fence, JournalItem item) {
    return locked(
        () -> {
          if (!held(batchId, fence)) {
            return Optional.empty();
          }
          Map<String, JournalItem> items = batch(batchId).items;
          return Optional.of(
              items.computeIfAbsent(
                  item.id(),
                  id ->
                      item.toBuilder()
                          .position(items.size() + 1L)
                          .started(0, null)
                          .end(null)
                          .build()));
        });
  }

  @Override
  public boolean start(String batchId, long fence, String itemId, Instant at) {
    return locked(
        () ->
            held(batchId, fence)
                && change(
                    batchId,
                    itemId,
                    item ->
                        item.end().isEmpty() && item.startedBy() < fence
                            ? item.toBuilder().started(fence, at).build()
                            : item));
  }

  @Override
  public void putBack(String batchId, long fence, String itemId) {
    locked(
        () ->
            change(
                batchId,
                itemId,
                item ->
                    item.end().isEmpty() && item.startedBy() == fence
                        ? item.toBuilder().started(0, null).build()
                        : item));
  }

  @Override
  public void end(String batchId, String itemId, RecordedEnd end) {
    locked(
        () ->
            change(
                batchId,
                itemId,
                item ->
                    end.replaces(item.end().orElse(null))
                        ? item.toBuilder().end(end).build()
                        : item));
  }

  @Override
  public List<JournalItem> unfinished(String batchId, long after, int limit) {
    return locked(
        () ->
            batches.containsKey(batchId)
                ? batch(batchId).items.values().stream()
                    .filter(item -> item.position() > after && item.end().isEmpty())
                    .limit(limit)
                    .toList()
                : List.of());
  }

  private boolean held(String batchId, long fence) {
    return batches.containsKey(batchId) && batch(batchId).fence.get() == fence;
  }

  private Kept batch(String batchId) {
    return Objects.requireNonNull(batches.get(batchId), batchId);
  }

  /** Whether there is such an item and it is another one now. */
  private boolean change(String batchId, String itemId, Function<JournalItem, JournalItem> change) {
    JournalItem before = batch(batchId).items.get(itemId);
    if (before == null) {
      return false;
    }
    JournalItem after = change.apply(before);
    batch(batchId).items.put(itemId, after);
    return after != before;
  }

  private <R> R locked(Supplier<R> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  /** One batch. */
  private static final class Kept {
    private final AtomicLong fence = new AtomicLong();
    private final AtomicReference<Instant> leasedUntil = new AtomicReference<>(Instant.MIN);
    private final Map<String, JournalItem> items = new LinkedHashMap<>();
  }
}

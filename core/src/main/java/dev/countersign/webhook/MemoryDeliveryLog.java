package dev.countersign.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A log of deliveries in this process's memory, which forgets all when the process ends.
 *
 * <p>Bounded: the oldest event is forgotten when there would be more than there is room for, or
 * when it was claimed longer ago than it is kept. An event takes some 300 bytes.
 */
public final class MemoryDeliveryLog implements DeliveryLog {

  /** How many events are kept unless told otherwise: 100,000, some 30 megabytes. */
  public static final int DEFAULT_SIZE = 100_000;

  /** How long an event is kept: 48 hours, twice what Dfns's attempts take. */
  public static final Duration KEPT = Duration.ofDays(2);

  /**
   * After which time a claim lapses: 5 minutes. Dfns's second attempt comes 1 minute after the
   * first and the third after 12, so that the third finds the way free.
   */
  public static final Duration LAPSE = Duration.ofMinutes(5);

  private final int size;
  private final ReentrantLock lock = new ReentrantLock();

  /** The events by the id that stands for all their attempts, the oldest first. */
  private final Map<String, Handling> events = new LinkedHashMap<>();

  /** That id, by the id of each attempt. */
  private final Map<String, String> roots = new HashMap<>();

  private MemoryDeliveryLog(int size) {
    this.size = size;
  }

  private record Handling(Set<String> attempts, Instant since, Instant claimed, boolean done) {}

  /** An empty log of {@link #DEFAULT_SIZE}. */
  public static MemoryDeliveryLog create() {
    return of(DEFAULT_SIZE);
  }

  /**
   * An empty log of another size.
   *
   * @throws IllegalArgumentException if there is no room for one
   */
  public static MemoryDeliveryLog of(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("A log of deliveries has room for at least one");
    }
    return new MemoryDeliveryLog(size);
  }

  @Override
  public Claim claim(String eventId, @Nullable String retryOf, Instant now) {
    Objects.requireNonNull(eventId, "eventId");
    lock.lock();
    try {
      forget(now);
      String earlier = retryOf == null ? eventId : retryOf;
      String root = roots.getOrDefault(eventId, roots.getOrDefault(earlier, earlier));
      Handling handling = events.get(root);
      Set<String> attempts = handling == null ? new HashSet<>() : handling.attempts();
      for (String attempt : new String[] {eventId, earlier, root}) {
        attempts.add(attempt);
        roots.put(attempt, root);
      }
      if (handling != null && handling.done()) {
        return Claim.DONE;
      }
      if (handling != null && now.isBefore(handling.claimed().plus(LAPSE))) {
        return Claim.BUSY;
      }
      Instant since = handling == null ? now : handling.since();
      events.put(root, new Handling(attempts, since, now, false));
      forget(now);
      return Claim.FIRST;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void confirm(String eventId, Instant now) {
    mark(eventId, now, true);
  }

  @Override
  public void release(String eventId) {
    mark(eventId, Instant.MIN.plus(LAPSE), false);
  }

  private void mark(String eventId, Instant claimed, boolean done) {
    lock.lock();
    try {
      String root = roots.getOrDefault(eventId, eventId);
      events.computeIfPresent(
          root,
          (id, handling) ->
              handling.done()
                  ? handling
                  : new Handling(handling.attempts(), handling.since(), claimed, done));
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what is too old, and the oldest of more than there is room for. */
  private void forget(Instant now) {
    Iterator<Handling> oldest = events.values().iterator();
    while (oldest.hasNext()) {
      Handling handling = oldest.next();
      if (events.size() <= size && now.isBefore(handling.since().plus(KEPT))) {
        return;
      }
      oldest.remove();
      handling.attempts().forEach(roots::remove);
    }
  }

  /** How many ids it knows, those of attempts included. */
  int known() {
    lock.lock();
    try {
      return roots.size();
    } finally {
      lock.unlock();
    }
  }

  /** How many events it remembers. */
  @Override
  public String toString() {
    lock.lock();
    try {
      return "MemoryDeliveryLog(" + events.size() + " of " + size + ")";
    } finally {
      lock.unlock();
    }
  }
}

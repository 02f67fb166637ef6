package dev.countersign.rate;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who waits, first come first served within a lane, and the lanes in turn. Not thread-safe.
 *
 * <p>Invariant: {@code turns} holds each lane that has somebody in it once, and no other.
 */
final class Lanes {

  private final Map<String, LinkedHashSet<Waiter>> lanes = new HashMap<>();
  private final Map<String, Long> requests = new HashMap<>();
  private final Queue<String> turns = new ArrayDeque<>();

  void add(Waiter waiter) {
    LinkedHashSet<Waiter> lane = lanes.computeIfAbsent(waiter.lane, name -> new LinkedHashSet<>());
    if (lane.isEmpty()) {
      turns.add(waiter.lane);
    }
    lane.add(waiter);
    requests.merge(waiter.lane, (long) waiter.requests, Long::sum);
  }

  /** Whose turn it is; null if nobody waits. */
  @Nullable Waiter first() {
    String lane = turns.peek();
    return lane == null ? null : lane(lane).iterator().next();
  }

  /** The first one had its turn: the next one is of the next lane. */
  void served(Waiter first) {
    turns.remove();
    take(first);
    if (lanes.containsKey(first.lane)) {
      turns.add(first.lane);
    }
  }

  /** Somebody no longer waits; nothing else changes its place. */
  boolean remove(Waiter waiter) {
    LinkedHashSet<Waiter> lane = lanes.get(waiter.lane);
    if (lane == null || !lane.contains(waiter)) {
      return false;
    }
    take(waiter);
    if (!lanes.containsKey(waiter.lane)) {
      turns.remove(waiter.lane);
    }
    return true;
  }

  /** A lane in which somebody waits. */
  private Set<Waiter> lane(String name) {
    return Objects.requireNonNull(lanes.get(name), name);
  }

  private void take(Waiter waiter) {
    Set<Waiter> lane = lane(waiter.lane);
    lane.remove(waiter);
    if (lane.isEmpty()) {
      lanes.remove(waiter.lane);
      requests.remove(waiter.lane);
    } else {
      requests.merge(waiter.lane, (long) -waiter.requests, Long::sum);
    }
  }

  int size() {
    return lanes.values().stream().mapToInt(LinkedHashSet::size).sum();
  }

  /** How many requests wait in a lane. */
  long requests(String lane) {
    return requests.getOrDefault(lane, 0L);
  }

  /** When the one came that waits longest; {@code now} if nobody does. */
  long oldest(long now) {
    long oldest = now;
    for (LinkedHashSet<Waiter> lane : lanes.values()) {
      long since = lane.iterator().next().since;
      oldest = since - oldest < 0 ? since : oldest;
    }
    return oldest;
  }
}

package dev.countersign.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * The items that wait, in their order: of those with one key only the first may go, once the one
 * before it has ended. Used by one thread at a time.
 */
final class Lanes<T> {

  private final Queue<Ticket<T>> ready = new ArrayDeque<>();

  /** By key: those behind the one that is ready or under way. */
  private final Map<String, Queue<Ticket<T>>> behind = new HashMap<>();

  private final Set<String> closed = new HashSet<>();

  void add(Ticket<T> ticket) {
    Optional<String> key = ticket.item().orderKey();
    if (key.isPresent() && behind.containsKey(key.get())) {
      behind.get(key.get()).add(ticket);
      return;
    }
    key.ifPresent(name -> behind.put(name, new ArrayDeque<>()));
    ready.add(ticket);
  }

  /** Whether nothing of this item's key may go any more in this run. */
  boolean isClosed(JournalItem item) {
    return item.orderKey().filter(closed::contains).isPresent();
  }

  /** The next one that may go. */
  Optional<Ticket<T>> next() {
    return Optional.ofNullable(ready.poll());
  }

  /** The one that goes after this one, if they are in order and it is there. */
  Optional<Ticket<T>> after(Ticket<T> ticket) {
    return ticket.item().orderKey().map(behind::get).map(Queue::peek);
  }

  /** This one has ended, and what is behind it may go. */
  void ended(Ticket<T> ticket) {
    ticket
        .item()
        .orderKey()
        .ifPresent(
            key -> {
              Queue<Ticket<T>> queue = behind.get(key);
              Ticket<T> next = queue == null ? null : queue.poll();
              if (next == null) {
                behind.remove(key);
              } else {
                ready.add(next);
              }
            });
  }

  /** This one may yet have to be done, and nothing behind it may go; what was there. */
  List<Ticket<T>> close(Ticket<T> ticket) {
    List<Ticket<T>> left = new ArrayList<>();
    ticket
        .item()
        .orderKey()
        .ifPresent(
            key -> {
              closed.add(key);
              Queue<Ticket<T>> queue = behind.remove(key);
              if (queue != null) {
                left.addAll(queue);
              }
            });
    return left;
  }

  /** Takes all that wait. */
  List<Ticket<T>> clear() {
    List<Ticket<T>> left = new ArrayList<>(ready);
    ready.clear();
    behind.values().forEach(left::addAll);
    behind.values().forEach(Queue::clear);
    return left;
  }
}

package dev.countersign.simulator.state;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What requests have touched: operations with the statuses they were answered with, and permissions
 * by who needed them. It grows with neither the requests nor the entities. Safe for use by several
 * threads at once.
 */
public final class Traffic {

  /** The status of an answer that did not reach the client. */
  public static final int LOST = 0;

  private final Map<String, Map<Integer, LongAdder>> answers = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> used = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> lacked = new ConcurrentHashMap<>();

  /** Nothing yet. */
  public Traffic() {}

  /** An operation was answered. */
  public void answered(String operation, int status) {
    Map<Integer, LongAdder> statuses = answers.get(operation);
    LongAdder count = statuses == null ? null : statuses.get(status);
    if (count == null) {
      count =
          answers
              .computeIfAbsent(operation, it -> new ConcurrentHashMap<>())
              .computeIfAbsent(status, it -> new LongAdder());
    }
    count.increment();
  }

  /** Adds the operations that another has, with their statuses. */
  public void addAnswers(Traffic other) {
    other.answers.forEach(
        (operation, statuses) ->
            statuses.forEach(
                (status, count) ->
                    answers
                        .computeIfAbsent(operation, it -> new ConcurrentHashMap<>())
                        .computeIfAbsent(status, it -> new LongAdder())
                        .add(count.sum())));
  }

  /** A user needed a permission and had it. */
  public void used(Entity user, String permission) {
    note(used, key(user), permission);
  }

  /** A user needed a permission and did not have it. */
  public void lacked(Entity user, String permission) {
    note(lacked, key(user), permission);
  }

  /** After a reset somebody else may have the identifier. */
  private static String key(Entity user) {
    return user.id() + " " + user.text("username");
  }

  private static void note(Map<String, Set<String>> all, String identity, String permission) {
    Set<String> known = all.get(identity);
    if (known == null) {
      known = all.computeIfAbsent(identity, it -> ConcurrentHashMap.newKeySet());
    }
    if (!known.contains(permission)) {
      known.add(permission);
    }
  }

  /** How often each operation was answered with each status. */
  public SortedMap<String, SortedMap<Integer, Long>> answers() {
    SortedMap<String, SortedMap<Integer, Long>> copy = new TreeMap<>();
    answers.forEach(
        (operation, statuses) -> {
          SortedMap<Integer, Long> counts = new TreeMap<>();
          statuses.forEach((status, count) -> counts.put(status, count.sum()));
          copy.put(operation, counts);
        });
    return copy;
  }

  /** The permissions that a user needed and had, by the name that the user has. */
  public SortedSet<String> used(Entity user) {
    return new TreeSet<>(used.getOrDefault(key(user), Set.of()));
  }

  /** The permissions that a user needed and did not have, by the name that the user has. */
  public SortedSet<String> lacked(Entity user) {
    return new TreeSet<>(lacked.getOrDefault(key(user), Set.of()));
  }

  /** Forgets everything. */
  public void clear() {
    answers.clear();
    used.clear();
    lacked.clear();
  }
}

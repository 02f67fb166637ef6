package dev.countersign.simulator.usage;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which operations were called through a door, and how they were answered. What the simulator does
 * by itself does not count. Immutable.
 */
public final class Coverage {

  /** The status that stands for an answer which a fault kept from the client. */
  public static final int LOST = 0;

  private final SortedMap<String, SortedMap<Integer, Long>> touched;
  private final List<String> untouched;

  /**
   * A coverage.
   *
   * @param operations the names of all operations
   * @param answers how often operations were answered with each status
   */
  public Coverage(List<String> operations, Map<String, ? extends Map<Integer, Long>> answers) {
    SortedMap<String, SortedMap<Integer, Long>> copy = new TreeMap<>();
    answers.forEach(
        (operation, statuses) ->
            copy.put(operation, Collections.unmodifiableSortedMap(new TreeMap<>(statuses))));
    this.touched = Collections.unmodifiableSortedMap(copy);
    this.untouched = operations.stream().filter(it -> !touched.containsKey(it)).sorted().toList();
  }

  /** This coverage and another, added up: touched by either, untouched by both. */
  public Coverage and(Coverage other) {
    SortedMap<String, SortedMap<Integer, Long>> sum = new TreeMap<>();
    touched.forEach((operation, statuses) -> sum.put(operation, new TreeMap<>(statuses)));
    other.touched.forEach(
        (operation, statuses) ->
            statuses.forEach(
                (status, count) ->
                    sum.computeIfAbsent(operation, it -> new TreeMap<>())
                        .merge(status, count, Long::sum)));
    return new Coverage(untouched, sum);
  }

  /**
   * The operations that were called, each with how often it was answered with each status, {@link
   * #LOST} if it did not reach the client.
   */
  public SortedMap<String, SortedMap<Integer, Long>> touched() {
    return touched;
  }

  /** The operations that were not called, in their order. */
  public List<String> untouched() {
    return untouched;
  }

  /** The coverage as a table of text, a line for each operation, those not called at the end. */
  public String toTable() {
    Map<String, String> lines = new LinkedHashMap<>();
    touched.forEach(
        (operation, statuses) ->
            lines.put(
                operation,
                statuses.entrySet().stream()
                    .map(it -> name(it.getKey()) + "×" + it.getValue())
                    .collect(Collectors.joining("  "))));
    untouched.forEach(operation -> lines.put(operation, "-"));
    int width = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder table = new StringBuilder();
    lines.forEach(
        (operation, statuses) ->
            table
                .append(operation)
                .append(" ".repeat(width - operation.length() + 2))
                .append(statuses)
                .append('\n'));
    return table.append(this).append('\n').toString();
  }

  private static String name(int status) {
    return status == LOST ? "lost" : Integer.toString(status);
  }

  /** How many operations of how many were called. */
  @Override
  public String toString() {
    return touched.size() + " of " + (touched.size() + untouched.size()) + " operations called";
  }
}

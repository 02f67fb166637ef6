package dev.countersign.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The table of encoding and decoding: time and allocated bytes, beside Jackson's databind in the
 * same run, and what was expected of both.
 */
final class JsonComparison {

  private static final String DATABIND = "Databind";

  /** How many times what databind needs is expected at most: of its time, and of its bytes. */
  private static final double EXPECTED_TIME = 1.0;

  private static final double EXPECTED_BYTES = 2.0;

  private final Map<String, List<Double>> microseconds = new TreeMap<>();
  private final Map<String, List<Double>> bytes = new TreeMap<>();

  /** Takes the time and the bytes of one measurement, by the name of the benchmark's method. */
  void add(String benchmark, double time, double allocated) {
    microseconds.computeIfAbsent(benchmark, name -> new ArrayList<>()).add(time);
    bytes.computeIfAbsent(benchmark, name -> new ArrayList<>()).add(allocated);
  }

  boolean isEmpty() {
    return microseconds.isEmpty();
  }

  /** The table, one line per benchmark that is not databind's. */
  String table() {
    StringBuilder table =
        new StringBuilder(line("", "µs", "databind", "ratio", "bytes", "databind", "ratio", ""));
    for (String name : microseconds.keySet()) {
      if (!name.endsWith(DATABIND)) {
        table.append(microseconds.containsKey(name + DATABIND) ? compared(name) : alone(name));
      }
    }
    return table.toString();
  }

  private String alone(String name) {
    String time = number(2, median(microseconds, name));
    return line(name, time, "-", "-", number(0, median(bytes, name)), "-", "-", "");
  }

  private String compared(String name) {
    double time = median(microseconds, name);
    double otherTime = median(microseconds, name + DATABIND);
    double allocated = median(bytes, name);
    double otherAllocated = median(bytes, name + DATABIND);
    boolean kept =
        time <= EXPECTED_TIME * otherTime && allocated <= EXPECTED_BYTES * otherAllocated;
    return line(
        name,
        number(2, time),
        number(2, otherTime),
        number(2, time / otherTime),
        number(0, allocated),
        number(0, otherAllocated),
        number(2, allocated / otherAllocated),
        "expected ≤ "
            + EXPECTED_TIME
            + " and ≤ "
            + EXPECTED_BYTES
            + (kept ? "" : ": more than expected"));
  }

  private static double median(Map<String, List<Double>> measured, String name) {
    return Statistics.median(measured.get(name));
  }

  private static String line(Object... cells) {
    return "%-15s %8s %8s %5s %8s %8s %5s  %s".formatted(cells).stripTrailing() + "\n";
  }

  private static String number(int digits, double value) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}

package dev.countersign.bench;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The table at the end: what was measured, beside the JDK's own provider in the same run, and what
 * was expected.
 */
final class Comparison {

  private static final String JDK = "Jdk";

  /** How many times faster than the JDK a kind is expected to be, at least; on JDK 17. */
  private static final Map<String, Integer> EXPECTED = Map.of("ed25519", 10, "p256", 2);

  private final Map<String, Double> microseconds = new TreeMap<>();

  /**
   * Takes the average time of one round of a benchmark, by the name of its method. Of several
   * rounds the fastest counts, as the others were disturbed.
   */
  void add(String benchmark, double average) {
    microseconds.merge(benchmark, average, Math::min);
  }

  boolean isEmpty() {
    return microseconds.isEmpty();
  }

  /** The table, one line per benchmark that is not itself what others are compared with. */
  String table() {
    StringBuilder table = new StringBuilder();
    table.append(line("", "µs", "JDK µs", "times", ""));
    for (Map.Entry<String, Double> entry : microseconds.entrySet()) {
      if (!entry.getKey().endsWith(JDK)) {
        table.append(line(entry.getKey(), entry.getValue()));
      }
    }
    return table.toString();
  }

  private String line(String name, double average) {
    Double jdk = microseconds.get(name + JDK);
    OptionalDouble ratio = jdk == null ? OptionalDouble.empty() : OptionalDouble.of(jdk / average);
    return line(
        name,
        number(average),
        jdk == null ? "-" : number(jdk),
        ratio.isEmpty() ? "-" : number(ratio.getAsDouble()),
        verdict(name, ratio));
  }

  private static String verdict(String name, OptionalDouble ratio) {
    Integer expected = EXPECTED.get(name);
    return expected == null || ratio.isEmpty()
        ? ""
        : "expected ≥ %d, measured %s%s"
            .formatted(
                expected,
                number(ratio.getAsDouble()),
                ratio.getAsDouble() < expected ? ": less than expected" : "");
  }

  private static String line(String name, String ours, String jdk, String times, String verdict) {
    return "%-12s %10s %10s %7s  %s".formatted(name, ours, jdk, times, verdict).stripTrailing()
        + "\n";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}

package dev.countersign.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Whether a process grows. The first quarter does not count: compilers and pools warm up in it. */
final class Growth {

  /** What the heap may rise in all, in KiB: less than 100 bytes a call of twenty minutes. */
  private static final double HEAP = 384;

  /** What the process may rise in all, in KiB: code is compiled for a while. */
  private static final double RESIDENT = 6 * 1024;

  private static final double THREADS = 3;

  private final List<Vitals> counted;

  Growth(List<Vitals> all) {
    this.counted = all.subList(all.size() / 4, all.size());
  }

  /** A line for each measure: its slope, its rise, and whether that is growth. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(line("heap", "KiB", HEAP, Vitals::heap));
    lines.add(line("resident", "KiB", RESIDENT, Vitals::resident));
    lines.add(line("threads", "", THREADS, Vitals::threads));
    return lines;
  }

  /** Whether any of them grows. */
  boolean isGrowing() {
    return trend(Vitals::heap).rises(HEAP)
        || trend(Vitals::resident).rises(RESIDENT)
        || trend(Vitals::threads).rises(THREADS);
  }

  private Trend trend(ToDoubleFunction<Vitals> measure) {
    return Trend.of(
        counted.stream()
            .map(it -> new Trend.Point(it.minute(), measure.applyAsDouble(it)))
            .toList());
  }

  private String line(String name, String unit, double allowed, ToDoubleFunction<Vitals> measure) {
    Trend trend = trend(measure);
    return String.format(
        Locale.ROOT,
        "%-9s %+9.2f %s a minute (± %.2f), %+.1f in %.1f minutes, from %.0f to %.0f; allowed %.0f: %s",
        name,
        trend.slope(),
        unit,
        trend.error(),
        trend.rise(),
        trend.minutes(),
        counted.stream().mapToDouble(measure).min().orElse(0),
        counted.stream().mapToDouble(measure).max().orElse(0),
        allowed,
        trend.rises(allowed) ? "GROWS" : "constant");
  }
}

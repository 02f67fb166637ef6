package dev.countersign.chaos;

import dev.countersign.call.CallReport;
import dev.countersign.simulator.faults.Phase;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** What happened, and what must not have. Safe for use by several threads. */
final class Tally {

  private record Strike(Hop hop, String kind, Phase phase) {}

  private final Map<Strike, AtomicLong> fired = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();

  void fired(Hop hop, String kind, Phase phase, long times) {
    fired.computeIfAbsent(new Strike(hop, kind, phase), it -> new AtomicLong()).addAndGet(times);
  }

  /** How often a kind of fault struck at a hop, in all phases. */
  long fired(Hop hop, String kind) {
    return fired.entrySet().stream()
        .filter(it -> it.getKey().hop() == hop && it.getKey().kind().equals(kind))
        .mapToLong(it -> it.getValue().get())
        .sum();
  }

  void count(String what, long times) {
    counts.computeIfAbsent(what, it -> new AtomicLong()).addAndGet(times);
  }

  long counted(String what) {
    AtomicLong count = counts.get(what);
    return count == null ? 0 : count.get();
  }

  void ended(CallReport report) {
    count("runs", 1);
    count("attempts", report.attempts());
    count("exchanges", report.exchanges());
  }

  void violated(String what) {
    violations.add(what);
  }

  /** What must not have happened and did; empty if all is well. */
  List<String> violations() {
    return new ArrayList<>(violations);
  }

  /** How often each fault struck, in all three phases by their order; then everything counted. */
  String table() {
    List<String> kinds = new ArrayList<>(Storm.kinds());
    kinds.add(Storm.REFUSED);
    StringBuilder table =
        new StringBuilder(
            "faults that struck: before authentication / before it was done / after it was done\n");
    table.append(String.format(Locale.ROOT, "%-22s", ""));
    for (Hop hop : Hop.values()) {
      table.append(String.format(Locale.ROOT, " %20s", hop));
    }
    for (String kind : kinds) {
      table.append(String.format(Locale.ROOT, "%n%-22s", kind));
      for (Hop hop : Hop.values()) {
        table.append(String.format(Locale.ROOT, " %20s", phases(hop, kind)));
      }
    }
    table.append("\n\n");
    new TreeMap<>(counts)
        .forEach(
            (what, count) ->
                table.append(String.format(Locale.ROOT, "%-44s %10d%n", what, count.get())));
    return table.toString();
  }

  private String phases(Hop hop, String kind) {
    Map<Phase, Long> byPhase = new EnumMap<>(Phase.class);
    fired.forEach(
        (strike, times) -> {
          if (strike.hop() == hop && strike.kind().equals(kind)) {
            byPhase.put(strike.phase(), times.get());
          }
        });
    return List.of(Phase.BEFORE_AUTHENTICATION, Phase.BEFORE_COMMIT, Phase.AFTER_COMMIT).stream()
        .map(phase -> byPhase.containsKey(phase) ? byPhase.get(phase).toString() : "-")
        .collect(Collectors.joining(" / "));
  }
}

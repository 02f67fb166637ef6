package dev.countersign.chaos;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Rounds of chaos, as many as asked for. */
public final class Chaos {

  /** Of one organisation; then comes another. */
  private static final int ROUND = 5_000;

  private static final int SHOWN = 20;

  private Chaos() {}

  /**
   * Takes {@code [--transfers N] [--seed S] [--callers N]}; ends with 1 if anything happened that
   * must not.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, Long> options =
        new TreeMap<>(Map.of("--transfers", 100_000L, "--seed", 1L, "--callers", 16L));
    for (int i = 0; i < args.length; i += 2) {
      boolean isNumber = i + 1 < args.length && args[i + 1].matches("[1-9]\\d{0,8}");
      if (!options.containsKey(args[i]) || !isNumber) {
        System.err.println(
            "bin/chaos takes --transfers, --seed and --callers, each with a number from 1 on, and"
                + " --plant with one of the naive ways; not "
                + String.join(" ", List.of(args).subList(i, args.length)));
        System.exit(2);
      }
      options.put(args[i], Long.valueOf(args[i + 1]));
    }
    System.exit(run(options) ? 0 : 1);
  }

  private static boolean run(Map<String, Long> options) throws IOException, InterruptedException {
    long transfers = options.getOrDefault("--transfers", 0L);
    long seed = options.getOrDefault("--seed", 0L);
    int callers = options.getOrDefault("--callers", 0L).intValue();
    System.out.printf(
        Locale.ROOT, "%,d transfers by %d callers, seed %d%n", transfers, callers, seed);
    Tally tally = new Tally();
    long start = System.nanoTime();
    for (long done = 0; done < transfers; ) {
      int now = (int) Math.min(ROUND, transfers - done);
      new ChaosRound(now, callers, seed, tally).run();
      done += now;
      seed++;
      System.out.printf(
          Locale.ROOT,
          "%6.0f s %,9d transfers, %d violations%n",
          (System.nanoTime() - start) / 1e9,
          done,
          tally.violations().size());
    }
    System.out.println("\n" + tally.table());
    List<String> violations = tally.violations();
    violations.stream().limit(SHOWN).forEach(System.out::println);
    System.out.println(
        violations.isEmpty()
            ? "Every transfer is there once, and every caller was told the truth."
            : "\n" + violations.size() + " TIMES SOMETHING HAPPENED THAT MUST NOT.");
    return violations.isEmpty();
  }
}

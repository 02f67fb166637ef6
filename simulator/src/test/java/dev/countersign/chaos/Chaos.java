package dev.countersign.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Rounds of chaos, as many as asked for. */
public final class Chaos {

  /** Of one organisation; then comes another. */
  private static final int ROUND = 5_000;

  private static final int SHOWN = 20;

  private Chaos() {}

  /**
   * Takes {@code [--transfers N] [--seed S] [--callers N]}, and ends with 1 if anything happened
   * that must not; or {@code --plant} and a {@link NaiveRetry} with the same options, and ends with
   * 1 if nobody noticed it.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, String> options =
        new TreeMap<>(Map.of("--transfers", "", "--seed", "1", "--callers", "16", "--plant", ""));
    Optional<NaiveRetry> naive = Optional.empty();
    for (int i = 0; i < args.length; i += 2) {
      String value = i + 1 < args.length ? args[i + 1] : "";
      boolean isPlant = args[i].equals("--plant");
      naive = isPlant ? NaiveRetry.find(value) : naive;
      if (!options.containsKey(args[i])
          || (isPlant ? naive.isEmpty() : !value.matches("[1-9]\\d{0,8}"))) {
        System.err.println(
            "bin/chaos takes --transfers, --seed and --callers, each with a number from 1 on, and"
                + " --plant with reuse, new-id or blind; not "
                + String.join(" ", List.of(args).subList(i, args.length)));
        System.exit(2);
      }
      options.put(args[i], value);
    }
    String transfers = options.getOrDefault("--transfers", "");
    int callers = Integer.parseInt(options.getOrDefault("--callers", ""));
    long seed = Long.parseLong(options.getOrDefault("--seed", ""));
    System.exit(
        (naive.isPresent()
                ? isNoticed(naive.get(), number(transfers, 2_000), callers, seed)
                : run(number(transfers, 100_000), callers, seed))
            ? 0
            : 1);
  }

  private static int number(String text, int otherwise) {
    return text.isEmpty() ? otherwise : Integer.parseInt(text);
  }

  /** What happened in one round that must not have. */
  public static List<String> violations(int transfers, int callers, long seed)
      throws IOException, InterruptedException {
    Tally tally = new Tally();
    new ChaosRound(transfers, callers, seed, tally).run();
    return tally.violations();
  }

  private static boolean isNoticed(NaiveRetry naive, int transfers, int callers, long seed)
      throws IOException {
    System.out.printf(
        Locale.ROOT, "%,d transfers with the naive retry %s%n", transfers, naive.option());
    Path folder = Files.createTempDirectory("countersign-chaos");
    List<String> violations;
    try {
      violations =
          naive.run(
              Path.of(System.getProperty("countersign.root")), folder, transfers, callers, seed);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The chaos could not be run with " + naive.option(), e);
    }
    violations.stream().limit(SHOWN).forEach(System.out::println);
    System.out.println(
        violations.isEmpty() ? "NOBODY NOTICED." : "Noticed " + violations.size() + " times.");
    return !violations.isEmpty();
  }

  private static boolean run(int transfers, int callers, long firstSeed)
      throws IOException, InterruptedException {
    System.out.printf(
        Locale.ROOT, "%,d transfers by %d callers, seed %d%n", transfers, callers, firstSeed);
    long seed = firstSeed;
    Tally tally = new Tally();
    long start = System.nanoTime();
    for (int done = 0; done < transfers; ) {
      int now = Math.min(ROUND, transfers - done);
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

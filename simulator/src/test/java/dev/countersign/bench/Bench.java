package dev.countersign.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks and compares them: what {@code bin/bench} runs. */
public final class Bench {

  private Bench() {}

  /**
   * Takes {@code [filter] [--quick]}: a regular expression that benchmarks' names contain, and
   * whether a rough answer in less than a minute will do.
   */
  public static void main(String[] args) throws RunnerException {
    List<String> filters = new ArrayList<>(List.of(args));
    boolean quick = filters.remove("--quick");
    if (filters.size() > 1 || filters.stream().anyMatch(it -> it.startsWith("-"))) {
      System.err.println("Usage: bin/bench [filter] [--quick]");
      System.exit(2);
    }
    Collection<RunResult> results =
        new Runner(options(filters.isEmpty() ? "" : filters.get(0), quick).build()).run();
    Comparison comparison = new Comparison();
    for (RunResult result : results) {
      comparison.add(result.getPrimaryResult().getLabel(), result.getPrimaryResult().getScore());
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.printf(
        "%nJava %s, average per call%s%n%n%s",
        Runtime.version(), quick ? " (rough: --quick)" : "", comparison.table());
  }

  private static ChainedOptionsBuilder options(String filter, boolean quick) {
    return new OptionsBuilder()
        .include("^dev\\.countersign\\.bench\\..*" + filter)
        .shouldFailOnError(true)
        .forks(quick ? 1 : 2)
        .warmupIterations(quick ? 1 : 3)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(quick ? 2 : 5)
        .measurementTime(TimeValue.seconds(1));
  }
}

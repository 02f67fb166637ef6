package dev.countersign.bench;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks and compares them: what {@code bin/bench} runs. */
public final class Bench {

  /** What is measured in programs of their own, by the name that a filter chooses it with. */
  private static final Map<String, Section> SECTIONS = sections();

  private Bench() {}

  private static Map<String, Section> sections() {
    Map<String, Section> sections = new LinkedHashMap<>();
    sections.put("StartUp", quick -> StartUp.table(quick ? 5 : 15) + coreJar());
    sections.put("SignedCallCost", Bench::signedCallCost);
    sections.put("HsmComparison", quick -> HsmComparison.table(root(), quick));
    sections.put("SimulatorStart", new SimulatorStart());
    sections.put("SimulatorWarm", new SimulatorWarm());
    sections.put("SimulatorCpu", new SimulatorCpu());
    sections.put("SimulatorGrowth", SimulatorGrowth::table);
    return sections;
  }

  /**
   * Takes {@code [filter] [--quick]}: a regular expression that benchmarks' names contain, and
   * whether a rough answer in less than a minute will do.
   */
  public static void main(String[] args) throws RunnerException, IOException, InterruptedException {
    List<String> filters = new ArrayList<>(List.of(args));
    boolean quick = filters.remove("--quick");
    if (filters.size() > 1 || filters.stream().anyMatch(it -> it.startsWith("-"))) {
      System.err.println("Usage: bin/bench [filter] [--quick]");
      System.exit(2);
    }
    String filter = filters.isEmpty() ? "" : filters.get(0);
    Comparison comparison = new Comparison();
    JsonComparison json = new JsonComparison();
    for (int round = quick ? 1 : 2; round > 0; round--) {
      for (RunResult result : jmh(filter, quick)) {
        add(result, comparison, json);
      }
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.printf("%nJava %s, per call%s%n", Runtime.version(), quick ? " (rough: --quick)" : "");
    if (!comparison.isEmpty()) {
      out.printf("%n%s", comparison.table());
    }
    if (!json.isEmpty()) {
      out.printf("%n%s", json.table());
    }
    for (Map.Entry<String, Section> section : SECTIONS.entrySet()) {
      if (Pattern.compile(filter).matcher(section.getKey()).find()) {
        out.printf("%n%s", section.getValue().measure(quick));
      }
    }
  }

  private static void add(RunResult result, Comparison comparison, JsonComparison json) {
    String name = result.getPrimaryResult().getLabel();
    if (!result.getParams().getBenchmark().startsWith(JsonBenchmark.class.getName() + ".")) {
      comparison.add(name, result.getPrimaryResult().getScore());
      return;
    }
    double bytes = result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        json.add(name, iteration.getPrimaryResult().getScore(), bytes);
      }
    }
  }

  /** The results of the benchmarks that a filter chooses; none if it chooses a section alone. */
  private static Collection<RunResult> jmh(String filter, boolean quick) throws RunnerException {
    if (!filter.isEmpty() && SECTIONS.keySet().stream().anyMatch(it -> it.contains(filter))) {
      return List.of();
    }
    return new Runner(options(filter, quick).build()).run();
  }

  private static String signedCallCost(boolean quick) throws IOException {
    try (SignedCallCost cost = new SignedCallCost()) {
      return (quick ? cost.measure(5, 2_000) : cost.measure(15, 5_000)) + cost.inFlight();
    }
  }

  /** The folder of the project: that which the simulator's test classes are in a module of. */
  private static Path root() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(it -> Path.of(it).toAbsolutePath())
        .filter(it -> it.endsWith(Path.of("simulator", "target", "test-classes")))
        .findFirst()
        .map(it -> it.resolve("../../..").normalize())
        .orElseThrow(() -> new IllegalStateException("The tests are not on the class path"));
  }

  private static String coreJar() throws IOException {
    Path path =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(it -> it.getFileName().toString().matches("countersign-core-[^t]*\\.jar"))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("Core's jar is not on the class path"));
    try (JarFile jar = new JarFile(path.toFile())) {
      long classes = jar.stream().filter(it -> it.getName().endsWith(".class")).count();
      return String.format(
          Locale.ROOT,
          "%s: %,d bytes, %,d classes%n",
          path.getFileName(),
          Files.size(path),
          classes);
    }
  }

  private static ChainedOptionsBuilder options(String filter, boolean quick) {
    return new OptionsBuilder()
        .include("^dev\\.countersign\\.bench\\..*" + filter)
        .shouldFailOnError(true)
        .addProfiler(GCProfiler.class)
        .forks(1)
        .warmupIterations(quick ? 1 : 3)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(quick ? 2 : 5)
        .measurementTime(TimeValue.seconds(1));
  }
}

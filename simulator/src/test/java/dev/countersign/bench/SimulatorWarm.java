package dev.countersign.bench;

import dev.countersign.simulator.LoadedScenario;
import dev.countersign.simulator.Organisation;
import dev.countersign.simulator.Scenario;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.door.HttpSimulator;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a further simulator costs a program that has had one: from its start to its first answer
 * over HTTP, a whole simulator or one more organisation; and what a reset costs.
 */
final class SimulatorWarm implements Section {

  private static final double FIRST_ANSWER_MS = 50;
  private static final double RESET_MS = 1;
  private static final int UNMEASURED = 5;
  private static final List<Integer> SIZES = List.of(100, 10_000);

  private final Map<String, List<Double>> took = new LinkedHashMap<>();

  @Override
  public String measure(boolean quick) throws IOException {
    int rounds = quick ? 10 : 30;
    try (Simulator shared = Simulator.start();
        HttpSimulator door = HttpSimulator.start(shared)) {
      for (int i = -UNMEASURED; i < rounds; i++) {
        boolean counts = i >= 0;
        time("a whole simulator, first answer", FIRST_ANSWER_MS, counts, SimulatorWarm::whole);
        String name = "organisation-" + i;
        time(
            "one more organisation, first answer",
            FIRST_ANSWER_MS,
            counts,
            () -> answered(door.url(), shared.load(scenario(name, 0)), "backend"));
      }
    }
    for (int size : SIZES) {
      try (Simulator simulator = Simulator.builder().empty().build()) {
        LoadedScenario loaded = simulator.load(scenario("filled", size));
        Organisation organisation = loaded.organisation();
        for (int i = -UNMEASURED; i < rounds; i++) {
          organisation.human("somebody-" + i, keyOf(loaded));
          time("reset, %,d entities".formatted(size), RESET_MS, i >= 0, organisation::reset);
        }
      }
    }
    return table();
  }

  private interface Work {
    void run() throws IOException;
  }

  private void time(String what, double expected, boolean counts, Work work) throws IOException {
    long before = System.nanoTime();
    work.run();
    double milliseconds = (System.nanoTime() - before) / 1e6;
    if (counts) {
      took.computeIfAbsent(label(what, expected), it -> new ArrayList<>()).add(milliseconds);
    }
  }

  private static String label(String what, double expected) {
    return "%s|%.0f".formatted(what, expected);
  }

  private static void whole() throws IOException {
    try (Simulator simulator = Simulator.builder().empty().build()) {
      LoadedScenario loaded = simulator.load(scenario("whole", 0));
      try (HttpSimulator door = HttpSimulator.start(simulator)) {
        answered(door.url(), loaded, "backend");
      }
    }
  }

  private static void answered(URI url, LoadedScenario loaded, String name) throws IOException {
    try (KeptConnection connection =
        new KeptConnection(url.resolve("/wallets"), loaded.identity(name).token())) {
      String body = new String(connection.exchange(), StandardCharsets.UTF_8);
      if (!body.startsWith("{\"items\":[")) {
        throw new IOException("Another answer came: " + body);
      }
    }
  }

  private static String keyOf(LoadedScenario loaded) {
    byte[] key = loaded.keys("backend").orElseThrow().getPublic().getEncoded();
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getEncoder().encodeToString(key)
        + "\n-----END PUBLIC KEY-----\n";
  }

  private static Scenario scenario(String name, int wallets) {
    String text =
        """
        name: %s
        serviceAccounts:
          - name: backend
            key: generate
            operations: [Wallets:Read]
        """
            .formatted(name);
    if (wallets > 0) {
      text +=
          IntStream.range(0, wallets)
              .mapToObj(i -> "  - {name: wallet-" + i + ", network: Solana}\n")
              .collect(Collectors.joining("", "wallets:\n", ""));
    }
    return Scenario.parse(name + ".yaml", text);
  }

  private String table() {
    StringBuilder table = new StringBuilder("in a warm JVM, median\n");
    took.forEach(
        (label, all) -> {
          List<String> parts = Arrays.asList(label.split("\\|"));
          table.append(
              String.format(
                  Locale.ROOT,
                  "%-36s %8.3f ms  expected < %s ms%n",
                  parts.get(0),
                  Statistics.median(all),
                  parts.get(1)));
        });
    return table.toString();
  }
}

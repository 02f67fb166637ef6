package dev.countersign.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a GET of a wallet costs the processor: the simulator, which verifies, authorises and checks
 * its answer, beside a plain WireMock server with one static stub that answers the same bytes. Both
 * in a JVM of their own with the same options, under the same load in turns.
 */
final class SimulatorCpu implements Section {

  private static final double EXPECTED = 1.2;
  private static final int CONNECTIONS = 4;

  /** How many rounds the compilers are given. */
  private static final int UNMEASURED = 6;

  private static final String STUB = "WireMock, one static stub";
  private static final String SIMULATOR = "the simulator";

  @Override
  public String measure(boolean quick) throws IOException, InterruptedException {
    String classPath = System.getProperty("java.class.path");
    try (Jvm simulator = Jvm.start(List.of("-cp", classPath, ServedWallet.class.getName()))) {
      String[] words = simulator.firstLine().split(" ");
      URI wallet = URI.create(words[0]);
      byte[] body;
      try (KeptConnection connection = new KeptConnection(wallet, words[1])) {
        body = connection.exchange();
      }
      String text = new String(body, StandardCharsets.UTF_8);
      try (Jvm stub = Jvm.start(List.of("-cp", classPath, StaticStub.class.getName(), text))) {
        String line = stub.firstLine();
        URI fixed = URI.create(line.substring(line.indexOf("http://"))).resolve(wallet.getPath());
        Map<String, List<Double>> cost = new LinkedHashMap<>();
        int requests = quick ? 4_000 : 10_000;
        for (int round = quick ? -3 : -UNMEASURED; round < (quick ? 5 : 9); round++) {
          double plain = microseconds(stub, fixed, words[1], body, requests);
          double ours = microseconds(simulator, wallet, words[1], body, requests);
          if (round >= 0) {
            cost.computeIfAbsent(STUB, it -> new ArrayList<>()).add(plain);
            cost.computeIfAbsent(SIMULATOR, it -> new ArrayList<>()).add(ours);
          }
        }
        return table(cost) + "\n" + SignedCallSteps.table(quick ? 500 : 2_000);
      }
    }
  }

  private static double microseconds(Jvm server, URI url, String token, byte[] body, int requests)
      throws IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      double before = server.cpu().toNanos();
      Callable<Boolean> work =
          () -> {
            try (KeptConnection connection = new KeptConnection(url, token)) {
              for (int i = 0; i < requests / CONNECTIONS; i++) {
                if (!Arrays.equals(connection.exchange(), body)) {
                  return false;
                }
              }
            }
            return true;
          };
      for (Future<Boolean> one : threads.invokeAll(List.of(work, work, work, work))) {
        if (!one.get()) {
          throw new IOException(url + " answered something else");
        }
      }
      return (server.cpu().toNanos() - before) / 1000 / requests;
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private static String table(Map<String, List<Double>> cost) {
    StringBuilder table =
        new StringBuilder("GET of a wallet over HTTP, CPU of the server, median\n");
    double plain = Statistics.median(cost.get(STUB));
    cost.forEach(
        (name, all) -> {
          double median = Statistics.median(all);
          table.append(
              String.format(Locale.ROOT, "%-28s %8.1f µs %6.2f%n", name, median, median / plain));
        });
    return table.append("expected at most ").append(EXPECTED).append('\n').toString();
  }
}

package dev.countersign.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Pages;
import dev.countersign.simulator.crypto.Base64Url;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Moment;
import dev.countersign.simulator.state.TableKey;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What requests cost the processor, and entities the memory, while an organisation grows from 100
 * to 100,000 entities: half of them wallets, half of them transfers from them, with what is kept
 * beside them. Requests go to fifty wallets, spread over all, at every size: what a wallet costs
 * that nobody has asked for before is not measured. Processor time of the thread that asks the
 * engine, so that a busy machine matters little.
 */
final class SimulatorGrowth {

  private static final double FLAT = 1.2;
  private static final List<Integer> SIZES = List.of(100, 1_000, 10_000, 100_000);
  private static final int EACH = 100;

  /** How many wallets are asked for, at every size, all over the organisation. */
  private static final int ASKED = 50;

  private static final String MEMORY = "bytes of memory per entity";
  private static final String TRANSFER =
      """
      {"kind":"Native","to":"9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin","amount":"1000"}""";
  private static final String WALLET = "{\"network\":\"Solana\",\"name\":\"a wallet\"}";

  private static final List<TableKey> TABLES =
      List.of(Tables.KEYS, Tables.WALLETS, Tables.TRANSFERS, Tables.ACTIVITIES, Tables.HISTORY);

  private final List<Row> pattern = new ArrayList<>();
  private final Workbench bench = new Workbench();
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Random random = new Random(1);
  private final List<String> wallets = new ArrayList<>();
  private final Map<String, List<Double>> measured = new LinkedHashMap<>();
  private int entities;

  private record Row(TableKey table, Entity entity) {}

  private SimulatorGrowth() {
    bench.act(
        "createPolicy",
        Map.of(),
        """
        {"name":"velocity","activityKind":"Wallets:Sign","rule":{"kind":"TransactionAmountVelocity",\
        "configuration":{"limit":1000000,"currency":"USD","timeframe":60}},\
        "action":{"kind":"Block"}}""");
  }

  static String table(boolean quick) {
    // one that is forgotten, for classes to be loaded and compiled before anything counts
    SimulatorGrowth rehearsal = new SimulatorGrowth();
    rehearsal.growTo(SIZES.get(0));
    rehearsal.requests(quick ? 20 : 60, EACH);
    SimulatorGrowth growth = new SimulatorGrowth();
    List<Integer> sizes = quick ? SIZES.subList(0, 3) : SIZES;
    for (int size : sizes) {
      growth.growTo(size);
      growth.requests(quick ? 5 : 15, EACH);
    }
    return growth.table(sizes);
  }

  private void growTo(int size) {
    long before = used();
    int more = size - entities;
    if (wallets.isEmpty()) {
      pattern();
    }
    bench.tenant.alone(
        () -> {
          for (; entities < size; entities += 2) {
            copy();
          }
          return entities;
        });
    measured
        .computeIfAbsent(MEMORY, it -> new ArrayList<>())
        .add((used() - before) / (double) more);
  }

  /** A wallet and a transfer, made by the operations, and everything that is remembered of them. */
  private void pattern() {
    String wallet = bench.act("createWallet", Map.of(), WALLET).path("id").asText();
    bench.act("transferAsset", Map.of("walletId", wallet), TRANSFER);
    settle();
    wallets.add(wallet);
    entities = 2;
    bench.tenant.alone(
        () -> {
          for (TableKey table : TABLES) {
            bench.tenant.table(table).all().forEach(it -> pattern.add(new Row(table, it)));
          }
          return pattern;
        });
  }

  /** Another wallet and another transfer, as like the first as their identifiers allow. */
  private void copy() {
    Map<String, String> names = new LinkedHashMap<>();
    for (Row row : pattern) {
      String id = row.entity().id();
      if (!id.contains(" ")) {
        String prefix = id.substring(0, id.indexOf('-'));
        names.put(id, bench.tenant.newId(prefix));
      }
    }
    for (Row row : pattern) {
      Entity entity = row.entity();
      bench.tenant.put(
          row.table(),
          Entity.of(renamed(entity.id(), names), renamed(entity.shown(), names))
              .withHidden(renamed(entity.hidden(), names)));
    }
    wallets.add(names.get(wallets.get(0)));
  }

  private static ObjectNode renamed(ObjectNode node, Map<String, String> names) {
    return (ObjectNode) Json.parse(Workbench.bytes(renamed(node.toString(), names))).orElseThrow();
  }

  private static String renamed(String text, Map<String, String> names) {
    String renamed = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      renamed = renamed.replace(name.getKey(), name.getValue());
    }
    return renamed;
  }

  /** Has all transfers end, and their time be long ago. */
  private void settle() {
    bench.tenant.clock().advance(Duration.ofHours(2));
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  /** Measures, and takes back what that has added. */
  private void requests(int rounds, int each) {
    Moment grown = bench.tenant.moment();
    Map<String, List<Double>> took = new LinkedHashMap<>();
    for (int i = -1; i < rounds; i++) {
      round(i < 0 ? new LinkedHashMap<>() : took, each);
      bench.tenant.restore(grown);
    }
    took.forEach(
        (name, all) ->
            measured.computeIfAbsent(name, it -> new ArrayList<>()).add(Statistics.median(all)));
  }

  private void round(Map<String, List<Double>> took, int each) {
    String deep = "&paginationToken=" + Base64Url.encode("after:" + (wallets.size() - 50));
    reads(took, "get a wallet", each, () -> "/wallets/" + any());
    reads(took, "list wallets, first page", each, () -> "/wallets?limit=" + Pages.USUAL);
    reads(took, "list wallets, last page", each, () -> "/wallets?limit=" + Pages.USUAL + deep);
    reads(took, "list transfers of a wallet", each, () -> "/wallets/" + any() + "/transfers");
    signed(took, "create a wallet, signed", each, () -> "/wallets", WALLET);
    signed(
        took,
        "transfer, signed, velocity limited",
        each,
        () -> "/wallets/" + any() + "/transfers",
        TRANSFER);
  }

  private String any() {
    return wallets.get(random.nextInt(ASKED) * (wallets.size() / ASKED));
  }

  private interface Target {
    String get();
  }

  private void reads(Map<String, List<Double>> took, String name, int each, Target target) {
    List<SimRequest> requests = Stream.generate(() -> bench.get(target.get())).limit(each).toList();
    List<SimResponse> responses = new ArrayList<>();
    long before = threads.getCurrentThreadCpuTime();
    for (SimRequest request : requests) {
      responses.add(bench.engine.handle(request));
    }
    double micros = (threads.getCurrentThreadCpuTime() - before) / 1000.0 / each;
    took.computeIfAbsent(name, it -> new ArrayList<>()).add(micros);
    responses.forEach(Workbench::body);
  }

  private void signed(
      Map<String, List<Double>> took, String name, int each, Target target, String body) {
    long nanos = 0;
    for (int i = 0; i < each / 4; i++) {
      String path = target.get();
      SimRequest init = bench.init(path, body);
      long start = threads.getCurrentThreadCpuTime();
      SimResponse challenge = bench.engine.handle(init);
      nanos += threads.getCurrentThreadCpuTime() - start;
      SimRequest assertion = bench.assertion(Workbench.body(challenge));
      start = threads.getCurrentThreadCpuTime();
      SimResponse action = bench.engine.handle(assertion);
      nanos += threads.getCurrentThreadCpuTime() - start;
      SimRequest call = bench.call(path, body, Workbench.body(action));
      start = threads.getCurrentThreadCpuTime();
      SimResponse answer = bench.engine.handle(call);
      nanos += threads.getCurrentThreadCpuTime() - start;
      JsonNode done = Workbench.body(answer);
      if (!done.path("status").asText().matches("Active|Executing")) {
        throw new IllegalStateException("Another answer came: " + done);
      }
    }
    took.computeIfAbsent(name, it -> new ArrayList<>()).add(nanos / 1000.0 / (each / 4));
  }

  private String table(List<Integer> sizes) {
    StringBuilder table = new StringBuilder();
    table.append(String.format(Locale.ROOT, "%-36s", "µs of CPU per request; entities"));
    sizes.forEach(size -> table.append(String.format(Locale.ROOT, " %,9d", size)));
    table.append("  last/first\n");
    measured.forEach(
        (name, values) -> {
          table.append(String.format(Locale.ROOT, "%-36s", name));
          values.forEach(value -> table.append(String.format(Locale.ROOT, " %,9.1f", value)));
          double ratio = values.get(values.size() - 1) / values.get(0);
          table.append(
              String.format(
                  Locale.ROOT, "  %8.2f%s%n", ratio, ratio > FLAT ? ": more than expected" : ""));
        });
    return table.append("expected at most ").append(FLAT).append('\n').toString();
  }
}

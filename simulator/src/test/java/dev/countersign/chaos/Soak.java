package dev.countersign.chaos;

import dev.countersign.Dfns;
import dev.countersign.call.CallReport;
import dev.countersign.credential.CredentialSource;
import dev.countersign.credential.Issued;
import dev.countersign.http.DfnsBuilder;
import dev.countersign.pem.MemoryKey;
import dev.countersign.pem.PemSigner;
import dev.countersign.rate.RateBudget;
import dev.countersign.rate.TokenBucket;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.client.OrganisationClient;
import dev.countersign.simulator.client.SimulatorClient;
import dev.countersign.simulator.faults.Effect;
import dev.countersign.simulator.faults.Fault;
import dev.countersign.simulator.faults.Phase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A client at its rate limit for a long time, beside a simulator in a process of its own with the
 * same limit and a few faults: what the client holds has to stay as it is.
 */
public final class Soak {

  private static final int LIMIT = 1000;
  private static final double FAULTS = 0.002;

  private final Map<CallReport.End, AtomicLong> ends = new ConcurrentHashMap<>();
  private final RateBudget rate = RateBudget.over(TokenBucket.perMinute(LIMIT));
  private final List<Vitals> vitals = new ArrayList<>();
  private final OrganisationClient organisation;
  private final SoakLoad load;
  private final double minutes;
  private final long start = System.nanoTime();

  private Soak(URI url, PemSigner signer, double minutes) {
    this.minutes = minutes;
    this.organisation = SimulatorClient.at(url).organisations().get(0);
    Identity backend = organisation.admin("backend@example.com", signer.publicKeyPem());
    organisation.setSwitches(organisation.switches().toBuilder().requestsPerMinute(LIMIT).build());
    Dfns dfns =
        DfnsBuilder.create()
            .apiUrl(url)
            .credentials(CredentialSource.of(Issued.to(backend, signer)))
            .rate(rate)
            .listener(
                report ->
                    ends.computeIfAbsent(report.end(), it -> new AtomicLong()).incrementAndGet())
            .build();
    this.load = new SoakLoad(dfns);
    plantFaults();
  }

  /** Takes {@code [--minutes N]}; ends with 1 if the client grows, or is told to slow down. */
  public static void main(String[] args) throws IOException, InterruptedException {
    double minutes = 20;
    if (args.length == 2 && args[0].equals("--minutes") && args[1].matches("\\d{1,4}")) {
      minutes = Integer.parseInt(args[1]);
    } else if (args.length > 0) {
      minutes = 0;
    }
    if (minutes < 5) {
      System.err.println("bin/soak takes --minutes N, with N from 5 to 9999, and nothing else");
      System.exit(2);
    }
    Path folder = Files.createTempDirectory("countersign-soak");
    boolean good;
    try (ServedSimulator served = ServedSimulator.start(folder);
        PemSigner signer = MemoryKey.signer()) {
      good = new Soak(served.url(), signer, minutes).run();
    }
    System.exit(good ? 0 : 1);
  }

  private void plantFaults() {
    List<Effect> effects =
        List.of(
            Effect.reset(),
            Effect.empty(),
            Effect.truncated(),
            Effect.garbage(),
            Effect.html(502),
            Effect.stall(Duration.ofMillis(500)),
            Effect.stalledBody(Duration.ofMillis(500)),
            Effect.latency(Duration.ofMillis(300)));
    long seed = 0;
    for (Effect effect : effects) {
      for (Phase phase : List.of(Phase.BEFORE_AUTHENTICATION, Phase.AFTER_COMMIT)) {
        organisation.addFault(Fault.of(phase, effect).probability(FAULTS, seed++).build());
      }
    }
  }

  private boolean run() throws InterruptedException {
    System.out.printf(
        Locale.ROOT,
        "%.0f minutes at %d requests a minute, faults in %.1f %% of them%n%n"
            + "minute   heap KiB  resident KiB  threads  requests    429  queue%n",
        minutes,
        LIMIT,
        16 * FAULTS * 100);
    load.start();
    double interval = Math.min(0.5, minutes / 40);
    double nextLine = 1;
    while (minute() < minutes) {
      Thread.sleep((long) (interval * 60_000));
      int waiting = rate.load().waiting();
      Vitals now = load.whileQuiet(() -> Vitals.now(minute()));
      vitals.add(now);
      if (now.minute() >= nextLine) {
        line(now, waiting);
        nextLine = Math.floor(now.minute()) + 1;
      }
    }
    load.stop();
    return verdict();
  }

  private double minute() {
    return (System.nanoTime() - start) / 60e9;
  }

  private void line(Vitals now, int waiting) {
    System.out.printf(
        Locale.ROOT,
        "%6.1f %10.0f %13.0f %8d %9d %6d %6d  %s%n",
        now.minute(),
        now.heap(),
        now.resident(),
        now.threads(),
        requests(),
        tooMany(),
        waiting,
        ends);
  }

  private long requests() {
    return organisation.coverage().touched().values().stream()
        .flatMap(it -> it.values().stream())
        .mapToLong(it -> it)
        .sum();
  }

  private long tooMany() {
    return organisation.coverage().touched().values().stream()
        .mapToLong(it -> it.getOrDefault(429, 0L))
        .sum();
  }

  private boolean verdict() {
    Growth growth = new Growth(vitals);
    System.out.printf(
        Locale.ROOT,
        "%n%d requests, %.0f a minute; %d refused for their rate%ncalls: %s%n%n",
        requests(),
        requests() / minute(),
        tooMany(),
        ends);
    growth.lines().forEach(System.out::println);
    Throwable defect = load.defect();
    if (defect != null) {
      System.out.println("\nA caller met " + defect);
    }
    boolean good = !growth.isGrowing() && tooMany() == 0 && defect == null;
    System.out.println(good ? "\nIt stays as it is." : "\nIT DOES NOT STAY AS IT IS.");
    return good;
  }
}

package dev.countersign.chaos;

import dev.countersign.Dfns;
import dev.countersign.api.Network;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.call.CallEngine;
import dev.countersign.call.RetryPolicy;
import dev.countersign.credential.CredentialSource;
import dev.countersign.credential.Issued;
import dev.countersign.http.JacksonCodec;
import dev.countersign.http.JdkTransport;
import dev.countersign.pem.MemoryKey;
import dev.countersign.pem.PemSigner;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.door.HttpSimulator;
import dev.countersign.transport.Transport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Callers who make transfers through a simulator's HTTP door while everything goes wrong, and the
 * verdict on it. The seed decides what goes wrong on the how-manieth request; which caller's that
 * is, the machine decides.
 */
final class ChaosRound {

  /** How likely each fault is; together they strike about one exchange in eight. */
  private static final double CHANCE = 0.004;

  private static final double REFUSED = 0.01;

  private final int transfers;
  private final int callers;
  private final long seed;
  private final Tally tally;

  ChaosRound(int transfers, int callers, long seed, Tally tally) {
    this.transfers = transfers;
    this.callers = callers;
    this.seed = seed;
    this.tally = tally;
  }

  void run() throws IOException, InterruptedException {
    // that its answers are as described is not the question here, and costs a tenth
    Simulator simulator =
        Simulator.builder()
            .seed(seed)
            .switches(Switches.defaults().toBuilder().answersValidated(false).build())
            .build();
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try (PemSigner signer = MemoryKey.signer()) {
      Identity backend =
          simulator.organisation().admin("backend@example.com", signer.publicKeyPem());
      CredentialSource credentials = CredentialSource.of(Issued.to(backend, signer));
      Dfns inside =
          dfns(simulator.transport(), URI.create("https://dfns.invalid"), credentials, executor);
      Ledger ledger = new Ledger(simulator.organisation(), inside, tally);
      List<String> wallets = wallets(inside);
      Storm storm = new Storm(simulator.organisation().faults(), CHANCE, seed * 1000);
      try (HttpSimulator door = HttpSimulator.start(simulator);
          HostileTransport transport =
              new HostileTransport(JdkTransport.builder().build(), tally, REFUSED, seed * 1000)) {
        callAll(dfns(transport, door.url(), credentials, executor), ledger, wallets);
      }
      // the door is closed: nothing is under way any more
      storm.count(tally);
      ledger.close(new HashSet<>(wallets));
    } finally {
      executor.shutdownNow();
    }
  }

  private Dfns dfns(Transport transport, URI url, CredentialSource credentials, Executor executor) {
    return Dfns.over(
        CallEngine.builder()
            .transport(transport)
            .codec(new JacksonCodec())
            .apiUrl(url)
            .credentials(credentials)
            .executor(executor)
            .deadline(Duration.ofSeconds(20))
            .retries(
                RetryPolicy.builder()
                    .maxAttempts(3)
                    .waits(Duration.ofMillis(2), Duration.ofMillis(20))
                    .bucket(1_000_000, 1, 1)
                    .build())
            .random(new Random(seed))
            .listener(tally::ended)
            .build());
  }

  private List<String> wallets(Dfns inside) {
    List<String> wallets = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      wallets.add(
          inside
              .wallets()
              .createWallet(CreateWalletBody.builder().network(Network.ETHEREUM_SEPOLIA).build())
              .execute()
              .id());
    }
    return wallets;
  }

  private void callAll(Dfns dfns, Ledger ledger, List<String> wallets) throws InterruptedException {
    Set<Thread> threads = new HashSet<>();
    for (int i = 0; i < callers; i++) {
      Caller caller =
          new Caller(dfns, wallets.get(i), ledger, tally, seed + i, i + 1, transfers, callers);
      Thread thread = new Thread(caller, "caller-" + i);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }
}

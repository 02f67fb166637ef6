package dev.countersign.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Dfns;
import dev.countersign.call.CallReport;
import dev.countersign.hsm.HsmSignerProvider;
import dev.countersign.hsm.SoftHsm;
import dev.countersign.hsm.TestKey;
import dev.countersign.hsm.TestToken;
import dev.countersign.pem.PemKeys;
import dev.countersign.signing.SignatureAlgorithm;
import dev.countersign.signing.Signer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key in a file and one on a token take turns while calls are in flight. */
class HsmHotSwapTest {

  private static final int THREADS = 4;
  private static final int SWAPS = 6;

  @Test
  void aKeyOnATokenAndOneInAFileAreSwappedWhileCallsRun(@TempDir Path folder) throws Exception {
    TestToken token = SoftHsm.require().token("swap").with(TestKey.P256, "key");
    List<RotationEvent> events = new CopyOnWriteArrayList<>();
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger made = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (TwoKeys account = new TwoKeys();
        Signer pem = PemKeys.generate(SignatureAlgorithm.ED25519, folder.resolve("key.pem"));
        Signer hsm = new HsmSignerProvider().open(token.uri("key"))) {
      Credential inFile = account.credential(account.register(pem), pem);
      Credential onToken = account.credential(account.register(hsm), hsm);
      RotatingCredentials swapped =
          RotatingCredentials.of(CredentialSource.of(inFile), events::add);
      Dfns dfns = account.dfns(swapped);
      List<Future<?>> callers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        callers.add(
            threads.submit(
                () -> {
                  while (!stop.get()) {
                    TwoKeys.wallet(dfns);
                    made.incrementAndGet();
                  }
                }));
      }
      for (int i = 0; i < SWAPS; i++) {
        int before = made.get();
        swapped.replace(CredentialSource.of(i % 2 == 0 ? onToken : inFile));
        while ((swapped.isOnTrial() || made.get() == before)
            && callers.stream().noneMatch(Future::isDone)) {
          Thread.sleep(1);
        }
      }
      stop.set(true);
      for (Future<?> caller : callers) {
        caller.get(30, TimeUnit.SECONDS);
      }

      assertThat(account.wallets()).as("each call was made once").isEqualTo(made.get());
      Set<String> signedBy =
          account.reports.stream()
              .map(CallReport::signedBy)
              .flatMap(id -> id.stream().map(CredentialId::value))
              .collect(Collectors.toSet());
      assertThat(signedBy)
          .contains(
              onToken.key().orElseThrow().id().value(), inFile.key().orElseThrow().id().value());
    } finally {
      stop.set(true);
      threads.shutdownNow();
    }
    assertThat(events.stream().filter(it -> it.kind() == RotationEvent.Kind.COMMITTED))
        .hasSize(SWAPS);
    assertThat(events.stream().filter(it -> it.kind() == RotationEvent.Kind.ROLLED_BACK)).isEmpty();
  }
}

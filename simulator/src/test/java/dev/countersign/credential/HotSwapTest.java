package dev.countersign.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.Dfns;
import dev.countersign.error.SigningException;
import dev.countersign.signing.FailingSigner;
import dev.countersign.signing.JdkSigner;
import dev.countersign.signing.SignatureAlgorithm;
import dev.countersign.signing.Signer;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A key is replaced by another while calls are in flight. */
class HotSwapTest {

  private static final int THREADS = 16;
  private static final int SWAPS = 50;

  private final TwoKeys account = new TwoKeys();
  private final List<RotationEvent> events = new CopyOnWriteArrayList<>();
  private final Source first = new Source("first", account.firstWith(account.first));
  private final RotatingCredentials rotating = RotatingCredentials.of(first, events::add);
  private final Dfns dfns = account.dfns(rotating);

  @AfterEach
  void close() {
    account.close();
  }

  /** A source with a name. */
  private record Source(String name, Credential current) implements CredentialSource {
    @Override
    public String toString() {
      return name;
    }
  }

  private List<String> happened() {
    return events.stream().map(event -> event.kind() + " " + event.source()).toList();
  }

  private Source registered(String name, Signer key) {
    return new Source(name, account.credential(account.register(key), key));
  }

  @Test
  void theNewKeySignsFromTheNextCallOnAndTheFormerIsDrained() {
    try (JdkSigner key = JdkSigner.generate()) {
      Source next = registered("next", key);
      account.reports.clear();
      rotating.replace(next);

      TwoKeys.wallet(dfns);

      assertThat(account.reports.get(0).signedBy())
          .isEqualTo(next.current().key().map(Credential.Key::id));
      assertThat(happened()).containsExactly("COMMITTED next", "DRAINED first");
    }
  }

  @Test
  void aCallInFlightEndsWithTheKeyThatItBeganWith() throws Exception {
    FailingSigner slow = new FailingSigner(account.first);
    CountDownLatch signing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    slow.before(
        () -> {
          signing.countDown();
          await(goOn);
        });
    RotatingCredentials own =
        RotatingCredentials.of(new Source("slow", account.firstWith(slow)), events::add);
    Dfns over = account.dfns(own);
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (JdkSigner key = JdkSigner.generate()) {
      Source next = registered("next", key);
      Future<?> inFlight = threads.submit(() -> TwoKeys.wallet(over));
      signing.await();
      own.replace(next);
      TwoKeys.wallet(over);
      assertThat(happened()).containsExactly("COMMITTED next");

      goOn.countDown();
      inFlight.get();
      assertThat(happened()).containsExactly("COMMITTED next", "DRAINED slow");
      assertThat(slow.asked()).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aKeyThatDfnsDoesNotKnowIsRolledBackAndTheCallerSeesNothing() {
    try (JdkSigner key = JdkSigner.generate()) {
      rotating.replace(new Source("unknown", account.credential("cr-unknown", key)));

      assertThat(TwoKeys.wallet(dfns).id()).isNotEmpty();

      assertThat(happened()).containsExactly("ROLLED_BACK unknown", "DRAINED unknown");
      assertThat(events.get(0).reason()).get().isInstanceOf(SigningException.class);
      assertThat(account.wallets()).isEqualTo(1);
    }
  }

  @Test
  void aKeyWhoseSignatureDfnsRefusesIsRolledBackAndTheCallerSeesNothing() {
    try (JdkSigner key = JdkSigner.generate();
        JdkSigner other = JdkSigner.generate()) {
      String id = account.register(key);
      rotating.replace(new Source("mistaken", account.credential(id, other)));

      assertThat(TwoKeys.wallet(dfns).id()).isNotEmpty();

      assertThat(happened()).containsExactly("ROLLED_BACK mistaken", "DRAINED mistaken");
      assertThat(account.wallets()).isEqualTo(1);
    }
  }

  @Test
  void aTokenThatDfnsRefusesIsRolledBackAndTheCallerSeesNothing() {
    Credential.Key key = first.current().key().orElseThrow();
    rotating.replace(
        new Source("expired", Credential.of(AccessToken.of("nobody"), key.id(), key.signer())));

    assertThat(TwoKeys.wallet(dfns).id()).isNotEmpty();

    assertThat(happened()).containsExactly("ROLLED_BACK expired", "DRAINED expired");
  }

  @Test
  void aKeyThatWasProvenAndIsRefusedLaterIsNotRolledBack() {
    try (JdkSigner key = JdkSigner.generate()) {
      Source next = registered("next", key);
      rotating.replace(next);
      TwoKeys.wallet(dfns);
      account.deactivate(next.current().key().orElseThrow().id().value(), first);

      assertThatThrownBy(() -> TwoKeys.wallet(dfns)).isInstanceOf(SigningException.class);
      assertThat(happened()).containsExactly("COMMITTED next", "DRAINED first");
    }
  }

  @Test
  void sixteenThreadsCallWhileKeysAreSwappedAndNoCallFails() throws Exception {
    Map<CredentialSource, Guarded> open = new ConcurrentHashMap<>();
    List<String> keys = new ArrayList<>();
    List<JdkSigner> registered = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      JdkSigner key = JdkSigner.generate();
      registered.add(key);
      keys.add(account.register(key));
    }
    RotatingCredentials swapped =
        RotatingCredentials.of(
            first,
            event -> {
              events.add(event);
              Guarded signer = open.get(event.source());
              if (event.kind() == RotationEvent.Kind.DRAINED && signer != null) {
                signer.close();
              }
            });
    Dfns over = account.dfns(swapped);
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger made = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> callers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        boolean asynchronous = i % 2 == 0;
        callers.add(
            threads.submit(
                () -> {
                  while (!stop.get()) {
                    if (asynchronous) {
                      over.wallets().createWallet(TwoKeys.walletBody()).executeAsync().join();
                    } else {
                      TwoKeys.wallet(over);
                    }
                    made.incrementAndGet();
                  }
                }));
      }
      for (int i = 0; i < SWAPS; i++) {
        int key = i % keys.size();
        boolean good = i % 3 != 1;
        Guarded signer = new Guarded(registered.get(good ? key : (key + 1) % keys.size()));
        Source next =
            new Source((good ? "good " : "bad ") + i, account.credential(keys.get(key), signer));
        open.put(next, signer);
        swapped.replace(next);
        int before = made.get();
        while (i % 5 != 4
            && (swapped.isOnTrial() || made.get() == before)
            && callers.stream().noneMatch(Future::isDone)) {
          Thread.onSpinWait();
          Thread.yield();
        }
      }
      while (swapped.isOnTrial() && callers.stream().noneMatch(Future::isDone)) {
        Thread.yield();
      }
      stop.set(true);
      for (Future<?> caller : callers) {
        caller.get(30, TimeUnit.SECONDS);
      }
    } finally {
      stop.set(true);
      threads.shutdownNow();
    }

    assertThat(account.wallets()).as("each call was made once").isEqualTo(made.get());
    assertThat(open.values())
        .as("no signer was used after it was drained")
        .noneMatch(Guarded::wasMisused);
    long ends = events.stream().filter(event -> event.kind() != RotationEvent.Kind.DRAINED).count();
    assertThat(ends).as("each swap is committed, rolled back or superseded").isEqualTo(SWAPS);
    assertThat(happened()).filteredOn(it -> it.startsWith("COMMITTED bad")).isEmpty();
    assertThat(happened()).filteredOn(it -> it.startsWith("ROLLED_BACK good")).isEmpty();
    assertThat(happened()).filteredOn(it -> it.startsWith("ROLLED_BACK bad")).isNotEmpty();
    assertThat(happened()).filteredOn(it -> it.startsWith("DRAINED")).hasSize(SWAPS);
    assertThat(open.values().stream().filter(Guarded::isOpen).count())
        .as("all but the one in use are closed")
        .isEqualTo(1);
    registered.forEach(JdkSigner::close);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** A signer that notices being used after it was closed, or closed while it is used. */
  private static final class Guarded implements Signer {
    private final Signer signer;
    private final AtomicInteger signing = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean misused = new AtomicBoolean();

    Guarded(Signer signer) {
      this.signer = signer;
    }

    boolean wasMisused() {
      return misused.get();
    }

    boolean isOpen() {
      return !closed.get();
    }

    @Override
    public PublicKey publicKey() {
      return signer.publicKey();
    }

    @Override
    public SignatureAlgorithm algorithm() {
      return signer.algorithm();
    }

    @Override
    public byte[] sign(byte[] message) {
      signing.incrementAndGet();
      try {
        if (closed.get()) {
          misused.set(true);
        }
        return signer.sign(message);
      } finally {
        signing.decrementAndGet();
      }
    }

    @Override
    public void close() {
      if (signing.get() > 0) {
        misused.set(true);
      }
      closed.set(true);
    }
  }
}

package dev.countersign.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.error.ConfigurationException;
import dev.countersign.error.SigningException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Two signers of one key: who signs when, and who hears of it. */
class FallbackSignerTest {

  private static final byte[] MESSAGE = {1, 2, 3};
  private static final Duration COOL_DOWN = Duration.ofSeconds(30);
  private static final KeyPair PAIR = pair();

  private final FailingSigner primary = new FailingSigner(new JdkSigner(PAIR));
  private final FailingSigner secondary = new FailingSigner(new JdkSigner(PAIR));
  private final ManualClock clock = new ManualClock();
  private final List<FailoverEvent> events = new CopyOnWriteArrayList<>();
  private final FallbackSigner signer =
      FallbackSigner.of(primary, secondary, COOL_DOWN, clock, events::add);

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean verifies(PublicKey key, byte[] message, byte[] signature)
      throws GeneralSecurityException {
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(key);
    verifier.update(message);
    return verifier.verify(signature);
  }

  private List<FailoverEvent.Direction> directions() {
    return events.stream().map(FailoverEvent::direction).toList();
  }

  @Test
  void whileThePrimarySignsTheSecondaryIsNotAsked() {
    signer.sign(MESSAGE);

    assertThat(primary.asked()).isEqualTo(1);
    assertThat(secondary.asked()).isZero();
    assertThat(events).isEmpty();
    assertThat(signer.isFailedOver()).isFalse();
  }

  @Test
  void aPrimaryThatCannotSignIsReplacedAtOnceAndItIsSaidWhy() throws Exception {
    primary.fail("the token is gone");

    byte[] signature = signer.sign(MESSAGE);

    assertThat(verifies(signer.publicKey(), MESSAGE, signature)).isTrue();
    assertThat(events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.direction()).isEqualTo(FailoverEvent.Direction.TO_SECONDARY);
              assertThat(event.reason()).isEqualTo("the token is gone");
              assertThat(event.at()).isEqualTo(clock.instant());
              assertThat(event.failure()).get().isInstanceOf(SigningException.class);
            });
    assertThat(signer.isFailedOver()).isTrue();
  }

  @Test
  void thePrimaryIsLeftAloneForTheCoolDown() {
    primary.fail("gone");
    signer.sign(MESSAGE);
    primary.recover();
    clock.advance(COOL_DOWN.minusMillis(1));

    signer.sign(MESSAGE);

    assertThat(primary.asked()).isEqualTo(1);
    assertThat(secondary.asked()).isEqualTo(2);
  }

  @Test
  void aPrimaryThatSignsAgainIsTakenBackAndThatIsAnEventToo() {
    primary.fail("gone");
    signer.sign(MESSAGE);
    primary.recover();
    clock.advance(COOL_DOWN);

    signer.sign(MESSAGE);
    signer.sign(MESSAGE);

    assertThat(primary.asked()).isEqualTo(3);
    assertThat(directions())
        .containsExactly(FailoverEvent.Direction.TO_SECONDARY, FailoverEvent.Direction.TO_PRIMARY);
    assertThat(events.get(1).reason()).contains("signs again");
    assertThat(events.get(1).failure()).isEmpty();
  }

  @Test
  void aPrimaryThatIsTriedInVainIsLeftAloneForAnotherCoolDown() {
    primary.fail("gone");
    signer.sign(MESSAGE);
    clock.advance(COOL_DOWN);
    signer.sign(MESSAGE);
    clock.advance(COOL_DOWN.minusMillis(1));
    signer.sign(MESSAGE);

    assertThat(primary.asked()).isEqualTo(2);
    assertThat(secondary.asked()).isEqualTo(3);
    assertThat(directions()).containsExactly(FailoverEvent.Direction.TO_SECONDARY);
  }

  @Test
  void aClockThatIsSetBackDoesNotKeepThePrimaryOut() {
    primary.fail("gone");
    signer.sign(MESSAGE);
    primary.recover();
    clock.advance(Duration.ofDays(-1));

    signer.sign(MESSAGE);

    assertThat(signer.isFailedOver()).isFalse();
  }

  @Test
  void onlyOneSignatureTriesThePrimaryAfterTheCoolDown() throws Exception {
    primary.fail("gone");
    signer.sign(MESSAGE);
    clock.advance(COOL_DOWN);
    CountDownLatch trying = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    primary.before(
        () -> {
          trying.countDown();
          await(goOn);
        });
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      Future<byte[]> trial = threads.submit(() -> signer.sign(MESSAGE));
      trying.await();
      IntStream.range(0, 20).forEach(i -> signer.sign(MESSAGE));
      goOn.countDown();
      trial.get();
    } finally {
      threads.shutdownNow();
    }

    assertThat(primary.asked()).isEqualTo(2);
    assertThat(secondary.asked()).isEqualTo(22);
  }

  @Test
  void aSignatureFromBeforeTheFailureDoesNotBringThePrimaryBack() throws Exception {
    CountDownLatch signing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    primary.before(
        () -> {
          primary.before(() -> {});
          signing.countDown();
          await(goOn);
        });
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      Future<byte[]> early = threads.submit(() -> signer.sign(MESSAGE));
      signing.await();
      primary.fail("gone");
      signer.sign(MESSAGE);
      primary.recover();
      goOn.countDown();
      early.get();
    } finally {
      threads.shutdownNow();
    }

    assertThat(signer.isFailedOver()).isTrue();
    assertThat(directions()).containsExactly(FailoverEvent.Direction.TO_SECONDARY);
  }

  @Test
  void manyThreadsThatMeetOneFailureAreOneEvent() throws Exception {
    primary.fail("gone");
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Future<byte[]>> signatures =
          IntStream.range(0, 200)
              .mapToObj(i -> threads.submit(() -> signer.sign(MESSAGE)))
              .toList();
      for (Future<byte[]> signature : signatures) {
        assertThat(verifies(signer.publicKey(), MESSAGE, signature.get())).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(directions()).containsExactly(FailoverEvent.Direction.TO_SECONDARY);
  }

  @Test
  void ifNeitherSignsBothReasonsAreGiven() {
    primary.fail("the module hangs");
    secondary.fail("the file is gone");

    assertThatThrownBy(() -> signer.sign(MESSAGE))
        .isInstanceOf(SigningException.class)
        .hasMessageContainingAll("the module hangs", "the file is gone");
  }

  @Test
  void aCallersOwnFaultSwitchesNothing() {
    assertThatThrownBy(() -> signer.sign(null)).isInstanceOf(NullPointerException.class);
    primary.before(
        () -> {
          throw new IllegalArgumentException("too long");
        });

    assertThatThrownBy(() -> signer.sign(MESSAGE)).isInstanceOf(IllegalArgumentException.class);
    assertThat(secondary.asked()).isZero();
    assertThat(events).isEmpty();
  }

  @Test
  void anInterruptOfTheCallerSwitchesNothing() {
    primary.fail("interrupted");
    primary.before(() -> Thread.currentThread().interrupt());

    assertThatThrownBy(() -> signer.sign(MESSAGE)).hasMessage("interrupted");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(secondary.asked()).isZero();
    assertThat(events).isEmpty();
  }

  @Test
  void aListenerThatFailsSpoilsNoSignature() throws Exception {
    FallbackSigner deaf =
        FallbackSigner.of(
            primary,
            secondary,
            event -> {
              throw new IllegalStateException("deaf");
            });
    primary.fail("gone");
    List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    Thread thread = new Thread(() -> deaf.sign(MESSAGE));
    thread.setUncaughtExceptionHandler((t, e) -> uncaught.add(e));
    thread.start();
    thread.join();

    assertThat(secondary.asked()).isEqualTo(1);
    assertThat(uncaught).singleElement().satisfies(e -> assertThat(e).hasMessage("deaf"));
  }

  @Test
  void signersOfDifferentKeysAreRefused() {
    try (JdkSigner other = JdkSigner.generate()) {
      assertThatThrownBy(() -> FallbackSigner.of(primary, other, events::add))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContainingAll("same key", "FallbackCredentials");
    }
  }

  @Test
  void thereIsNoSwitchingInSilence() {
    assertThatThrownBy(() -> FallbackSigner.of(primary, secondary, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("listener");
  }

  @Test
  void aCoolDownIsPositive() {
    assertThatThrownBy(
            () -> FallbackSigner.of(primary, secondary, Duration.ZERO, clock, events::add))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void closingItLeavesTheTwoToTheirOpener() {
    signer.close();

    assertThat(primary.sign(MESSAGE)).isNotEmpty();
    assertThat(secondary.sign(MESSAGE)).isNotEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** What every signer does, while the primary signs. */
  @Nested
  class OnThePrimary extends Contract {
    @Override
    protected void prepare(FailingSigner first) {}
  }

  /** What every signer does, while the primary fails. */
  @Nested
  class OnTheSecondary extends Contract {
    @Override
    protected void prepare(FailingSigner first) {
      first.fail("gone");
    }
  }

  private abstract static class Contract extends SignerContract {

    protected abstract void prepare(FailingSigner first);

    @Override
    protected Signer open() {
      FailingSigner first = new FailingSigner(new JdkSigner(PAIR));
      prepare(first);
      return FallbackSigner.of(first, new JdkSigner(PAIR), event -> {});
    }

    @Override
    protected SignatureAlgorithm algorithm() {
      return SignatureAlgorithm.ED25519;
    }

    @Override
    protected boolean verifies(PublicKey key, byte[] message, byte[] signature) throws Exception {
      return FallbackSignerTest.verifies(key, message, signature);
    }
  }
}

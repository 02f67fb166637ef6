package dev.countersign.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.error.ConfigurationException;
import dev.countersign.error.SigningException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody waits longer than is said, for a module that hangs or for the others before. */
class DeadlineTest {

  private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

  private static final int THREADS = 64;

  private static SoftHsm hsm;
  private static TestToken token;

  private Shim shim;
  private Set<Thread> others;

  @BeforeAll
  static void makeKey() {
    hsm = SoftHsm.require();
    token = hsm.token("deadline").with(TestKey.P256, "key");
  }

  @BeforeEach
  void load() {
    others = named("countersign-hsm-");
    shim = Shim.load(hsm);
  }

  /** What a test leaves behind would log in and out while the next one reads the same files. */
  @AfterEach
  void goOn() {
    for (int function : new int[] {Shim.SIGN, Shim.LOGIN, Shim.OPEN_SESSION, Shim.LOGOUT}) {
      shim.goOn(function);
    }
    Shim.await(() -> others.containsAll(named("countersign-hsm-")));
  }

  private static HsmSignerProvider provider() {
    return new HsmSignerProvider();
  }

  private HsmSigner open(String more) {
    return provider().open(token.uri(shim.path(), "key", more));
  }

  @Test
  void aHangingSignatureHoldsItsCallerNoLongerThanItsDeadlineAndTheCircuitOpens() throws Exception {
    try (HsmSigner signer = open("&sign-timeout=100ms&probe-interval=10ms&pool-size=2")) {
      shim.hang(Shim.SIGN);
      assertThatThrownBy(() -> signer.sign(MESSAGE))
          .isInstanceOf(SigningException.class)
          .hasMessageContaining("not answered within 100 ms")
          .hasMessageContaining("1 of 2 calls have not come back");
      assertThat(signer.health().healthy()).isFalse();
      assertThatThrownBy(() -> signer.sign(MESSAGE)).isInstanceOf(SigningException.class);
      // the probe takes the other thread, and no more come
      Shim.await(() -> signer.health().lastError().orElse("").contains("2 of 2"));
      assertThat(shim.hanging()).isEqualTo(2);
      shim.goOn(Shim.SIGN);
      Shim.await(() -> signer.health().healthy() && TestKey.signs(signer, MESSAGE));
    }
  }

  @Test
  void aProbeThatComesBackLateAndFailedOpensNoCircuitThatNobodyProbes() throws Exception {
    try (HsmSigner signer = open("&sign-timeout=400ms&probe-interval=20ms&pool-size=3")) {
      shim.fail(Shim.SIGN, Shim.DEVICE_ERROR, 1);
      assertThatThrownBy(() -> signer.sign(MESSAGE)).hasMessageContaining("CKR_DEVICE_ERROR");
      shim.hang(Shim.SIGN, 1);
      Shim.await(() -> shim.hanging() == 1);
      // the next probe signs, while the first still hangs
      Shim.await(() -> signer.health().healthy());
      shim.failForEver(Shim.SIGN, Shim.DEVICE_ERROR);
      shim.goOn(Shim.SIGN);
      Shim.await(() -> shim.hanging() == 0);
      Thread.sleep(100); // for what it does with its failure
      shim.bringBack();
      assertThat(signer.health().healthy()).isTrue();
      assertThat(TestKey.verifies(signer.publicKey(), MESSAGE, signer.sign(MESSAGE))).isTrue();
    }
  }

  @Test
  void aProbeThatIsInterruptedFromOutsideRestsAndGoesOn() {
    try (HsmSigner signer = open("&probe-interval=300ms")) {
      shim.failForEver(Shim.SIGN, Shim.DEVICE_ERROR);
      assertThatThrownBy(() -> signer.sign(MESSAGE)).hasMessageContaining("CKR_DEVICE_ERROR");
      Set<Thread> ours = probing();
      ours.removeAll(others);
      ours.forEach(Thread::interrupt);
      Shim.await(() -> ours.stream().noneMatch(Thread::isInterrupted));
      shim.bringBack();
      Shim.await(() -> signer.health().healthy());
      assertThat(ours).hasSize(1);
    }
  }

  private static Set<Thread> probing() {
    return named("countersign-hsm-probe");
  }

  private static Set<Thread> named(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(name))
        .collect(Collectors.toCollection(HashSet::new));
  }

  @ParameterizedTest
  @ValueSource(ints = {Shim.LOGIN, Shim.OPEN_SESSION})
  void aModuleThatHangsWhenOpenedIsGivenUp(int function) {
    shim.hang(function);
    assertThatThrownBy(() -> open("&open-timeout=100ms"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("not answered within 100 ms")
        .hasMessageContaining("open-timeout");
    shim.goOn(function);
    // what came late was closed again
    Shim.await(() -> shim.calls(Shim.LOGOUT) == 1 && shim.sessions() == 0);
  }

  /** The names have one hash, so that they stand side by side in a table. */
  @Test
  void aModuleThatHangsKeepsNobodyFromAnother() throws Exception {
    Path folder = hsm.newFolder();
    Shim hanging = Shim.load(hsm, folder.resolve("Aa.so"));
    Shim good = Shim.load(hsm, folder.resolve("BB.so"));
    assertThat(good.path()).hasSameHashCodeAs(hanging.path());
    hanging.hang(Shim.INITIALIZE);
    try {
      assertThatThrownBy(
              () -> provider().open(token.uri(hanging.path(), "key", "&open-timeout=100ms")))
          .hasMessageContaining("not answered within 100 ms");
      try (HsmSigner signer = provider().open(token.uri(good.path(), "key", ""))) {
        assertThat(TestKey.verifies(signer.publicKey(), MESSAGE, signer.sign(MESSAGE))).isTrue();
      }
    } finally {
      hanging.goOn(Shim.INITIALIZE);
    }
  }

  @Test
  void aModuleThatHangsTakesNoMoreThanSomeThreadsHoweverOftenItIsOpened() {
    shim.hang(Shim.OPEN_SESSION);
    for (int i = 0; i < 8; i++) {
      assertThatThrownBy(() -> open("&open-timeout=50ms"))
          .hasMessageContaining("not answered within 50 ms");
    }
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> open("&open-timeout=50ms"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("8 openings")
          .hasMessageContaining("restart this process");
    }
    Set<Thread> ours = named("countersign-hsm-open");
    ours.removeAll(others);
    assertThat(ours).hasSize(8);
    shim.goOn(Shim.OPEN_SESSION);
    open("").close();
    Shim.await(() -> ours.stream().noneMatch(Thread::isAlive));
  }

  @Test
  void aRecoveryThatHangsHoldsNobodyEither() throws Exception {
    try (HsmSigner signer = open("&sign-timeout=100ms&probe-interval=10ms")) {
      shim.hang(Shim.LOGIN);
      shim.logOut(HealingTest.slotOf(shim, token));
      assertThatThrownBy(() -> signer.sign(MESSAGE))
          .isInstanceOf(SigningException.class)
          .hasMessageContaining("not answered");
      shim.goOn(Shim.LOGIN);
      Shim.await(() -> signer.health().healthy());
    }
  }

  @Test
  void closingDoesNotWaitForAModuleThatHangs() {
    HsmSigner signer = open("&sign-timeout=100ms&probe-interval=10m");
    shim.hang(Shim.SIGN);
    assertThatThrownBy(() -> signer.sign(MESSAGE)).isInstanceOf(SigningException.class);
    signer.close();
    assertThatThrownBy(() -> signer.sign(MESSAGE)).hasMessageContaining("closed");
    // it was left logged in: who comes back needs the PIN that it was logged in with
    shim.goOn(Shim.SIGN);
    open("").close();
  }

  @Test
  void whatWasLeftOpenInAModuleThatHungIsClosedByTheNextWhoOpensIt() {
    HsmSigner signer = open("&sign-timeout=100ms&probe-interval=10m");
    Optional<Instant> opened = signer.health().lastSignature();
    shim.hang(Shim.SIGN);
    assertThatThrownBy(() -> signer.sign(MESSAGE)).isInstanceOf(SigningException.class);
    signer.close();
    shim.goOn(Shim.SIGN);
    Shim.await(() -> !signer.health().lastSignature().equals(opened));
    open("").close();
    assertThat(shim.sessions()).isZero();
  }

  /** Whose callers give up earlier than the deadline, as a cancelled task does. */
  @Test
  void aModuleThatHangsIsNoticedAlsoIfNobodyWaitsForIt() throws Exception {
    try (HsmSigner signer =
        open("&pool-size=1&sign-timeout=200ms&acquire-timeout=5s&probe-interval=10m")) {
      signer.sign(MESSAGE);
      shim.hang(Shim.SIGN);
      Map<String, Boolean> interrupted = new ConcurrentHashMap<>();
      Thread signing = interruptible(signer, interrupted, new AtomicReference<>(), "signing");
      Shim.await(() -> shim.hanging() == 1);
      signing.interrupt();
      signing.join();
      Shim.await(() -> !signer.health().healthy());
      assertThatThrownBy(() -> signer.sign(MESSAGE))
          .hasMessageContaining("not answered within 200");
      shim.goOn(Shim.SIGN);
    }
  }

  @Test
  void whoWaitsForAModuleThatHangsOpensTheCircuitForTheOthers() throws Exception {
    try (HsmSigner signer =
        open("&pool-size=1&sign-timeout=50ms&acquire-timeout=500ms&probe-interval=10m")) {
      shim.hang(Shim.SIGN);
      Map<String, Boolean> interrupted = new ConcurrentHashMap<>();
      Thread signing = interruptible(signer, interrupted, new AtomicReference<>(), "signing");
      Shim.await(() -> shim.hanging() == 1);
      signing.interrupt();
      signing.join();
      assertThatThrownBy(() -> signer.sign(MESSAGE)).isInstanceOf(SigningException.class);
      assertThatThrownBy(() -> signer.sign(MESSAGE))
          .hasMessageContaining("not answered within 50 ");
      shim.goOn(Shim.SIGN);
    }
  }

  @Test
  void whoWaitsTooLongForAFreeOperationIsTold() throws Exception {
    try (HsmSigner signer = open("&pool-size=1&acquire-timeout=50ms")) {
      shim.hang(Shim.SIGN);
      ExecutorService threads = Executors.newSingleThreadExecutor();
      try {
        Future<byte[]> first = threads.submit(() -> signer.sign(MESSAGE));
        Shim.await(() -> shim.hanging() == 1);
        assertThatThrownBy(() -> signer.sign(MESSAGE))
            .isInstanceOf(SigningException.class)
            .hasMessageContaining("busy for 50 ms")
            .hasMessageContaining("pool-size");
        assertThat(signer.health().healthy()).isTrue();
        shim.goOn(Shim.SIGN);
        assertThat(first.get()).isNotEmpty();
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  void anInterruptedCallerGetsItsInterruptBack() throws Exception {
    try (HsmSigner signer = open("&pool-size=1")) {
      shim.hang(Shim.SIGN);
      Map<String, Boolean> interrupted = new ConcurrentHashMap<>();
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread signing = interruptible(signer, interrupted, thrown, "signing");
      Shim.await(() -> shim.hanging() == 1);
      Thread waiting = interruptible(signer, interrupted, thrown, "waiting");
      Shim.await(() -> waiting.getState() == Thread.State.TIMED_WAITING);
      waiting.interrupt();
      waiting.join();
      assertThat(thrown.get())
          .isInstanceOf(SigningException.class)
          .hasMessageContaining("Interrupted");
      signing.interrupt();
      signing.join();
      assertThat(thrown.get()).isInstanceOf(SigningException.class).hasMessageContaining("dropped");
      assertThat(interrupted).containsEntry("signing", true).containsEntry("waiting", true);
      shim.goOn(Shim.SIGN);
      assertThat(signer.sign(MESSAGE)).isNotEmpty();
      assertThat(signer.health().healthy()).isTrue();
    }
  }

  private static Thread interruptible(
      HsmSigner signer,
      Map<String, Boolean> interrupted,
      AtomicReference<Throwable> thrown,
      String name) {
    Thread thread =
        new Thread(
            () -> {
              try {
                signer.sign(MESSAGE);
              } catch (SigningException e) {
                thrown.set(e);
                interrupted.put(name, Thread.currentThread().isInterrupted());
              }
            });
    thread.start();
    return thread;
  }

  /** Signs ten times on each thread, and counts what each has signed; whether all was good. */
  private static List<Future<Boolean>> tenOfEach(
      ExecutorService threads, HsmSigner signer, AtomicIntegerArray signed) {
    List<Future<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      byte[] message = ("message " + i).getBytes(StandardCharsets.UTF_8);
      all.add(
          threads.submit(
              () -> {
                boolean good = true;
                for (int j = 0; j < 10; j++) {
                  good &= TestKey.verifies(signer.publicKey(), message, signer.sign(message));
                  signed.incrementAndGet(number);
                }
                return good;
              }));
    }
    return all;
  }

  @Test
  void sixtyFourThreadsSignWithAPoolOfFive() throws Exception {
    try (HsmSigner signer = open("")) {
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      try {
        for (Future<Boolean> one : tenOfEach(threads, signer, new AtomicIntegerArray(THREADS))) {
          assertThat(one.get()).isTrue();
        }
      } finally {
        threads.shutdownNow();
      }
      assertThat(shim.sessions()).isLessThanOrEqualTo(8);
      assertThat(signer.health().healthy()).isTrue();
    }
  }

  @Test
  void sixtyFourThreadsGetGoodSignaturesWhileSessionsAreLost() throws Exception {
    long slot;
    AtomicIntegerArray signed = new AtomicIntegerArray(THREADS);
    try (HsmSigner signer = open("")) {
      slot = HealingTest.slotOf(shim, token);
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      try {
        List<Future<Boolean>> all = tenOfEach(threads, signer, signed);
        for (int i = 0; i < 3; i++) {
          // a signature is repeated once: none is to meet two losses
          int[] before = IntStream.range(0, THREADS).map(signed::get).toArray();
          Shim.await(
              () ->
                  IntStream.range(0, THREADS)
                      .allMatch(t -> signed.get(t) > before[t] || all.get(t).isDone()));
          shim.logOut(slot);
        }
        for (Future<Boolean> one : all) {
          assertThat(one.get()).isTrue();
        }
      } finally {
        threads.shutdownNow();
      }
      signer.sign(MESSAGE);
      assertThat(signer.health().healthy()).isTrue();
    }
  }
}

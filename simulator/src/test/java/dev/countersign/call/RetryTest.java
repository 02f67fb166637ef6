package dev.countersign.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.error.ProtocolException;
import dev.countersign.error.RequestRejectedException;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.json.JsonObject;
import dev.countersign.rate.RateBudget;
import dev.countersign.rate.TokenBucket;
import dev.countersign.rate.VirtualTimer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How often, how long and on whose thread calls wait before they try again. */
class RetryTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /** Always the middle. */
  private static final RandomGenerator MIDDLE =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          return 0x4000_0000_0000_0000L << 1;
        }

        @Override
        public double nextDouble() {
          return 0.5;
        }
      };

  private final EngineFixture fixture = new EngineFixture();
  private final ScriptedTransport transport = fixture.transport;
  private final List<CallReport> reports = new CopyOnWriteArrayList<>();
  private final VirtualTimer timer = VirtualTimer.jumping();

  @AfterEach
  void close() {
    fixture.close();
  }

  private CallEngine.Builder builder(VirtualTimer by) {
    return fixture
        .builder(fixture.me(), Clock.fixed(NOW, ZoneOffset.UTC))
        .retries(RetryPolicy.standard())
        .random(MIDDLE)
        .listener(reports::add)
        .timer(by);
  }

  private CallEngine engine() {
    return builder(timer).build();
  }

  private static Call<JsonObject> read(CallEngine engine) {
    return engine.prepare(EngineFixture.READ, Arguments.path("a"));
  }

  @Test
  void waitsDoubleWithFullJitterAndAttemptsAreFour() {
    transport.answer(500, "").answer(502, "").answer(503, "").answer(504, "");

    assertThatThrownBy(() -> read(engine()).execute())
        .isInstanceOf(ServiceUnavailableException.class)
        .hasMessageContaining("504");

    assertThat(timer.waits())
        .containsExactly(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(200));
    CallReport report = reports.get(0);
    assertThat(report.attempts()).isEqualTo(4);
    assertThat(report.exchanges()).isEqualTo(4);
    assertThat(report.waited()).isEqualTo(Duration.ofMillis(350));
    assertThat(report.toString()).contains("4 attempts, waited 350 ms");
  }

  @Test
  void aCallThatGoesWellAtOnceReportsOneAttemptAndNoWait() {
    transport.signing().answer(200, "{}");

    JsonObject done = engine().prepare(EngineFixture.CHANGE, EngineFixture.thing()).execute();

    assertThat(done).isEqualTo(JsonObject.empty());
    assertThat(reports.get(0).attempts()).isEqualTo(1);
    assertThat(reports.get(0).waited()).isZero();
    assertThat(timer.waits()).isEmpty();
  }

  @Test
  void noWaitIsLongerThanTheCapAndTheJitterIsFull() {
    RetryPolicy policy =
        RetryPolicy.builder().waits(Duration.ofMillis(300), Duration.ofSeconds(1)).build();

    assertThat(policy.backoff(1, 0.999_999_999)).isLessThan(Duration.ofMillis(300));
    assertThat(policy.backoff(2, 0.5)).isEqualTo(Duration.ofMillis(300));
    assertThat(policy.backoff(3, 0.5)).isEqualTo(Duration.ofMillis(500));
    assertThat(policy.backoff(Integer.MAX_VALUE, 0.5)).isEqualTo(Duration.ofMillis(500));
    assertThat(policy.backoff(9, 0)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"7, PT7.05S", "'Thu, 01 Jan 2026 00:00:12 GMT', PT12.05S", "soon, PT0.05S"})
  void retryAfterIsWaitedForAndTheJitterComesOnTop(String header, Duration wait) {
    transport.answer(429, Map.of("Retry-After", List.of(header)), "{}").answer(200, "{}");

    assertThat(read(engine()).execute()).isEqualTo(JsonObject.empty());
    assertThat(timer.waits()).containsExactly(wait);
  }

  @Test
  void whatWouldReachTheDeadlineIsNotWaitedFor() {
    transport.answer(503, Map.of("Retry-After", List.of("30")), "");

    ServiceUnavailableException now =
        catchThrowableOfType(ServiceUnavailableException.class, () -> read(engine()).execute());

    assertThat(now.retryAfter()).contains(Duration.ofSeconds(30));
    assertThat(timer.waits()).isEmpty();
  }

  @Test
  void theDeadlineIsOverAllAttempts() {
    for (int i = 0; i < 3; i++) {
      transport.answer(503, Map.of("Retry-After", List.of("12")), "");
    }

    assertThatThrownBy(() -> read(engine()).execute())
        .isInstanceOf(ServiceUnavailableException.class);

    assertThat(timer.waits()).as("12 + 12 fit into 30 seconds, 36 do not").hasSize(2);
    assertThat(transport.request(2).timeout()).isLessThan(Duration.ofSeconds(6));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 402, 403, 404, 409, 410, 412, 422, 501})
  void aRefusalIsNotTriedAgain(int status) {
    transport.answer(status, "{}");

    assertThatThrownBy(() -> read(engine()).execute()).isInstanceOf(RequestRejectedException.class);
    assertThat(transport.requests()).hasSize(1);
  }

  @Test
  void anAnswerOfTheWrongTypeIsNotTriedAgainButOneThatIsNoJsonIs() {
    transport.answer(200, "<html>").answer(200, "[1]");

    assertThatThrownBy(() -> read(engine()).execute()).isInstanceOf(ProtocolException.class);
    assertThat(transport.requests()).hasSize(2);
  }

  @Test
  void anOutageEmptiesTheBucketThatDerivedEnginesShare() {
    CallEngine engine =
        builder(timer).retries(RetryPolicy.builder().bucket(10, 5, 1).build()).build();
    CallEngine derived = engine.as(fixture.me());
    for (int i = 0; i < 5; i++) {
      transport.answer(500, "");
    }

    assertThatThrownBy(() -> read(engine).execute())
        .isInstanceOf(ServiceUnavailableException.class);
    assertThat(transport.requests()).as("two retries, five tokens each").hasSize(3);
    assertThatThrownBy(() -> read(derived).execute())
        .isInstanceOf(ServiceUnavailableException.class);
    assertThat(transport.requests()).as("none is left").hasSize(4);

    for (int i = 0; i < 5; i++) {
      transport.answer(200, "{}");
    }
    assertThatThrownBy(() -> read(engine).execute())
        .isInstanceOf(ServiceUnavailableException.class);
    for (int i = 0; i < 5; i++) {
      assertThat(read(engine).execute()).isEqualTo(JsonObject.empty());
    }
    transport.answer(500, "").answer(200, "{}");
    assertThat(read(derived).execute()).as("five calls went well").isEqualTo(JsonObject.empty());
  }

  @Test
  void aRetryThatWentWellGivesBackWhatItTook() {
    CallEngine engine =
        builder(timer).retries(RetryPolicy.builder().bucket(5, 5, 0).build()).build();

    for (int i = 0; i < 10; i++) {
      transport.answer(500, "").answer(200, "{}");
      assertThat(read(engine).execute()).isEqualTo(JsonObject.empty());
    }
  }

  @Test
  void aBlockingCallSignsEachAttemptOnItsOwnThread() {
    transport.signing(1).answer(500, "").signing(2).answer(200, "{}");

    JsonObject done = engine().prepare(EngineFixture.PAY, EngineFixture.thing()).execute();

    assertThat(done).isEqualTo(JsonObject.empty());
    assertThat(fixture.signer.threads)
        .containsExactly(Thread.currentThread().getName(), Thread.currentThread().getName());
  }

  @Test
  void anAsynchronousCallSignsOnTheExecutorAndWaitsOnNoThread() {
    VirtualTimer standing = VirtualTimer.standing();
    CallEngine engine = builder(standing).build();
    transport.signing(1).answer(500, "");

    CompletableFuture<JsonObject> running =
        engine.prepare(EngineFixture.PAY, EngineFixture.thing()).executeAsync();
    until(() -> standing.waiting() == 1);
    assertThat(read(engine.as(fixture.me())).toString())
        .as("the executor, which has one thread, is free")
        .isNotEmpty();
    transport.answer(200, "{}");
    assertThat(read(engine).executeAsync().join()).isEqualTo(JsonObject.empty());
    assertThat(running).isNotDone();

    transport.signing(2).answer(200, "{\"id\":\"x\"}");
    standing.pass(Duration.ofMillis(50));

    assertThat(running.join().text("id")).contains("x");
    assertThat(fixture.signer.threads).containsExactly("signing", "signing");
  }

  @Test
  void cancellingEndsTheWaitAtOnce() {
    VirtualTimer standing = VirtualTimer.standing();
    transport.answer(500, "");
    CompletableFuture<JsonObject> running = read(builder(standing).build()).executeAsync();
    until(() -> standing.waiting() == 1);

    running.cancel(true);

    until(() -> standing.waiting() == 0);
    assertThatThrownBy(running::join).isInstanceOf(CancellationException.class);
    assertThat(transport.requests()).hasSize(1);
  }

  @Test
  void whoIsInterruptedWhileTheAnswerIsInDoubtIsToldSo() throws InterruptedException {
    VirtualTimer standing = VirtualTimer.standing();
    transport.signing(1).answer(500, "");
    Call<JsonObject> call =
        builder(standing).build().prepare(EngineFixture.PAY, EngineFixture.thing());
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller =
        new Thread(() -> thrown.set(catchThrowableOfType(RuntimeException.class, call::execute)));
    caller.start();
    until(() -> standing.waiting() == 1);

    caller.interrupt();
    caller.join();

    assertThat(thrown.get()).isInstanceOf(OutcomeUnknownException.class);
    assertThat(standing.waiting()).isZero();
    assertThat(reports.get(0).end()).isEqualTo(CallReport.End.UNKNOWN);
  }

  @Test
  void aSignedCallTakesThreePermitsAtItsStartAndEachRetryTakesAnew() {
    VirtualTimer standing = VirtualTimer.standing();
    RateBudget budget =
        RateBudget.builder(TokenBucket.perMinute(69, 9, standing)).timer(standing).build();
    CallEngine engine =
        builder(standing)
            .retries(RetryPolicy.builder().waits(Duration.ZERO, Duration.ZERO).build())
            .rate(budget)
            .build();
    transport.answer(200, "{}");
    JsonObject read = read(engine).execute();
    assertThat(read).isEqualTo(JsonObject.empty());
    assertThat(budget.load().taken()).isEqualTo(1);

    transport.answer(500, "");
    CompletableFuture<JsonObject> running =
        engine.prepare(EngineFixture.CHANGE, EngineFixture.thing()).executeAsync();
    until(() -> budget.load().taken() == 4 && standing.waiting() == 1);
    transport.signing().answer(200, "{}");
    standing.pass(Duration.ZERO);

    assertThat(running.join()).isEqualTo(JsonObject.empty());
    assertThat(budget.load().taken()).isEqualTo(7);
  }

  @Test
  void whileACallQueuesItHoldsNoChallengeAndItsWaitIsReported() {
    VirtualTimer standing = VirtualTimer.standing();
    RateBudget budget =
        RateBudget.builder(TokenBucket.perMinute(63, 3, standing)).timer(standing).build();
    CallEngine engine = builder(standing).rate(budget).build();
    transport.signing().answer(200, "{}");
    CompletableFuture<JsonObject> first =
        engine.prepare(EngineFixture.CHANGE, EngineFixture.thing()).executeAsync();
    assertThat(first.join()).isEqualTo(JsonObject.empty());

    CompletableFuture<JsonObject> second =
        engine.prepare(EngineFixture.CHANGE, EngineFixture.thing()).executeAsync();
    until(() -> budget.load().waiting() == 1);
    assertThat(transport.requests()).hasSize(3);
    transport.signing().answer(200, "{}");
    standing.pass(Duration.ofSeconds(3));

    assertThat(second.join()).isEqualTo(JsonObject.empty());
    assertThat(reports.get(1).waited()).isEqualTo(Duration.ofSeconds(3));
    assertThat(standing.waiting()).isZero();
  }

  @Test
  void aTurnThatComesTooLateIsAnUnavailableServiceAtOnce() {
    VirtualTimer standing = VirtualTimer.standing();
    RateBudget budget =
        RateBudget.builder(TokenBucket.perMinute(4, 3, standing)).timer(standing).build();
    CallEngine engine = builder(standing).rate(budget).build();
    assertThat(budget.acquire(3, Duration.ofSeconds(1))).isCompleted();

    assertThatThrownBy(() -> read(engine).within(Duration.ofSeconds(50)).execute())
        .isInstanceOf(ServiceUnavailableException.class)
        .hasMessageContaining("rate budget");
    assertThat(transport.requests()).isEmpty();
  }

  @Test
  void cancellingACallThatQueuesGivesItsPlaceBack() {
    VirtualTimer standing = VirtualTimer.standing();
    RateBudget budget =
        RateBudget.builder(TokenBucket.perMinute(63, 3, standing)).timer(standing).build();
    assertThat(budget.acquire(3, Duration.ofSeconds(1))).isCompleted();
    CompletableFuture<JsonObject> running =
        read(builder(standing).rate(budget).build()).executeAsync();
    until(() -> budget.load().waiting() == 1);

    running.cancel(true);

    until(() -> budget.load().waiting() == 0);
    assertThat(transport.requests()).isEmpty();
  }

  @Test
  void a429PausesTheWholeBudget() {
    VirtualTimer standing = VirtualTimer.standing();
    RateBudget budget =
        RateBudget.builder(TokenBucket.perMinute(1000, 100, standing)).timer(standing).build();
    CallEngine engine = builder(standing).retries(RetryPolicy.none()).rate(budget).build();
    transport.answer(429, Map.of("Retry-After", List.of("9")), "{}");

    assertThatThrownBy(() -> read(engine).execute())
        .isInstanceOf(ServiceUnavailableException.class);

    assertThat(budget.load().pause()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void aPolicyThatCannotBeIsRefused() {
    RetryPolicy.Builder policy = RetryPolicy.builder();

    assertThatThrownBy(() -> policy.maxAttempts(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> policy.bucket(1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> policy.waits(Duration.ofSeconds(-1), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    policy.waits(Duration.ofSeconds(2), Duration.ofSeconds(1));
    assertThatThrownBy(policy::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("longer than the longest");
    assertThat(RetryPolicy.standard())
        .hasToString("RetryPolicy(4 attempts, PT0.1S to PT5S, 500 tokens)");
    assertThat(RetryPolicy.none().maxAttempts()).isEqualTo(1);
  }

  private static void until(java.util.function.BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("It did not come to that");
      }
      Thread.onSpinWait();
    }
  }
}

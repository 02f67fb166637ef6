package dev.countersign.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.error.DfnsException;
import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.error.ProtocolException;
import dev.countersign.error.RequestRejectedException;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.json.JsonObject;
import dev.countersign.transport.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers are told when a call does not come back with its answer. */
class FailedCallTest {

  private final EngineFixture fixture = new EngineFixture();
  private final ScriptedTransport transport = fixture.transport;

  @AfterEach
  void close() {
    fixture.close();
  }

  private Call<JsonObject> read() {
    return fixture.engine().prepare(EngineFixture.READ, Arguments.path("th-1"));
  }

  private Call<JsonObject> change() {
    return fixture.engine().prepare(EngineFixture.CHANGE, EngineFixture.thing());
  }

  private Call<JsonObject> payment() {
    return fixture.engine().prepare(EngineFixture.CHANGE, EngineFixture.payment());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"error\":{\"id\":\"17\",\"status\":403,\"message\":\"not allowed\",\"details\":{\"a\":1}}}",
        "{\"error\":{\"message\":\"not allowed\"}}",
        "{\"error\":{\"name\":\"X\",\"errorName\":\"Y\",\"message\":\"not allowed\",\"causes\":[]}}",
        "{\"error\":\"not allowed\"}",
        "{\"message\":\"not allowed\"}",
        "{\"message\":\"not allowed\",\"error\":{\"id\":5}}",
      })
  void everyShapeOfErrorIsUnderstood(String body) {
    transport.answer(403, body);

    assertThatThrownBy(() -> read().execute())
        .isInstanceOfSatisfying(
            RequestRejectedException.class,
            e -> {
              assertThat(e.status()).isEqualTo(403);
              assertThat(e.reason()).isEqualTo("not allowed");
              assertThat(e.operation()).isEqualTo("readThing");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>Bad gateway</html>",
        "[]",
        "null",
        "\"no\"",
        "{}",
        "{\"error\":{}}",
        "{"
      })
  void anErrorWithoutAReasonSaysSo(String body) {
    transport.answer(400, Map.of("Content-Type", List.of("text/html")), body);

    assertThatThrownBy(() -> read().execute())
        .isInstanceOf(RequestRejectedException.class)
        .hasMessageContaining("gave no reason that could be read")
        .hasMessageContaining("text/html")
        .message()
        .doesNotContain("gateway");
  }

  @Test
  void idDetailsAndDuplicateOfARefusalAreKept() {
    transport
        .signing()
        .answer(
            409,
            "{\"error\":{\"id\":\"4711\",\"message\":\"Conflicting transfer with same externalId\","
                + "\"details\":{\"duplicate\":{\"id\":\"xfr-1\",\"externalId\":\"pay-1\"}}}}");

    RequestRejectedException refusal =
        catchThrowableOfType(RequestRejectedException.class, () -> payment().execute());

    assertThat(refusal.errorId()).contains("4711");
    assertThat(refusal.duplicateId()).contains("xfr-1");
    assertThat(refusal.details().orElseThrow()).contains("\"externalId\":\"pay-1\"");
  }

  @Test
  void aSecretThatDfnsRepeatsIsNotRepeatedToTheCaller() {
    transport
        .answer(200, ScriptedTransport.CHALLENGE)
        .answer(
            400,
            "{\"error\":{\"message\":\"bad ci-secret-1 by "
                + EngineFixture.TOKEN
                + "\",\"id\":\"ci-secret-1\",\"details\":{\"got\":\"ci-secret-1\","
                + "\"duplicate\":{\"id\":\"ci-secret-1\"}}}}");

    RequestRejectedException refusal =
        catchThrowableOfType(RequestRejectedException.class, () -> change().execute());

    assertThat(refusal.errorId().orElseThrow() + refusal.duplicateId().orElseThrow())
        .isEqualTo("******");
    assertThat(refusal.getMessage() + refusal.reason() + refusal.details())
        .contains("bad *** by ***")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504, 408})
  void anErrorOfTheServerOnAReadIsSafeToRepeat(int status) {
    transport.answer(status, "<html>");

    assertThatThrownBy(() -> read().execute()).isInstanceOf(ServiceUnavailableException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504, 408})
  void anErrorOfTheServerOnAChangeLeavesItUnknown(int status) {
    transport.signing().answer(status, "<html>");
    Instant before = Instant.now();

    assertThatThrownBy(() -> payment().execute())
        .isInstanceOfSatisfying(
            OutcomeUnknownException.class,
            e -> {
              assertThat(e.operation()).isEqualTo("createThing");
              assertThat(e.externalId()).contains("pay-1");
              assertThat(e.sentAt()).isBetween(before, Instant.now());
            });
  }

  @Test
  void whatTheServerDoesNotHaveIsRefused() {
    transport.signing().answer(501, "{\"error\":{\"message\":\"not here\"}}");

    assertThatThrownBy(() -> change().execute())
        .isInstanceOf(RequestRejectedException.class)
        .hasMessageContaining("501")
        .hasMessageContaining("not here");
  }

  @Test
  void anErrorOfTheServerBeforeTheChangeIsSafeToRepeat() {
    transport.answer(500, "").answer(200, ScriptedTransport.CHALLENGE).answer(502, "<html>");

    assertThatThrownBy(() -> change().execute()).isInstanceOf(ServiceUnavailableException.class);
    assertThatThrownBy(() -> change().execute()).isInstanceOf(ServiceUnavailableException.class);
    assertThat(transport.requests()).hasSize(3);
  }

  @Test
  void aBrokenExchangeIsJudgedByWhatItCouldHaveDone() {
    OutcomeUnknownException broken =
        new OutcomeUnknownException("no answer", "x", null, Instant.now(), null);
    transport.fail(broken).fail(broken).signing().fail(broken);

    assertThatThrownBy(() -> read().execute()).isInstanceOf(ServiceUnavailableException.class);
    assertThatThrownBy(() -> change().execute()).isInstanceOf(ServiceUnavailableException.class);
    assertThatThrownBy(() -> change().execute())
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("Look for its effect before repeating it");
  }

  @Test
  void aChangeThatNeverReachedDfnsIsSafeToRepeat() {
    transport.signing().fail(new ServiceUnavailableException("no connection", null));

    assertThatThrownBy(() -> change().execute()).isInstanceOf(ServiceUnavailableException.class);
  }

  @ParameterizedTest
  @CsvSource({"7, PT7S", "' 12 ', PT12S", "'Thu, 01 Jan 1970 00:00:00 GMT', PT0S"})
  void aRateLimitSaysHowLongToWait(String header, Duration wait) {
    transport.signing().answer(429, Map.of("retry-after", List.of(header)), "{}");

    ServiceUnavailableException limited =
        catchThrowableOfType(ServiceUnavailableException.class, () -> change().execute());

    assertThat(limited.retryAfter()).contains(wait);
  }

  @Test
  void aRedirectIsNotFollowed() {
    transport.answer(307, Map.of("Location", List.of("https://evil.example/")), "");

    assertThatThrownBy(() -> read().execute())
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("redirect");
    assertThat(transport.requests()).hasSize(1);
  }

  @Test
  void anEntityIsNeverMadeOfA202() {
    transport
        .signing()
        .answer(202, "{\"id\":\"cr-1\",\"status\":\"Pending\",\"approvalId\":\"ap-1\"}");

    assertThatThrownBy(() -> change().execute())
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("cr-1")
        .hasMessageContaining("ap-1");
  }

  @Test
  void anOutcomeTellsDoneFromAwaiting() {
    transport
        .signing()
        .answer(202, "{\"id\":\"cr-1\",\"status\":\"Pending\",\"approvalId\":\"ap-1\"}")
        .signing()
        .answer(200, "{\"id\":\"th-1\"}");
    Call<Outcome<JsonObject>> held =
        fixture
            .engine()
            .prepare(EngineFixture.HELD, Arguments.path("th-1").body(JsonObject.empty()));

    if (!(held.execute() instanceof Outcome.AwaitingApproval<JsonObject> awaiting)) {
      throw new AssertionError("a 202 awaits approval");
    }
    assertThat(awaiting.changeRequestId()).isEqualTo("cr-1");
    assertThat(awaiting.approvalId()).contains("ap-1");
    assertThat(held.execute()).isInstanceOf(Outcome.Done.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "{", "{} {}", "[1]", "null"})
  void anAnswerThatCannotBeReadNamesTheOperationAndNotTheBody(String body) {
    transport.answer(200, body);

    assertThatThrownBy(() -> read().execute())
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("readThing")
        .message()
        .doesNotContain("html");
  }

  @Test
  void cancellingReachesTheExchange() {
    CompletableFuture<Reply> pending = new CompletableFuture<>();
    transport.signing().then(() -> pending);

    CompletableFuture<JsonObject> call = change().executeAsync();
    while (transport.requests().size() < 3) {
      Thread.onSpinWait();
    }
    call.cancel(true);

    // the engine may still be between sending and noting that it has sent
    assertThatThrownBy(() -> pending.get(5, TimeUnit.SECONDS))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void aCallThatIsCancelledWhileItIsSignedSendsNothingMore() {
    transport.signing().answer(200, "{}");
    AtomicReference<CompletableFuture<JsonObject>> call = new AtomicReference<>();
    CountDownLatch begun = new CountDownLatch(1);
    fixture.signer.whileSigning.set(
        () -> {
          await(begun);
          call.get().cancel(true);
        });

    call.set(change().executeAsync());
    begun.countDown();

    assertThatThrownBy(() -> call.get().join()).isInstanceOf(CancellationException.class);
    fixture.executor.shutdown();
    assertThat(fixture.executor).satisfies(FailedCallTest::isThrough);
    assertThat(transport.requests()).hasSize(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void isThrough(ExecutorService executor) throws InterruptedException {
    assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anUnknownOutcomeIsDatedWhenTheChangeWasSentNotWhenTheCallBegan() {
    Instant begun = Instant.parse("2026-01-01T00:00:00Z");
    Instant sent = begun.plusSeconds(9);
    AtomicReference<Instant> now = new AtomicReference<>(begun);
    fixture.signer.whileSigning.set(() -> now.set(sent));
    transport.signing().answer(502, "");
    Call<JsonObject> call =
        fixture
            .engine(fixture.me(), new MovedClock(now))
            .prepare(EngineFixture.CHANGE, EngineFixture.thing());

    assertThatThrownBy(call::execute)
        .isInstanceOfSatisfying(
            OutcomeUnknownException.class, e -> assertThat(e.sentAt()).isEqualTo(sent));
  }

  @Test
  void anAsynchronousCallFailsWithTheSameExceptions() {
    transport.answer(403, "{\"error\":{\"message\":\"no\"}}");

    assertThatThrownBy(() -> read().executeAsync().join())
        .hasCauseInstanceOf(RequestRejectedException.class);
  }

  @Test
  void aCallerInterruptedBeforeTheChangeKnowsThatNothingHappened() throws InterruptedException {
    transport.then(CompletableFuture::new);

    assertThat(interrupt(change(), 1)).isInstanceOf(ServiceUnavailableException.class);
  }

  @Test
  void aCallerInterruptedDuringTheChangeKnowsThatItMayHaveHappened() throws InterruptedException {
    CompletableFuture<Reply> pending = new CompletableFuture<>();
    transport.signing().then(() -> pending);

    assertThat(interrupt(payment(), 3)).isInstanceOf(OutcomeUnknownException.class);
    assertThat(pending).isCancelled();
  }

  private DfnsException interrupt(Call<JsonObject> call, int exchanges)
      throws InterruptedException {
    AtomicReference<DfnsException> thrown = new AtomicReference<>();
    CountDownLatch keptInterrupt = new CountDownLatch(1);
    Thread caller =
        new Thread(
            () -> {
              thrown.set(catchThrowableOfType(DfnsException.class, call::execute));
              if (Thread.currentThread().isInterrupted()) {
                keptInterrupt.countDown();
              }
            });
    caller.start();
    while (transport.requests().size() < exchanges) {
      Thread.onSpinWait();
    }
    caller.interrupt();
    caller.join();
    assertThat(keptInterrupt.getCount()).as("the interrupt is kept").isZero();
    return thrown.get();
  }

  @Test
  void aDeadlineThatHasPassedKeepsTheChangeFromBeingSent() {
    transport.signing().answer(200, "{}");

    assertThatThrownBy(() -> change().within(Duration.ofNanos(1)).execute())
        .isInstanceOf(ServiceUnavailableException.class)
        .hasMessageContaining("deadline");
    assertThat(transport.requests()).isEmpty();
  }

  @Test
  void eachExchangeGetsWhatIsLeftOfTheDeadline() {
    transport.signing().answer(200, "{}");

    change().within(Duration.ofSeconds(7)).execute();

    assertThat(transport.requests())
        .extracting(r -> r.timeout())
        .allSatisfy(
            left -> assertThat(left).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(7)));
    assertThat(transport.request(2).timeout()).isLessThan(transport.request(0).timeout());
  }

  /** A clock that a test moves. */
  private static final class MovedClock extends Clock {
    private final AtomicReference<Instant> now;

    MovedClock(AtomicReference<Instant> now) {
      this.now = now;
    }

    @Override
    public Instant instant() {
      return now.get();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}

package dev.countersign.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.error.ProtocolException;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.json.JsonObject;
import dev.countersign.rate.VirtualTimer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a call is in doubt and when it is not, at the edges. */
@Timeout(30)
class DoubtTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final RetryPolicy AT_ONCE =
      RetryPolicy.builder().waits(Duration.ZERO, Duration.ZERO).build();

  private final EngineFixture fixture = new EngineFixture();
  private final ScriptedTransport transport = fixture.transport;
  private final VirtualTimer timer = VirtualTimer.jumping();
  private final List<CallReport> reports = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    fixture.close();
  }

  private CallEngine.Builder builder() {
    return builder(Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private CallEngine.Builder builder(Clock clock) {
    return fixture
        .builder(fixture.me(), clock)
        .retries(AT_ONCE)
        .timer(timer)
        .listener(reports::add);
  }

  private static Call<JsonObject> payment(CallEngine engine) {
    return engine.prepare(EngineFixture.PAY, EngineFixture.thing());
  }

  private static Map<String, List<String>> retryAfter(String seconds) {
    return Map.of("Retry-After", List.of(seconds));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 500, 502, 503, 504})
  void retryAfterIsHeededWhereTheAnswerIsInDoubtToo(int status) {
    transport.signing(1).answer(status, retryAfter("7"), "");
    transport.signing(2).answer(500, "");
    transport.signing(3).answer(200, "{}");

    assertThat(payment(builder().build()).execute()).isEqualTo(JsonObject.empty());
    assertThat(timer.waits()).containsExactly(Duration.ofSeconds(7), Duration.ZERO);
  }

  @Test
  void aRetryAfterBeyondTheDeadlineLeavesTheDoubtAtOnce() {
    transport.signing(1).answer(503, retryAfter("60"), "");

    assertThatThrownBy(() -> payment(builder().build()).execute())
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(timer.waits()).isEmpty();
    assertThat(transport.requests()).hasSize(3);
  }

  @Test
  void anAnswerThatNobodyIsLeftToReadIsInDoubt() {
    AtomicBoolean closed = new AtomicBoolean();
    transport.signing().answer(200, "{}").onRequest(2, () -> closed.set(true));
    CallEngine engine =
        builder()
            .executor(
                task -> {
                  if (closed.get()) {
                    throw new RejectedExecutionException("shut down");
                  }
                  fixture.executor.execute(task);
                })
            .build();

    CompletableFuture<JsonObject> paying = payment(engine).executeAsync();

    CompletionException failed = catchThrowableOfType(CompletionException.class, paying::join);
    assertThat(failed).cause().isInstanceOf(OutcomeUnknownException.class);
    assertThat(failed.getCause()).hasCauseInstanceOf(RejectedExecutionException.class);
    assertThat(reports).extracting(CallReport::end).containsExactly(CallReport.End.UNKNOWN);
  }

  @Test
  void whatTheTransportDidNotTakeIsNotInDoubt() {
    transport.then(
        () -> {
          throw new IllegalStateException("a proxy is in the way");
        });

    assertThatThrownBy(
            () -> builder().build().prepare(EngineFixture.PUBLIC, Arguments.none()).execute())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a proxy is in the way");
    assertThat(reports).extracting(CallReport::end).containsExactly(CallReport.End.NO_EFFECT);
  }

  @Test
  void anErrorInTheListenerDoesNotTouchTheCallEither() {
    List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> uncaught.add(error));
    try {
      transport.signing().answer(200, "{}");
      CallEngine engine =
          builder()
              .listener(
                  report -> {
                    throw new AssertionError("a test's own");
                  })
              .build();

      assertThat(payment(engine).execute()).isEqualTo(JsonObject.empty());
      assertThat(uncaught).singleElement().isInstanceOf(AssertionError.class);
    } finally {
      Thread.currentThread().setUncaughtExceptionHandler(null);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoIsInterruptedAfterWhatCertainlyHadNoEffectIsToldSo(boolean limited)
      throws InterruptedException {
    VirtualTimer standing = VirtualTimer.standing();
    transport.signing(1);
    if (limited) {
      transport.answer(429, retryAfter("7"), "{}");
    } else {
      transport.fail(new ServiceUnavailableException("refused", Duration.ofSeconds(7), null));
    }
    Call<JsonObject> call = payment(builder().timer(standing).build());
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller =
        new Thread(() -> thrown.set(catchThrowableOfType(RuntimeException.class, call::execute)));
    caller.start();
    while (standing.waiting() == 0) {
      Thread.sleep(5);
    }

    caller.interrupt();
    caller.join();

    assertThat(thrown.get()).isInstanceOf(ServiceUnavailableException.class);
    assertThat(reports).extracting(CallReport::end).containsExactly(CallReport.End.NO_EFFECT);
  }

  @Test
  void a202ThatIsNoChangeRequestIsAnAnswerThatCannotBeRead() {
    CallEngine engine = builder().build();
    for (String body : List.of("<html>Accepted</html>", "", "[]")) {
      transport.signing().answer(202, body);
      Call<Outcome<JsonObject>> held =
          engine.prepare(EngineFixture.HELD, Arguments.path("a").body(JsonObject.empty()));
      assertThatThrownBy(held::execute).isInstanceOf(OutcomeUnknownException.class);

      transport.signing().answer(202, body);
      Call<JsonObject> change = engine.prepare(EngineFixture.CHANGE, EngineFixture.thing());
      assertThatThrownBy(change::execute).isInstanceOf(OutcomeUnknownException.class);
    }
    transport.signing().answer(202, "{\"id\":\"cr-1\"}");
    assertThatThrownBy(() -> engine.prepare(EngineFixture.CHANGE, EngineFixture.thing()).execute())
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("cr-1");
  }

  @Test
  void aPageThatSaysAcceptedDoesNotEndADoubt() {
    transport.signing(1).fail(new OutcomeUnknownException("reset", "x", null, Instant.now(), null));
    transport.signing(2).answer(202, "<html>Accepted</html>");
    transport.signing(3).answer(200, "{}");

    assertThat(payment(builder().build()).execute()).isEqualTo(JsonObject.empty());
  }

  @Test
  void whoCancelsAtTheLastMomentHasNothingSent() {
    AtomicReference<CompletableFuture<JsonObject>> paying = new AtomicReference<>();
    AtomicBoolean armed = new AtomicBoolean();
    InstantSource cancelling =
        () -> {
          if (armed.get()) {
            paying.get().cancel(true);
          }
          return NOW;
        };
    Clock clock = cancelling.withZone(ZoneOffset.UTC);
    CompletableFuture<Void> ready = new CompletableFuture<>();
    transport.onRequest(
        1,
        () -> {
          ready.join();
          armed.set(true);
        });
    transport.signing().answer(200, "{}");
    paying.set(payment(builder(clock).build()).executeAsync());
    ready.complete(null);

    assertThatThrownBy(paying.get()::join).isNotNull();
    CompletableFuture.runAsync(() -> {}, fixture.executor).join();

    assertThat(transport.requests()).hasSize(2);
    assertThat(reports).extracting(CallReport::end).containsExactly(CallReport.End.NO_EFFECT);
  }
}

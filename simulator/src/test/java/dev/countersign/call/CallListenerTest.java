package dev.countersign.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.call.CallReport.End;
import dev.countersign.credential.AccessToken;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialId;
import dev.countersign.credential.CredentialSource;
import dev.countersign.error.DfnsException;
import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.json.JsonObject;
import dev.countersign.transport.Reply;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a listener is told of a call, and that it is told once. */
class CallListenerTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final EngineFixture fixture = new EngineFixture();
  private final ScriptedTransport transport = fixture.transport;
  private final List<CallReport> reports = new CopyOnWriteArrayList<>();
  private final CallEngine engine = engine(fixture.me(), reports::add);

  private CallEngine engine(CredentialSource credentials, CallListener listener) {
    return CallEngine.builder()
        .transport(transport)
        .codec(fixture.codec)
        .credentials(credentials)
        .apiUrl(java.net.URI.create("https://dfns.example"))
        .executor(fixture.executor)
        .clock(Clock.fixed(NOW, ZoneOffset.UTC))
        .listener(listener)
        .retries(RetryPolicy.none())
        .build();
  }

  private Call<JsonObject> change() {
    return engine.prepare(EngineFixture.CHANGE, EngineFixture.thing());
  }

  private CallReport only() {
    assertThat(reports).hasSize(1);
    return reports.get(0);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aSignedCallLeavesItsTrail() throws Exception {
    transport
        .signing()
        .answer(200, Map.of("X-Request-ID", List.of("Root=1-67891233-abcdef")), "{}");

    JsonObject done = change().execute();

    assertThat(done).isEqualTo(JsonObject.empty());
    CallReport report = only();
    assertThat(report.end()).isEqualTo(End.DONE);
    assertThat(report.operation()).isEqualTo(EngineFixture.CHANGE);
    assertThat(report.path()).isEqualTo("/things");
    assertThat(report.signedBy()).contains(new CredentialId("cr-mine"));
    assertThat(report.startedAt()).isEqualTo(NOW);
    assertThat(report.took()).isPositive();
    assertThat(report.exchanges()).isEqualTo(3);
    assertThat(report.status()).hasValue(200);
    assertThat(report.requestId()).contains("Root=1-67891233-abcdef");
    assertThat(report.failure()).isEmpty();
    byte[] sent = transport.request(2).body().orElseThrow();
    assertThat(report.payloadSha256())
        .contains(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(sent)));
    assertThat(report.toString())
        .startsWith("DONE createThing POST /things in ")
        .contains("3 requests, status 200, request Root=1-67891233-abcdef, signed by cr-mine");
  }

  @Test
  void anAsynchronousCallIsToldBeforeItsResultIsThere() {
    transport.signing().answer(200, "{}");

    JsonObject done = change().executeAsync().join();

    assertThat(done).isEqualTo(JsonObject.empty());
    assertThat(only().end()).isEqualTo(End.DONE);
  }

  @Test
  void whatAwaitsApprovalIsNotDone() {
    transport.signing().answer(202, "{\"id\":\"cr-1\"}");

    Outcome<JsonObject> outcome =
        engine.prepare(EngineFixture.HELD, Arguments.path("a").body(JsonObject.empty())).execute();

    assertThat(outcome).isInstanceOf(Outcome.AwaitingApproval.class);
    assertThat(only().end()).isEqualTo(End.AWAITING_APPROVAL);
    assertThat(only().status()).hasValue(202);
  }

  @Test
  void aRefusalIsTold() {
    transport.answer(403, "{\"error\":{\"message\":\"no\"}}");

    assertThatThrownBy(() -> change().execute()).isInstanceOf(DfnsException.class);

    assertThat(only().end()).isEqualTo(End.REFUSED);
    assertThat(only().exchanges()).isEqualTo(1);
    assertThat(only().signedBy()).isEmpty();
    assertThat(only().failure().orElseThrow()).hasMessageContaining("no");
  }

  @Test
  void anUnknownOutcomeIsToldAsSuch() {
    transport.signing().answer(502, "<html>");

    assertThatThrownBy(() -> change().execute()).isInstanceOf(OutcomeUnknownException.class);

    assertThat(only().end()).isEqualTo(End.UNKNOWN);
    assertThat(only().signedBy()).contains(new CredentialId("cr-mine"));
  }

  @Test
  void whatCouldNotBeSentOrSignedHadNoEffect() {
    transport.fail(new ServiceUnavailableException("no route", null));
    assertThatThrownBy(() -> change().execute()).isInstanceOf(ServiceUnavailableException.class);
    CredentialSource tokenOnly =
        CredentialSource.of(Credential.of(AccessToken.of(EngineFixture.TOKEN)));
    Call<JsonObject> unsigned =
        engine(tokenOnly, reports::add).prepare(EngineFixture.CHANGE, EngineFixture.thing());
    assertThatThrownBy(unsigned::execute).isInstanceOf(DfnsException.class);

    assertThat(reports).extracting(CallReport::end).containsExactly(End.NO_EFFECT, End.NO_EFFECT);
    assertThat(reports).extracting(CallReport::exchanges).containsExactly(1, 0);
    assertThat(reports).extracting(report -> report.status().isPresent()).containsOnly(false);
  }

  @Test
  void anAnswerThatCannotBeReadIsToldAsSuch() {
    transport.answer(200, "[");
    Call<JsonObject> read = engine.prepare(EngineFixture.READ, Arguments.path("a"));

    assertThatThrownBy(read::execute).isInstanceOf(DfnsException.class);

    assertThat(only().end()).isEqualTo(End.UNREADABLE);
  }

  @Test
  void aChangeWhoseAnswerCannotBeReadIsUnknown() {
    transport.signing().answer(200, "[");

    assertThatThrownBy(() -> change().execute()).isInstanceOf(OutcomeUnknownException.class);

    assertThat(only().end()).isEqualTo(End.UNKNOWN);
  }

  @Test
  void delegatedCallsAreToldInTheirTwoParts() {
    transport.answer(200, ScriptedTransport.CHALLENGE);
    DelegatedCall<JsonObject> begun = change().begin();
    transport.answer(200, ScriptedTransport.USER_ACTION).answer(200, "{}");
    JsonObject done =
        begun.complete(
            dev.countersign.action.Assertion.byKey(
                new CredentialId("cr-other"), new byte[] {1}, new byte[] {2}));

    assertThat(done).isEqualTo(JsonObject.empty());
    assertThat(reports).extracting(CallReport::end).containsExactly(End.BEGUN, End.DONE);
    assertThat(reports).extracting(CallReport::exchanges).containsExactly(1, 2);
    assertThat(reports).extracting(report -> report.signedBy().isPresent()).containsOnly(false);
    assertThat(reports.get(0).payloadSha256()).isEqualTo(reports.get(1).payloadSha256());
  }

  @Test
  void aReadHasNoPayload() {
    transport.answer(200, "{}");

    JsonObject done = engine.prepare(EngineFixture.READ, Arguments.path("a")).execute();

    assertThat(done).isEqualTo(JsonObject.empty());
    assertThat(only().payloadSha256()).isEmpty();
  }

  @Test
  void aCancelledCallIsToldOnce() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    transport
        .signing()
        .then(
            () -> {
              asked.countDown();
              return new CompletableFuture<Reply>();
            });
    CompletableFuture<JsonObject> running =
        engine(
                fixture.me(),
                report -> {
                  reports.add(report);
                  told.countDown();
                })
            .prepare(EngineFixture.CHANGE, EngineFixture.thing())
            .executeAsync();
    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

    running.cancel(true);

    assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
    fixture.executor.shutdown();
    assertThat(fixture.executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    assertThat(only().end()).isEqualTo(End.UNKNOWN);
    assertThat(only().took()).isGreaterThanOrEqualTo(Duration.ZERO);
  }

  @Test
  void aListenerThatThrowsDoesNotTouchTheCall() {
    List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> uncaught.add(error));
    try {
      transport.signing().answer(200, "{}");
      JsonObject done =
          engine(
                  fixture.me(),
                  report -> {
                    throw new IllegalStateException("full disk");
                  })
              .prepare(EngineFixture.CHANGE, EngineFixture.thing())
              .execute();

      assertThat(done).isEqualTo(JsonObject.empty());
      assertThat(uncaught).singleElement().isInstanceOf(IllegalStateException.class);
    } finally {
      Thread.currentThread().setUncaughtExceptionHandler(null);
    }
  }

  @Test
  void aRequestIdThatRepeatsASecretIsNotPassedOn() {
    for (String id : List.of(EngineFixture.TOKEN, "x" + EngineFixture.TOKEN, "two words", "")) {
      transport.answer(200, Map.of("X-Request-ID", List.of(id)), "{}");
      JsonObject done = engine.prepare(EngineFixture.READ, Arguments.path("a")).execute();
      assertThat(done).isEqualTo(JsonObject.empty());
    }

    assertThat(reports).hasSize(4).allMatch(report -> report.requestId().isEmpty());
  }
}

package dev.countersign.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.error.ProtocolException;
import dev.countersign.error.RequestRejectedException;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
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

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504, 408})
  void anErrorOfTheServerOnAReadIsSafeToRepeat(int status) {
    transport.answer(status, "<html>");

    assertThatThrownBy(() -> fixture.read().execute())
        .isInstanceOf(ServiceUnavailableException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504, 408})
  void anErrorOfTheServerOnAChangeLeavesItUnknown(int status) {
    transport.signing().answer(status, "<html>");
    Instant before = Instant.now();

    assertThatThrownBy(() -> fixture.namedChange().execute())
        .isInstanceOfSatisfying(
            OutcomeUnknownException.class,
            e -> {
              assertThat(e.operation()).isEqualTo("createThing");
              assertThat(e.externalId()).contains("pay-1");
              assertThat(e.sentAt()).isBetween(before, Instant.now());
            });
  }

  @Test
  void anErrorOfTheServerBeforeTheChangeIsSafeToRepeat() {
    transport.answer(500, "").answer(200, ScriptedTransport.CHALLENGE).answer(502, "<html>");

    assertThatThrownBy(() -> fixture.change().execute())
        .isInstanceOf(ServiceUnavailableException.class);
    assertThatThrownBy(() -> fixture.change().execute())
        .isInstanceOf(ServiceUnavailableException.class);
    assertThat(transport.requests()).hasSize(3);
  }

  @Test
  void aBrokenExchangeIsJudgedByWhatItCouldHaveDone() {
    OutcomeUnknownException broken =
        new OutcomeUnknownException("no answer", "x", null, Instant.now(), null);
    transport.fail(broken).fail(broken).signing().fail(broken);

    assertThatThrownBy(() -> fixture.read().execute())
        .isInstanceOf(ServiceUnavailableException.class);
    assertThatThrownBy(() -> fixture.change().execute())
        .isInstanceOf(ServiceUnavailableException.class);
    assertThatThrownBy(() -> fixture.change().execute())
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("Look for its effect before repeating it");
  }

  @Test
  void aChangeThatNeverReachedDfnsIsSafeToRepeat() {
    transport.signing().fail(new ServiceUnavailableException("no connection", null));

    assertThatThrownBy(() -> fixture.change().execute())
        .isInstanceOf(ServiceUnavailableException.class);
  }

  @ParameterizedTest
  @CsvSource({"7, PT7S", "' 12 ', PT12S", "'Thu, 01 Jan 1970 00:00:00 GMT', PT0S"})
  void aRateLimitSaysHowLongToWait(String header, Duration wait) {
    transport.signing().answer(429, Map.of("retry-after", List.of(header)), "{}");

    ServiceUnavailableException limited =
        catchThrowableOfType(ServiceUnavailableException.class, () -> fixture.change().execute());

    assertThat(limited.retryAfter()).contains(wait);
  }

  @Test
  void aRedirectIsNotFollowed() {
    transport.answer(307, Map.of("Location", List.of("https://evil.example/")), "");

    assertThatThrownBy(() -> fixture.read().execute())
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("redirect");
    assertThat(transport.requests()).hasSize(1);
  }

  @Test
  void anEntityIsNeverMadeOfA202() {
    transport
        .signing()
        .answer(202, "{\"id\":\"cr-1\",\"status\":\"Pending\",\"approvalId\":\"ap-1\"}");

    assertThatThrownBy(() -> fixture.change().execute())
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

    assertThatThrownBy(() -> fixture.read().execute())
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("readThing")
        .message()
        .doesNotContain("html");
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
            .engine(fixture.me(), ((InstantSource) now::get).withZone(ZoneOffset.UTC))
            .prepare(EngineFixture.CHANGE, EngineFixture.thing());

    assertThatThrownBy(call::execute)
        .isInstanceOfSatisfying(
            OutcomeUnknownException.class, e -> assertThat(e.sentAt()).isEqualTo(sent));
  }

  @Test
  void anAsynchronousCallFailsWithTheSameExceptions() {
    transport.answer(403, "{\"error\":{\"message\":\"no\"}}");

    assertThatThrownBy(() -> fixture.read().executeAsync().join())
        .hasCauseInstanceOf(RequestRejectedException.class);
  }
}

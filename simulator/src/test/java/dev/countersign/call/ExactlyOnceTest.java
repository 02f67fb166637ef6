package dev.countersign.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.error.DfnsException;
import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.error.RequestRejectedException;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.error.SigningException;
import dev.countersign.json.JsonNull;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.rate.VirtualTimer;
import dev.countersign.transport.Request;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That a repeated call takes effect once, and that what is not known is never said to be. */
class ExactlyOnceTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final EngineFixture fixture = new EngineFixture();
  private final ScriptedTransport transport = fixture.transport;
  private final VirtualTimer timer = VirtualTimer.jumping();
  private final CallEngine engine =
      fixture
          .builder(fixture.me(), Clock.fixed(NOW, ZoneOffset.UTC))
          .retries(RetryPolicy.standard())
          .timer(timer)
          .build();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** What can happen to an exchange that may be tried again. */
  enum Fault {
    LOST,
    NOT_SENT,
    LIMITED,
    SERVER_ERROR,
    BAD_GATEWAY,
    UNAVAILABLE,
    TIMEOUT,
    GARBLED,
    EMPTY;

    /** Whether it may have happened after Dfns did it. */
    boolean leavesDoubt() {
      return this != NOT_SENT && this != LIMITED;
    }

    void on(ScriptedTransport transport) {
      switch (this) {
        case LOST ->
            transport.fail(new OutcomeUnknownException("reset", "x", null, Instant.now(), null));
        case NOT_SENT -> transport.fail(new ServiceUnavailableException("refused", null));
        case LIMITED -> transport.answer(429, "{}");
        case SERVER_ERROR -> transport.answer(500, "{\"error\":{\"message\":\"oh\"}}");
        case BAD_GATEWAY -> transport.answer(502, "<html>Bad gateway</html>");
        case UNAVAILABLE -> transport.answer(503, "");
        case TIMEOUT -> transport.answer(408, "");
        case GARBLED -> transport.answer(200, "<html>Welcome</html>");
        case EMPTY -> transport.answer(200, "");
      }
    }
  }

  private Call<JsonObject> payment() {
    return engine.prepare(EngineFixture.PAY, EngineFixture.thing());
  }

  private Call<JsonObject> creation() {
    JsonObject body =
        JsonObject.builder()
            .put("name", JsonString.of("savings"))
            .put("externalId", JsonString.of("w-7"))
            .put("password", JsonString.of("canary"))
            .put("size", JsonNumber.of(3))
            .put("nested", JsonObject.of("a", JsonString.of("b")))
            .build();
    return engine.prepare(EngineFixture.CHANGE, Arguments.none().body(body));
  }

  /** Goes well for so many exchanges, then meets the fault. */
  private void attempt(int number, int hop, Fault fault) {
    if (hop > 0) {
      transport.answer(
          200, ScriptedTransport.CHALLENGE.replace("ci-secret-1", "ci-secret-" + number));
    }
    if (hop > 1) {
      transport.answer(
          200, ScriptedTransport.USER_ACTION.replace("ua-secret-1", "ua-secret-" + number));
    }
    fault.on(transport);
  }

  private List<Request> sent(String path) {
    return transport.requests().stream()
        .filter(request -> request.uri().getPath().equals("/base" + path))
        .toList();
  }

  private static String body(Request request) {
    return new String(request.body().orElseThrow(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void afterAFaultAtAnyHopTheSameBytesAreSentUnderAnotherUserAction(Fault fault) {
    for (int hop = 0; hop < 3; hop++) {
      int before = transport.requests().size();
      attempt(1, hop, fault);
      transport.signing(2).answer(200, "{\"id\":\"xfr-1\"}");
      Call<JsonObject> call = payment();

      JsonObject done = call.execute();

      assertThat(done.text("id")).contains("xfr-1");
      List<Request> all = transport.requests().subList(before, transport.requests().size());
      assertThat(all).hasSize(hop + 1 + 3);
      List<Request> payments =
          all.stream().filter(r -> r.uri().getPath().equals("/base/payments")).toList();
      assertThat(payments).hasSize(hop == 2 ? 2 : 1);
      assertThat(payments)
          .extracting(ExactlyOnceTest::body)
          .containsOnly(body(payments.get(0)))
          .allSatisfy(body -> assertThat(body).contains(call.externalId().orElseThrow()));
      assertThat(payments)
          .extracting(r -> r.headers().get("X-DFNS-USERACTION"))
          .doesNotHaveDuplicates();
      assertThat(all.stream().filter(r -> r.uri().getPath().equals("/base/auth/action")))
          .extracting(ExactlyOnceTest::body)
          .as("a challenge is redeemed once")
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void theExternalIdIsThereBeforeAnythingIsSentAndEveryRunCarriesIt() {
    transport.signing(1).answer(200, "{}").signing(2).answer(200, "{}");
    Call<JsonObject> call = payment();

    String id = call.externalId().orElseThrow();
    JsonObject first = call.execute();
    JsonObject second = call.within(Duration.ofSeconds(1)).executeAsync().join();

    assertThat(first).isEqualTo(second);
    assertThat(id).matches("cs-[0-9a-f]{32}");
    assertThat(sent("/payments"))
        .extracting(ExactlyOnceTest::body)
        .containsOnly("{\"name\":\"a \\\"thing\\\" ☃\",\"externalId\":\"" + id + "\"}");
  }

  @Test
  void theFrozenTextCarriesItIntoAnotherProcess() {
    transport.answer(200, ScriptedTransport.CHALLENGE);
    Call<JsonObject> call = payment();

    DelegatedCall<JsonObject> begun = call.begin();
    FrozenCall<JsonObject> resumed = engine.resume(EngineFixture.PAY, begun.freeze());

    assertThat(new String(resumed.action().payload(), StandardCharsets.UTF_8))
        .contains(call.externalId().orElseThrow());
  }

  @Test
  void theCallersOwnIsNeverReplaced() {
    Call<JsonObject> call = engine.prepare(EngineFixture.PAY, EngineFixture.payment());

    assertThat(call.externalId()).contains("pay-1");
    assertThat(call).isInstanceOf(PreparedCall.class);
  }

  @Test
  void anExplicitNullIsNone() {
    Arguments none = Arguments.none().body(JsonObject.of("externalId", JsonNull.NULL));

    assertThat(engine.prepare(EngineFixture.PAY, none).externalId().orElseThrow())
        .startsWith("cs-");
  }

  @Test
  void whatDfnsDoesNotRecogniseGetsNone() {
    assertThat(engine.prepare(EngineFixture.CHANGE, EngineFixture.thing()).externalId()).isEmpty();
    assertThat(engine.prepare(EngineFixture.READ, Arguments.path("a")).externalId()).isEmpty();
  }

  @Test
  void eachCallHasItsOwnFromTheRandomnessThatWasGiven() {
    CallEngine random =
        fixture.builder(fixture.me(), Clock.systemUTC()).random(new Random(7)).build();
    CallEngine same =
        fixture.builder(fixture.me(), Clock.systemUTC()).random(new Random(7)).build();

    String one = random.prepare(EngineFixture.PAY, EngineFixture.thing()).externalId().get();
    String two = random.prepare(EngineFixture.PAY, EngineFixture.thing()).externalId().get();

    assertThat(one).isNotEqualTo(two);
    assertThat(same.prepare(EngineFixture.PAY, EngineFixture.thing()).externalId()).contains(one);
    assertThat(payment().externalId()).isNotEqualTo(payment().externalId());
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void onceAnAnswerWasLostNothingButAnAnswerEndsTheDoubt(Fault later) {
    for (int hop = 0; hop < 3; hop++) {
      attempt(1, 2, Fault.LOST);
      for (int number = 2; number <= 4; number++) {
        attempt(number, hop, later);
      }

      Call<JsonObject> call = payment();
      OutcomeUnknownException unknown =
          catchThrowableOfType(OutcomeUnknownException.class, call::execute);

      assertThat(unknown).as(later + " at hop " + hop).isNotNull();
      assertThat(unknown.externalId()).isEqualTo(call.externalId());
      assertThat(unknown).hasMessageContaining("Repeat it only as it was");
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void whereNoAnswerWasLostNothingIsInDoubt(Fault fault) {
    for (int number = 1; number <= 4; number++) {
      attempt(number, 2, fault);
    }

    assertThatThrownBy(() -> payment().execute())
        .isInstanceOf(
            fault.leavesDoubt()
                ? OutcomeUnknownException.class
                : ServiceUnavailableException.class);
    assertThat(sent("/payments")).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({"0, 401", "0, 403", "1, 403", "1, 400", "2, 400", "2, 403", "2, 404", "2, 422"})
  void aRefusalOfARepeatSaysNothingOfTheFirst(int hop, int status) {
    attempt(1, 2, Fault.LOST);
    if (hop > 0) {
      transport.answer(200, ScriptedTransport.CHALLENGE);
    }
    if (hop > 1) {
      transport.answer(200, ScriptedTransport.USER_ACTION);
    }
    transport.answer(status, "{\"error\":{\"message\":\"no longer\"}}");

    assertThatThrownBy(() -> payment().execute())
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("no longer")
        .cause()
        .isInstanceOfSatisfying(
            RequestRejectedException.class, e -> assertThat(e.status()).isEqualTo(status));
  }

  @Test
  void aConflictWithANamedDuplicateIsDefiniteEvenAfterALostAnswer() {
    attempt(1, 2, Fault.LOST);
    transport
        .signing(2)
        .answer(
            409,
            "{\"error\":{\"message\":\"Conflicting transfer with same externalId\","
                + "\"details\":{\"duplicate\":{\"id\":\"xfr-9\",\"externalId\":\"pay-1\"}}}}");

    assertThatThrownBy(() -> payment().execute())
        .isInstanceOfSatisfying(
            RequestRejectedException.class,
            e -> {
              assertThat(e.isConflict()).isTrue();
              assertThat(e.duplicateId()).contains("xfr-9");
            });
  }

  @Test
  void aConflictThatNamesNoDuplicateLeavesTheDoubt() {
    attempt(1, 2, Fault.LOST);
    transport.signing(2).answer(409, "{\"error\":{\"message\":\"busy\"}}");

    assertThatThrownBy(() -> payment().execute())
        .isInstanceOf(OutcomeUnknownException.class)
        .hasCauseInstanceOf(RequestRejectedException.class);
  }

  @Test
  void aKeyThatIsGoneBeforeTheRepeatLeavesTheDoubt() {
    attempt(1, 2, Fault.LOST);
    transport.answer(200, ScriptedTransport.CHALLENGE);
    transport.onRequest(
        3,
        () ->
            fixture.signer.whileSigning.set(
                () -> {
                  throw new SigningException("the token was pulled out");
                }));

    assertThatThrownBy(() -> payment().execute())
        .isInstanceOf(OutcomeUnknownException.class)
        .hasCauseInstanceOf(SigningException.class);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aChangeThatDfnsDoesNotRecogniseIsRepeatedOnlyIfItDidNotArrive(Fault fault) {
    attempt(1, 2, fault);
    if (!fault.leavesDoubt()) {
      transport.signing(2).answer(200, "{\"id\":\"wa-1\"}");

      assertThat(creation().execute().text("id")).contains("wa-1");
      assertThat(sent("/things")).hasSize(2);
      return;
    }

    assertThatThrownBy(() -> creation().execute())
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("Look for its effect before repeating it");
    assertThat(sent("/things")).as("never blindly").hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aChangeThatWasNotSentYetIsTriedAgainWhateverItIs(Fault fault) {
    for (int hop = 0; hop < 2; hop++) {
      attempt(1, hop, fault);
      transport.signing(2).answer(200, "{\"id\":\"wa-1\"}");

      assertThat(creation().execute().text("id")).contains("wa-1");
    }
    assertThat(sent("/things")).hasSize(2);
  }

  @Test
  void anUnknownOutcomeCarriesWhatToLookFor() {
    attempt(1, 2, Fault.NOT_SENT);
    attempt(2, 2, Fault.LOST);

    OutcomeUnknownException unknown =
        catchThrowableOfType(OutcomeUnknownException.class, () -> creation().execute());

    assertThat(unknown.operation()).isEqualTo("createThing");
    assertThat(unknown.path()).contains("/things");
    assertThat(unknown.externalId()).contains("w-7");
    assertThat(unknown.fields())
        .isEqualTo(Map.of("name", "savings", "externalId", "w-7", "size", "3"));
    assertThat(unknown.sentAt()).isEqualTo(NOW);
    assertThat(unknown.givenUpAt()).isEqualTo(NOW);
    assertThat(unknown.toString()).doesNotContain("canary");
  }

  @Test
  void anExternalIdThatIsNoTextIsNotRecognisedAndNothingIsRepeated() {
    attempt(1, 2, Fault.LOST);
    Arguments odd = Arguments.none().body(JsonObject.of("externalId", JsonNumber.of(7)));

    assertThatThrownBy(() -> engine.prepare(EngineFixture.PAY, odd).execute())
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(sent("/payments")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void whatSomebodyElseSignedIsNotRepeated(int hop) {
    transport.answer(200, ScriptedTransport.CHALLENGE);
    DelegatedCall<JsonObject> begun = payment().begin();
    if (hop == 1) {
      transport.answer(200, ScriptedTransport.USER_ACTION);
    }
    Fault.LOST.on(transport);

    assertThatThrownBy(
            () ->
                begun.complete(
                    dev.countersign.action.Assertion.byKey(
                        new dev.countersign.credential.CredentialId("cr-other"),
                        new byte[] {1},
                        new byte[] {2})))
        .isInstanceOf(hop == 0 ? ServiceUnavailableException.class : OutcomeUnknownException.class);
    assertThat(transport.requests()).hasSize(2 + hop);
  }

  @Test
  void theChallengeForSomebodyElseIsAskedForAgain() {
    Fault.LOST.on(transport);
    Fault.BAD_GATEWAY.on(transport);
    transport.answer(200, ScriptedTransport.CHALLENGE);
    Fault.LIMITED.on(transport);
    transport.answer(200, ScriptedTransport.CHALLENGE);

    assertThat(payment().begin().challenge().challenge()).isEqualTo("Y2gtMQ");
    assertThat(payment().beginAsync().join().challenge().challenge()).isEqualTo("Y2gtMQ");
  }

  @Test
  void aPublicChangeIsNotRepeatedEither() {
    Fault.LOST.on(transport);
    Call<JsonObject> login = engine.prepare(EngineFixture.PUBLIC, EngineFixture.thing());

    DfnsException failure = catchThrowableOfType(DfnsException.class, login::execute);

    assertThat(failure).isInstanceOf(OutcomeUnknownException.class);
    assertThat(transport.requests()).hasSize(1);
  }
}

package dev.countersign.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.error.RequestRejectedException;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.error.SigningException;
import dev.countersign.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is not known is never said to be, until Dfns answers. */
class LastingDoubtTest {

  @RegisterExtension private final RepeatFixture fixture = new RepeatFixture();
  private final ScriptedTransport transport = fixture.transport;

  @ParameterizedTest
  @EnumSource(Trouble.class)
  void onceAnAnswerWasLostNothingButAnAnswerEndsTheDoubt(Trouble later) {
    for (int hop = 0; hop < 3; hop++) {
      fixture.attempt(1, 2, Trouble.LOST);
      for (int number = 2; number <= 4; number++) {
        fixture.attempt(number, hop, later);
      }

      Call<JsonObject> call = fixture.payment();
      OutcomeUnknownException unknown =
          catchThrowableOfType(OutcomeUnknownException.class, call::execute);

      assertThat(unknown).as(later + " at hop " + hop).isNotNull();
      assertThat(unknown.externalId()).isEqualTo(call.externalId());
      assertThat(unknown).hasMessageContaining("Repeat it only as it was");
    }
  }

  @ParameterizedTest
  @EnumSource(Trouble.class)
  void whereNoAnswerWasLostNothingIsInDoubt(Trouble fault) {
    for (int number = 1; number <= 4; number++) {
      fixture.attempt(number, 2, fault);
    }

    assertThatThrownBy(() -> fixture.payment().execute())
        .isInstanceOf(
            fault.leavesDoubt()
                ? OutcomeUnknownException.class
                : ServiceUnavailableException.class);
    assertThat(fixture.sent("/payments")).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({"0, 401", "0, 403", "1, 403", "1, 400", "2, 400", "2, 403", "2, 404", "2, 422"})
  void aRefusalOfARepeatSaysNothingOfTheFirst(int hop, int status) {
    fixture.attempt(1, 2, Trouble.LOST);
    if (hop > 0) {
      transport.answer(200, ScriptedTransport.CHALLENGE);
    }
    if (hop > 1) {
      transport.answer(200, ScriptedTransport.USER_ACTION);
    }
    transport.answer(status, "{\"error\":{\"message\":\"no longer\"}}");

    assertThatThrownBy(() -> fixture.payment().execute())
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("no longer")
        .cause()
        .isInstanceOfSatisfying(
            RequestRejectedException.class, e -> assertThat(e.status()).isEqualTo(status));
  }

  @Test
  void aConflictWithANamedDuplicateIsDefiniteEvenAfterALostAnswer() {
    fixture.attempt(1, 2, Trouble.LOST);
    transport
        .signing(2)
        .answer(
            409,
            "{\"error\":{\"message\":\"Conflicting transfer with same externalId\","
                + "\"details\":{\"duplicate\":{\"id\":\"xfr-9\",\"externalId\":\"pay-1\"}}}}");

    assertThatThrownBy(() -> fixture.payment().execute())
        .isInstanceOfSatisfying(
            RequestRejectedException.class,
            e -> {
              assertThat(e.isConflict()).isTrue();
              assertThat(e.duplicateId()).contains("xfr-9");
            });
  }

  @Test
  void aConflictThatNamesNoDuplicateLeavesTheDoubt() {
    fixture.attempt(1, 2, Trouble.LOST);
    transport.signing(2).answer(409, "{\"error\":{\"message\":\"busy\"}}");

    assertThatThrownBy(() -> fixture.payment().execute())
        .isInstanceOf(OutcomeUnknownException.class)
        .hasCauseInstanceOf(RequestRejectedException.class);
  }

  @Test
  void aKeyThatIsGoneBeforeTheRepeatLeavesTheDoubt() {
    fixture.attempt(1, 2, Trouble.LOST);
    transport.answer(200, ScriptedTransport.CHALLENGE);
    transport.onRequest(
        3,
        () ->
            fixture.signer.whileSigning.set(
                () -> {
                  throw new SigningException("the token was pulled out");
                }));

    assertThatThrownBy(() -> fixture.payment().execute())
        .isInstanceOf(OutcomeUnknownException.class)
        .hasCauseInstanceOf(SigningException.class);
  }

  @Test
  void anUnknownOutcomeCarriesWhatToLookFor() {
    fixture.attempt(1, 2, Trouble.NOT_SENT);
    fixture.attempt(2, 2, Trouble.LOST);
    transport.signing(3).answer(200, "{}");

    OutcomeUnknownException unknown =
        catchThrowableOfType(OutcomeUnknownException.class, () -> fixture.creation().execute());

    assertThat(unknown.operation()).isEqualTo("createThing");
    assertThat(unknown.path()).contains("/things");
    assertThat(unknown.externalId()).contains("w-7");
    assertThat(unknown.fields())
        .isEqualTo(Map.of("name", "savings", "externalId", "w-7", "size", "3"));
    assertThat(unknown.sentAt()).isEqualTo(RepeatFixture.NOW);
    assertThat(unknown.givenUpAt()).isEqualTo(RepeatFixture.NOW);
    assertThat(unknown.toString()).doesNotContain("canary");
  }
}

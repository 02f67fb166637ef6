package dev.countersign.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.action.Assertion;
import dev.countersign.credential.CredentialId;
import dev.countersign.error.DfnsException;
import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.json.JsonObject;
import dev.countersign.transport.Request;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That a repeated call takes effect once, and that what may take effect twice is not repeated. */
class ExactlyOnceTest {

  @RegisterExtension private final RepeatFixture fixture = new RepeatFixture();
  private final ScriptedTransport transport = fixture.transport;

  @ParameterizedTest
  @EnumSource(Trouble.class)
  void afterAFaultAtAnyHopTheSameBytesAreSentUnderAnotherUserAction(Trouble fault) {
    for (int hop = 0; hop < 3; hop++) {
      int before = transport.requests().size();
      fixture.attempt(1, hop, fault);
      transport.signing(2).answer(200, "{\"id\":\"xfr-1\"}");
      Call<JsonObject> call = fixture.payment();

      JsonObject done = call.execute();

      assertThat(done.text("id")).contains("xfr-1");
      List<Request> all = transport.requests().subList(before, transport.requests().size());
      assertThat(all).hasSize(hop + 1 + 3);
      List<Request> payments =
          all.stream().filter(r -> r.uri().getPath().equals("/base/payments")).toList();
      assertThat(payments).hasSize(hop == 2 ? 2 : 1);
      assertThat(payments)
          .extracting(RepeatFixture::body)
          .containsOnly(RepeatFixture.body(payments.get(0)))
          .allSatisfy(body -> assertThat(body).contains(call.externalId().orElseThrow()));
      assertThat(payments)
          .extracting(r -> r.headers().get("X-DFNS-USERACTION"))
          .doesNotHaveDuplicates();
      assertThat(all.stream().filter(r -> r.uri().getPath().equals("/base/auth/action")))
          .extracting(RepeatFixture::body)
          .as("a challenge is redeemed once")
          .doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @EnumSource(Trouble.class)
  void aChangeThatDfnsDoesNotRecogniseIsRepeatedOnlyIfItDidNotArrive(Trouble fault) {
    fixture.attempt(1, 2, fault);
    transport.signing(2).answer(200, "{\"id\":\"wa-1\"}");
    if (!fault.leavesDoubt()) {
      assertThat(fixture.creation().execute().text("id")).contains("wa-1");
      assertThat(fixture.sent("/things")).hasSize(2);
      return;
    }

    assertThatThrownBy(() -> fixture.creation().execute())
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("Look for its effect before repeating it");
    assertThat(fixture.sent("/things")).as("never blindly").hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Trouble.class)
  void aChangeThatWasNotSentYetIsTriedAgainWhateverItIs(Trouble fault) {
    for (int hop = 0; hop < 2; hop++) {
      fixture.attempt(1, hop, fault);
      transport.signing(2).answer(200, "{\"id\":\"wa-1\"}");

      assertThat(fixture.creation().execute().text("id")).contains("wa-1");
    }
    assertThat(fixture.sent("/things")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void whatSomebodyElseSignedIsNotRepeated(int hop) {
    transport.answer(200, ScriptedTransport.CHALLENGE);
    DelegatedCall<JsonObject> begun = fixture.payment().begin();
    if (hop == 1) {
      transport.answer(200, ScriptedTransport.USER_ACTION);
    }
    Trouble.LOST.on(transport);

    assertThatThrownBy(
            () ->
                begun.complete(
                    Assertion.byKey(new CredentialId("cr-other"), new byte[] {1}, new byte[] {2})))
        .isInstanceOf(hop == 0 ? ServiceUnavailableException.class : OutcomeUnknownException.class);
    assertThat(transport.requests()).hasSize(2 + hop);
  }

  @Test
  void theChallengeForSomebodyElseIsAskedForAgain() {
    Trouble.LOST.on(transport);
    Trouble.BAD_GATEWAY.on(transport);
    transport.answer(200, ScriptedTransport.CHALLENGE);
    Trouble.LIMITED.on(transport);
    transport.answer(200, ScriptedTransport.CHALLENGE);

    assertThat(fixture.payment().begin().challenge().challenge()).isEqualTo("Y2gtMQ");
    assertThat(fixture.payment().beginAsync().join().challenge().challenge()).isEqualTo("Y2gtMQ");
  }

  @Test
  void aPublicChangeIsNotRepeatedEither() {
    Trouble.LOST.on(transport);
    Call<JsonObject> login = fixture.engine.prepare(EngineFixture.PUBLIC, EngineFixture.thing());

    DfnsException failure = catchThrowableOfType(DfnsException.class, login::execute);

    assertThat(failure).isInstanceOf(OutcomeUnknownException.class);
    assertThat(transport.requests()).hasSize(1);
  }
}

package dev.countersign.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.json.JsonNull;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a repeated call is recognised by. */
class ExternalIdTest {

  @RegisterExtension private final RepeatFixture fixture = new RepeatFixture();
  private final ScriptedTransport transport = fixture.transport;

  @Test
  void theExternalIdIsThereBeforeAnythingIsSentAndEveryRunCarriesIt() {
    transport.signing(1).answer(200, "{}").signing(2).answer(200, "{}");
    Call<JsonObject> call = fixture.payment();

    String id = call.externalId().orElseThrow();
    JsonObject first = call.execute();
    JsonObject second = call.within(Duration.ofMinutes(1)).executeAsync().join();

    assertThat(first).isEqualTo(second);
    assertThat(id).matches("cs-[0-9a-f]{32}");
    assertThat(fixture.sent("/payments"))
        .extracting(RepeatFixture::body)
        .containsOnly("{\"name\":\"a \\\"thing\\\" ☃\",\"externalId\":\"" + id + "\"}");
  }

  @Test
  void theFrozenTextCarriesItIntoAnotherProcess() {
    transport.answer(200, ScriptedTransport.CHALLENGE);
    Call<JsonObject> call = fixture.payment();

    DelegatedCall<JsonObject> begun = call.begin();
    FrozenCall<JsonObject> resumed = fixture.engine.resume(EngineFixture.PAY, begun.freeze());

    assertThat(new String(resumed.action().payload(), StandardCharsets.UTF_8))
        .contains(call.externalId().orElseThrow());
  }

  @Test
  void theCallersOwnIsNeverReplaced() {
    Call<JsonObject> call = fixture.engine.prepare(EngineFixture.PAY, EngineFixture.payment());

    assertThat(call.externalId()).contains("pay-1");
    assertThat(call).isInstanceOf(PreparedCall.class);
  }

  @Test
  void anExplicitNullIsNone() {
    Arguments none = Arguments.none().body(JsonObject.of("externalId", JsonNull.NULL));

    assertThat(fixture.engine.prepare(EngineFixture.PAY, none).externalId().orElseThrow())
        .startsWith("cs-");
  }

  @Test
  void whatDfnsDoesNotRecogniseGetsNone() {
    assertThat(fixture.engine.prepare(EngineFixture.CHANGE, EngineFixture.thing()).externalId())
        .isEmpty();
    assertThat(fixture.engine.prepare(EngineFixture.READ, Arguments.path("a")).externalId())
        .isEmpty();
  }

  @Test
  void eachCallHasItsOwnFromTheRandomnessThatWasGiven() {
    CallEngine random = fixture.engine(new Random(7));
    CallEngine same = fixture.engine(new Random(7));

    String one = random.prepare(EngineFixture.PAY, EngineFixture.thing()).externalId().get();
    String two = random.prepare(EngineFixture.PAY, EngineFixture.thing()).externalId().get();

    assertThat(one).isNotEqualTo(two);
    assertThat(same.prepare(EngineFixture.PAY, EngineFixture.thing()).externalId()).contains(one);
    assertThat(fixture.payment().externalId()).isNotEqualTo(fixture.payment().externalId());
  }

  @Test
  void anExternalIdThatIsNoTextIsNotRecognisedAndNothingIsRepeated() {
    fixture.attempt(1, 2, Trouble.LOST);
    transport.signing(2).answer(200, "{}");
    Arguments odd = Arguments.none().body(JsonObject.of("externalId", JsonNumber.of(7)));

    assertThatThrownBy(() -> fixture.engine.prepare(EngineFixture.PAY, odd).execute())
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(fixture.sent("/payments")).hasSize(1);
  }
}

package dev.countersign.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.credential.AccessToken;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialSource;
import dev.countersign.error.SigningException;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A frozen call that the client's own key signs. */
class FrozenExecutionTest {

  private final EngineFixture fixture = new EngineFixture();
  private final ScriptedTransport transport = fixture.transport;
  private final CallEngine engine = fixture.engine();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aCallIsFrozenBeforeAnythingIsSentAndExecutedElsewhereToTheByte() {
    String frozen = engine.prepare(EngineFixture.CHANGE, EngineFixture.thing()).freeze();
    assertThat(transport.requests()).isEmpty();
    transport.signing().answer(200, "{\"id\":\"th-1\"}");

    JsonObject thing = fixture.engine().resume(EngineFixture.CHANGE, frozen).execute();

    assertThat(thing.get("id")).isEqualTo(JsonString.of("th-1"));
    JsonObject asked = (JsonObject) fixture.codec.parse(transport.request(0).body().orElseThrow());
    assertThat(transport.body(2)).isEqualTo(asked.text("userActionPayload").orElseThrow());
    assertThat(fixture.signer.threads).containsExactly(Thread.currentThread().getName());
  }

  @Test
  void aCallThatHasBegunSignsTheChallengeItHas() {
    transport.signing().answer(200, "{\"id\":\"th-1\"}");
    DelegatedCall<JsonObject> begun =
        engine.prepare(EngineFixture.CHANGE, EngineFixture.thing()).begin();

    JsonObject thing = begun.executeAsync().join();

    assertThat(thing.get("id")).isEqualTo(JsonString.of("th-1"));
    assertThat(transport.requests()).hasSize(3);
    assertThat(fixture.signer.threads).containsExactly("signing");
  }

  @Test
  void withoutAKeyACallThatHasBegunIsNotExecuted() {
    transport.signing();
    CredentialSource noKey =
        CredentialSource.of(Credential.of(AccessToken.of(EngineFixture.TOKEN)));
    DelegatedCall<JsonObject> begun =
        fixture.engine(noKey).prepare(EngineFixture.CHANGE, EngineFixture.thing()).begin();

    assertThatThrownBy(begun::execute).isInstanceOf(SigningException.class);
    assertThat(transport.requests()).hasSize(1);
  }

  @Test
  void aCallThatNobodySignsIsNotFrozen() {
    assertThatThrownBy(() -> engine.prepare(EngineFixture.READ, Arguments.path("th-1")).freeze())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("readThing needs no user action; execute it");
    assertThat(transport.requests()).isEmpty();
  }
}

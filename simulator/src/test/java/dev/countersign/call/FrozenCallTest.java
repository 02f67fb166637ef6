package dev.countersign.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.credential.AccessToken;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialSource;
import dev.countersign.error.RequestRejectedException;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.transport.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call between its challenge and somebody else's signature, here and in another process. */
class FrozenCallTest {

  private static final String SIGNED =
      """
      {"challengeIdentifier":"ci-secret-1","firstFactor":{"kind":"Fido2","credentialAssertion":\
      {"credId":"cr-pass","clientData":"AQ","authenticatorData":"Ag","signature":"Aw",\
      "userHandle":"BA"}},"secondFactor":{"kind":"Key","credentialAssertion":{"credId":"cr-2",\
      "clientData":"AQ","signature":"Aw"}}}""";

  private final EngineFixture fixture = new EngineFixture();
  private final ScriptedTransport transport = fixture.transport;
  private final CallEngine engine = fixture.engine(tokenOnly(EngineFixture.TOKEN));

  private static CredentialSource tokenOnly(String token) {
    return CredentialSource.of(Credential.of(AccessToken.of(token)));
  }

  private DelegatedCall<JsonObject> begin() {
    transport.answer(200, ScriptedTransport.CHALLENGE);
    return engine.prepare(EngineFixture.CHANGE, EngineFixture.thing()).begin();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aCallGoesOnInAnotherProcessToTheByte() {
    String frozen = begin().freeze();
    transport.answer(200, ScriptedTransport.USER_ACTION).answer(200, "{\"id\":\"th-1\"}");

    CallEngine otherProcess = fixture.engine(tokenOnly("token-secret-2"));
    JsonObject thing = otherProcess.resume(EngineFixture.CHANGE, frozen).complete(SIGNED);

    assertThat(thing.get("id")).isEqualTo(JsonString.of("th-1"));
    assertThat(transport.body(1)).isEqualTo(SIGNED);
    JsonObject asked = (JsonObject) fixture.codec.parse(transport.request(0).body().orElseThrow());
    assertThat(transport.body(2)).isEqualTo(asked.text("userActionPayload").orElseThrow());
    assertThat(transport.request(2).uri()).hasToString("https://dfns.example/base/things");
    assertThat(transport.request(2).headers())
        .containsEntry("Content-Type", "application/json")
        .containsEntry("Authorization", "Bearer token-secret-2")
        .containsEntry("X-DFNS-USERACTION", "ua-secret-1");
  }

  @Test
  void anUploadIsFrozenWithItsFile() {
    transport.answer(200, ScriptedTransport.CHALLENGE);
    byte[] file = {0, 1, 2, (byte) 0xff};
    DelegatedCall<JsonObject> begun =
        engine.prepare(EngineFixture.CHANGE, EngineFixture.thing().file(file)).begin();
    FrozenCall<JsonObject> resumed = engine.resume(EngineFixture.CHANGE, begun.freeze());
    transport.answer(200, ScriptedTransport.USER_ACTION).answer(200, "{}");

    JsonObject ignored = resumed.complete(SIGNED);

    assertThat(ignored).isEqualTo(JsonObject.empty());
    assertThat(transport.request(2).body().orElseThrow())
        .isEqualTo(begun.action().body().orElseThrow());
    assertThat(resumed.action().payload()).isEqualTo(begun.action().payload());
    assertThat(resumed.action().contentType()).isEqualTo(begun.action().contentType());
  }

  @Test
  void aQueryAndAPathAreKeptAndNoBodyStaysNone() {
    Arguments arguments = Arguments.path("th/1?ü").query("force", "true & more");
    transport.answer(200, ScriptedTransport.CHALLENGE);
    DelegatedCall<NoContent> begun = engine.prepare(EngineFixture.DELETE, arguments).begin();
    transport.answer(200, ScriptedTransport.USER_ACTION).answer(204, "");

    NoContent gone = engine.resume(EngineFixture.DELETE, begun.freeze()).complete(SIGNED);

    assertThat(gone).isEqualTo(NoContent.DONE);
    assertThat(transport.request(2).body()).isEmpty();
    assertThat(transport.request(2).uri())
        .hasToString("https://dfns.example/base/things/th%2F1%3F%C3%BC?force=true%20%26%20more");
  }

  @Test
  void whatIsFrozenHoldsNoSecret() {
    DelegatedCall<JsonObject> begun = begin();
    FrozenCall<JsonObject> resumed = engine.resume(EngineFixture.CHANGE, begun.freeze());

    assertThat(begun.challengeText()).isEqualTo(ScriptedTransport.CHALLENGE);
    assertThat(List.of(begun.freeze(), begun.toString(), resumed.freeze(), resumed.toString()))
        .allSatisfy(text -> assertThat(text).doesNotContain("secret").doesNotContain("Y2gtMQ"));
  }

  @Test
  void aBodyWithASecretIsNotFrozen() {
    JsonObject account = JsonObject.of("privateApiKey", JsonString.of("canary-api-key"));
    Arguments body =
        Arguments.none()
            .body(JsonObject.of("accounts", JsonArray.of(List.of(JsonString.of("x"), account))));
    transport.answer(200, ScriptedTransport.CHALLENGE);
    DelegatedCall<JsonObject> begun = engine.prepare(EngineFixture.CHANGE, body).begin();

    assertThatThrownBy(begun::freeze)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "The body of createThing holds the secret 'privateApiKey', which does not belong into"
                + " storage; complete the call in this process");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"frozen\":2}",
        "{\"frozen\":1}",
        "{\"frozen\":1,\"operation\":\"createThing\",\"method\":\"POST\",\"path\":\"/others\",\"query\":\"\"}",
        "{\"frozen\":1,\"operation\":\"createThing\",\"method\":\"PUT\",\"path\":\"/things\",\"query\":\"\"}",
        "{\"frozen\":1,\"operation\":\"deleteThing\",\"method\":\"DELETE\",\"path\":\"/things/a\",\"query\":\"\"}",
        "{\"frozen\":1,\"operation\":\"createThing\",\"method\":\"POST\",\"path\":\"/things\",\"query\":\"a#b\"}",
        "{\"frozen\":1,\"operation\":\"createThing\",\"method\":\"POST\",\"path\":\"/things\"}",
        "{\"frozen\":1,\"operation\":\"createThing\",\"method\":\"POST\",\"path\":\"/things\",\"query\":\"\",\"contentType\":\"application/json\"}",
        "{\"frozen\":1,\"operation\":\"createThing\",\"method\":\"POST\",\"path\":\"/things\",\"query\":\"\",\"contentType\":\"application/json\",\"payload\":\"*\"}",
        "{\"frozen\":1,\"operation\":\"createThing\",\"method\":\"POST\",\"path\":\"/things\",\"query\":\"\",\"contentType\":\"application/json\",\"payload\":\"e80=\"}",
        "{\"frozen\":1,\"operation\":\"createThing\",\"method\":\"POST\",\"path\":\"/things\",\"query\":\"\",\"contentType\":\"application/json\",\"payload\":\"\"}",
        "{\"frozen\":1,\"operation\":\"createThing\",\"method\":\"POST\",\"path\":\"/things\",\"query\":\"\",\"contentType\":\"text/plain\",\"payload\":\"e30=\"}",
        "{\"frozen\":1,\"operation\":\"createThing\",\"method\":\"POST\",\"path\":\"/things\",\"query\":\"\",\"contentType\":\"application/json\",\"payload\":\"e30=\",\"body\":\"AAAA\"}",
        "{\"frozen\":1,\"operation\":\"createThing\",\"method\":\"POST\",\"path\":\"/things\",\"query\":\"\",\"contentType\":\"multipart/form-data; boundary=a\\r\\nX-Y: z\",\"payload\":\"e30=\",\"body\":\"AAAA\"}"
      })
  void whatIsNoFrozenCallOfTheOperationIsNotResumed(String text) {
    assertThatThrownBy(() -> engine.resume(EngineFixture.CHANGE, text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .containsAnyOf("frozen call");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/things",
        "/things/",
        "/things/a/b",
        "/things/..",
        "/things/.",
        "/things/a?b",
        "/things/%zz",
        "/thing/a"
      })
  void aPathThatIsNotTheOperationsIsNotResumed(String path) {
    String frozen =
        "{\"frozen\":1,\"operation\":\"deleteThing\",\"method\":\"DELETE\",\"path\":\"%s\",\"query\":\"\"}"
            .formatted(path);

    assertThatThrownBy(() -> engine.resume(EngineFixture.DELETE, frozen))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The frozen call is one of deleteThing and cannot be resumed as deleteThing, or its"
                + " method, path or query does not fit");
  }

  @Test
  void aReadIsNotResumed() {
    assertThatThrownBy(() -> engine.resume(EngineFixture.READ, "{}"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("readThing needs no user action; execute it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "canary",
        "[\"canary\"]",
        "{\"firstFactor\":{\"kind\":\"Key\"},\"x\":\"canary\"}",
        "{\"challengeIdentifier\":\"\",\"firstFactor\":{\"kind\":\"canary\"}}",
        "{\"challengeIdentifier\":\"canary\"}",
        "{\"challengeIdentifier\":\"canary\",\"firstFactor\":{}}",
        "{\"challengeIdentifier\":\"canary\",\"firstFactor\":{\"kind\":\"Key\"},\"secondFactor\":1}"
      })
  void whatIsNoSignedChallengeIsNotSent(String text) {
    DelegatedCall<JsonObject> begun = begin();

    assertThatThrownBy(() -> begun.complete(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The signed challenge ")
        .hasMessageEndingWith(
            "it is what POST /auth/action takes: challengeIdentifier and firstFactor {kind,"
                + " credentialAssertion}")
        .hasMessageNotContaining("canary");
    assertThat(transport.requests()).hasSize(1);
  }

  @Test
  void aNewChallengeCanBeHadForTheSameBytes() {
    DelegatedCall<JsonObject> begun = begin();
    transport.answer(200, ScriptedTransport.CHALLENGE.replace("Y2gtMQ", "Y2gtMg"));

    DelegatedCall<JsonObject> again = begun.begin();

    assertThat(again.challenge().challenge()).isEqualTo("Y2gtMg");
    assertThat(transport.body(1)).isEqualTo(transport.body(0));
  }

  @Test
  void allStepsHaveTheirAsynchronousTwins() {
    transport.answer(200, ScriptedTransport.CHALLENGE).answer(200, ScriptedTransport.USER_ACTION);
    transport.answer(200, "{\"id\":\"th-1\"}");

    JsonObject thing =
        engine
            .prepare(EngineFixture.CHANGE, EngineFixture.thing())
            .beginAsync()
            .thenCompose(
                begun ->
                    engine
                        .resume(EngineFixture.CHANGE, begun.freeze())
                        .within(Duration.ofSeconds(5))
                        .completeAsync(SIGNED))
            .join();

    assertThat(thing.get("id")).isEqualTo(JsonString.of("th-1"));
    assertThat(transport.request(1).timeout()).isLessThanOrEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void cancellingTheBeginningCancelsItsExchange() {
    CompletableFuture<Reply> silence = new CompletableFuture<>();
    CountDownLatch asked = new CountDownLatch(1);
    transport.then(
        () -> {
          asked.countDown();
          return silence;
        });
    CompletableFuture<DelegatedCall<JsonObject>> beginning =
        engine.prepare(EngineFixture.CHANGE, EngineFixture.thing()).beginAsync();
    assertThat(awaited(asked)).isTrue();

    beginning.cancel(true);

    assertThatThrownBy(() -> silence.get(20, TimeUnit.SECONDS))
        .isInstanceOf(CancellationException.class);
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aRefusalDoesNotRepeatTheChallengeIdentifierOfAnotherProcess() {
    String frozen = begin().freeze();
    transport.answer(401, "{\"error\":{\"message\":\"bad ci-secret-1\"}}");

    assertThatThrownBy(() -> engine.resume(EngineFixture.CHANGE, frozen).complete(SIGNED))
        .isInstanceOf(RequestRejectedException.class)
        .hasMessageNotContaining("ci-secret-1");
  }

  @Test
  void somebodyElseCanCallWithTheSameEngine() {
    transport.answer(200, "{}").answer(200, "{}");

    JsonObject theirs =
        engine
            .as(tokenOnly("token-secret-2"))
            .prepare(EngineFixture.READ, Arguments.path("a"))
            .execute();
    JsonObject mine = engine.prepare(EngineFixture.READ, Arguments.path("a")).execute();

    assertThat(theirs).isEqualTo(mine);
    assertThat(transport.requests())
        .extracting(request -> request.headers().get("Authorization"))
        .containsExactly("Bearer token-secret-2", "Bearer " + EngineFixture.TOKEN);
  }
}

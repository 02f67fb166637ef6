package dev.countersign.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.action.Assertion;
import dev.countersign.credential.AccessToken;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialId;
import dev.countersign.credential.CredentialSource;
import dev.countersign.error.SigningException;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.transport.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What leaves the machine for a call, in what order, and what must not leave it. */
class SignedCallTest {

  private final EngineFixture fixture = new EngineFixture();
  private final ScriptedTransport transport = fixture.transport;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void threeExchangesAskRedeemAndSend() {
    transport.signing().answer(200, "{\"id\":\"th-1\"}");

    JsonObject thing =
        fixture.engine().prepare(EngineFixture.CHANGE, EngineFixture.thing()).execute();

    assertThat(thing.get("id")).isEqualTo(JsonString.of("th-1"));
    assertThat(transport.requests())
        .extracting(r -> r.method() + " " + r.uri())
        .containsExactly(
            "POST https://dfns.example/base/auth/action/init",
            "POST https://dfns.example/base/auth/action",
            "POST https://dfns.example/base/things");
    assertThat(transport.requests())
        .extracting(r -> r.headers().get("Authorization"))
        .containsOnly("Bearer " + EngineFixture.TOKEN);
    assertThat(transport.requests())
        .extracting(r -> r.headers().get("X-DFNS-USERACTION"))
        .containsExactly(null, null, "ua-secret-1");
  }

  @Test
  void whatIsSignedIsWhatIsSentByteForByte() {
    transport.signing().answer(200, "{}");

    fixture.engine().prepare(EngineFixture.CHANGE, EngineFixture.thing()).execute();

    JsonObject init = (JsonObject) fixture.codec.parse(transport.request(0).body().orElseThrow());
    assertThat(init.get("userActionPayload")).isEqualTo(JsonString.of(transport.body(2)));
    assertThat(init.get("userActionHttpMethod")).isEqualTo(JsonString.of("POST"));
    assertThat(init.get("userActionHttpPath")).isEqualTo(JsonString.of("/things"));
    assertThat(transport.body(2)).isEqualTo("{\"name\":\"a \\\"thing\\\" ☃\"}");
  }

  @Test
  void theSignatureIsOverTheClientDataThatIsSent() {
    transport.signing().answer(200, "{}");

    fixture.engine().prepare(EngineFixture.CHANGE, EngineFixture.thing()).execute();

    assertThat(fixture.signer.signed)
        .containsExactly("{\"type\":\"key.get\",\"challenge\":\"Y2gtMQ\"}");
    String clientData =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(fixture.signer.signed.get(0).getBytes(StandardCharsets.UTF_8));
    assertThat(transport.body(1))
        .isEqualTo(
            "{\"challengeIdentifier\":\"ci-secret-1\",\"firstFactor\":{\"kind\":\"Key\","
                + "\"credentialAssertion\":{\"credId\":\"cr-mine\",\"clientData\":\""
                + clientData
                + "\",\"signature\":\"AQID\"}}}");
  }

  @Test
  void withoutABodyTheEmptyTextIsSignedAndNothingIsSent() {
    transport.signing().answer(204, "");

    fixture.engine().prepare(EngineFixture.DELETE, Arguments.path("th-1")).execute();

    assertThat(transport.body(0)).contains("\"userActionPayload\":\"\"");
    assertThat(transport.request(2).body()).isEmpty();
  }

  @Test
  void theQueryIsSentAndNotSigned() {
    transport.signing().answer(204, "");

    fixture
        .engine()
        .prepare(EngineFixture.DELETE, Arguments.path("th-1").query("force", "true"))
        .execute();

    assertThat(transport.body(0)).contains("\"userActionHttpPath\":\"/things/th-1\"");
    assertThat(transport.request(2).uri())
        .hasToString("https://dfns.example/base/things/th-1?force=true");
  }

  @Test
  void anIdCannotReachAnotherEndpoint() {
    transport.signing().answer(204, "");

    fixture.engine().prepare(EngineFixture.DELETE, Arguments.path("a/b?c#d e%ü")).execute();

    assertThat(transport.request(2).uri())
        .hasToString("https://dfns.example/base/things/a%2Fb%3Fc%23d%20e%25%C3%BC");
    assertThat(transport.body(0)).contains("/things/a%2Fb%3Fc%23d%20e%25%C3%BC");
    assertThatThrownBy(() -> Arguments.path("..")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Arguments.path("")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void withoutASignerNothingLeavesTheMachine() {
    CredentialSource tokenOnly =
        CredentialSource.of(Credential.of(AccessToken.of(EngineFixture.TOKEN)));
    Call<JsonObject> call =
        fixture.engine(tokenOnly).prepare(EngineFixture.CHANGE, EngineFixture.thing());

    assertThatThrownBy(call::execute)
        .isInstanceOf(SigningException.class)
        .hasMessageContaining("createThing must be signed")
        .hasMessageContaining("nothing was sent");
    assertThat(transport.requests()).isEmpty();
  }

  @Test
  void aCredentialThatDfnsDoesNotAllowIsNotUsed() {
    transport.answer(200, ScriptedTransport.CHALLENGE);
    CredentialSource other =
        CredentialSource.of(
            Credential.of(
                AccessToken.of(EngineFixture.TOKEN),
                new CredentialId("cr-unknown"),
                fixture.signer));
    Call<JsonObject> call =
        fixture.engine(other).prepare(EngineFixture.CHANGE, EngineFixture.thing());

    assertThatThrownBy(call::execute)
        .isInstanceOf(SigningException.class)
        .hasMessageContaining("cr-unknown")
        .hasMessageContaining("cr-mine");
    assertThat(fixture.signer.signed).isEmpty();
    assertThat(transport.requests()).hasSize(1);
  }

  @Test
  void aPublicOperationSendsNoTokenAndAsksForNoCredential() {
    transport.answer(200, "{}");
    CredentialSource none =
        () -> {
          throw new IllegalStateException("A public operation needs no credential");
        };

    fixture.engine(none).prepare(EngineFixture.PUBLIC, EngineFixture.thing()).execute();

    assertThat(transport.request(0).headers()).doesNotContainKey("Authorization");
  }

  @Test
  void aBlockingCallSignsOnItsOwnThreadAnAsynchronousOneOnTheExecutor() {
    transport.signing().answer(200, "{}").signing().answer(200, "{}");
    Call<JsonObject> call = fixture.engine().prepare(EngineFixture.CHANGE, EngineFixture.thing());

    call.execute();
    call.executeAsync().join();

    assertThat(fixture.signer.threads).containsExactly(Thread.currentThread().getName(), "signing");
  }

  @Test
  void somebodyElseCanSign() {
    transport.signing().answer(200, "{\"id\":\"th-1\"}");
    CredentialSource tokenOnly =
        CredentialSource.of(Credential.of(AccessToken.of(EngineFixture.TOKEN)));

    DelegatedCall<JsonObject> begun =
        fixture.engine(tokenOnly).prepare(EngineFixture.CHANGE, EngineFixture.thing()).begin();
    assertThat(begun.challenge().challenge()).isEqualTo("Y2gtMQ");
    assertThat(begun.challenge().allowedKeys()).hasSize(2);
    JsonObject thing =
        begun.complete(
            Assertion.byPasskey(
                new CredentialId("cr-pass"), new byte[] {1}, new byte[] {2}, new byte[] {3}, null));

    assertThat(thing.get("id")).isEqualTo(JsonString.of("th-1"));
    assertThat(transport.body(1))
        .contains("\"kind\":\"Fido2\"")
        .contains("\"authenticatorData\":\"Ag\"");
  }

  @Test
  void aReadCannotBegin() {
    Call<JsonObject> read = fixture.engine().prepare(EngineFixture.READ, Arguments.path("th-1"));

    assertThatThrownBy(read::begin)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("needs no user action");
  }

  @Test
  void anUploadSignsItsDataWithTheChecksumOfTheFile() {
    transport.signing().answer(200, "{}");
    byte[] file = "hello".getBytes(StandardCharsets.UTF_8);

    fixture.engine().prepare(EngineFixture.CHANGE, EngineFixture.thing().file(file)).execute();

    String checksum = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    JsonObject init = (JsonObject) fixture.codec.parse(transport.request(0).body().orElseThrow());
    String payload = ((JsonString) init.get("userActionPayload")).value();
    assertThat(payload).contains("\"fileChecksum\":\"" + checksum + "\"");
    Request upload = transport.request(2);
    assertThat(upload.headers().get("Content-Type"))
        .isEqualTo("multipart/form-data; boundary=countersign-" + checksum.substring(0, 32));
    assertThat(transport.body(2))
        .contains("\r\n\r\n" + payload + "\r\n")
        .contains("\r\n\r\nhello\r\n");
  }

  @Test
  void nothingThatIsPrintedHoldsASecret() {
    transport.signing().answer(200, "{}");
    CallEngine engine = fixture.engine();
    DelegatedCall<JsonObject> begun =
        engine.prepare(EngineFixture.CHANGE, EngineFixture.thing()).begin();
    begun.complete(Assertion.byKey(new CredentialId("cr-mine"), new byte[] {1}, new byte[] {2}));

    List<Object> things =
        List.of(
            engine,
            begun,
            begun.action(),
            begun.challenge(),
            begun.challenge().identifier(),
            engine.credentials().current(),
            engine.credentials().current().token(),
            transport.requests());
    assertThat(things)
        .allSatisfy(
            thing ->
                assertThat(thing.toString())
                    .doesNotContain(EngineFixture.TOKEN)
                    .doesNotContain("ci-secret-1")
                    .doesNotContain("ua-secret-1"));
  }
}

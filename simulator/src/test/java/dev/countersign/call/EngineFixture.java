package dev.countersign.call;

import dev.countersign.credential.AccessToken;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialId;
import dev.countersign.credential.CredentialSource;
import dev.countersign.http.JacksonCodec;
import dev.countersign.json.JsonCodec;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.JsonType;
import dev.countersign.signing.SignatureAlgorithm;
import dev.countersign.signing.Signer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An engine over a scripted transport, and a signer that remembers on which thread it signed what.
 */
final class EngineFixture implements AutoCloseable {

  static final String TOKEN = "token-secret-1";
  static final Operation<JsonObject> READ =
      Operation.of("readThing", "GET", "/things/{id}", Operation.Security.TOKEN, json());
  static final Operation<JsonObject> PUBLIC =
      Operation.of("logIn", "POST", "/auth/login", Operation.Security.NONE, json());
  static final Operation<JsonObject> CHANGE =
      Operation.of("createThing", "POST", "/things", Operation.Security.USER_ACTION, json());
  static final Operation<JsonObject> PAY =
      Operation.of("payThing", "POST", "/payments", Operation.Security.USER_ACTION, json())
          .idempotent();
  static final Operation<NoContent> DELETE =
      Operation.of(
          "deleteThing",
          "DELETE",
          "/things/{id}",
          Operation.Security.USER_ACTION,
          Answer.nothing());
  static final Operation<Outcome<JsonObject>> HELD =
      Operation.of(
          "updateThing",
          "PUT",
          "/things/{id}",
          Operation.Security.USER_ACTION,
          Answer.outcome(json()));

  final ScriptedTransport transport = new ScriptedTransport();
  final JsonCodec codec = new JacksonCodec();
  final RecordingSigner signer = new RecordingSigner();
  final ExecutorService executor =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "signing"));

  private static Answer<JsonObject> json() {
    return Answer.json(JsonType.OBJECT);
  }

  static Arguments thing() {
    return Arguments.none().body(JsonObject.of("name", JsonString.of("a \"thing\" ☃")));
  }

  static Arguments payment() {
    return Arguments.none().body(JsonObject.of("externalId", JsonString.of("pay-1")));
  }

  CredentialSource me() {
    return CredentialSource.of(
        Credential.of(AccessToken.of(TOKEN), new CredentialId("cr-mine"), signer));
  }

  CallEngine engine() {
    return engine(me());
  }

  CallEngine engine(CredentialSource credentials) {
    return engine(credentials, Clock.systemUTC());
  }

  CallEngine engine(CredentialSource credentials, Clock clock) {
    return builder(credentials, clock).build();
  }

  /** An engine that tries nothing again, unless told otherwise. */
  CallEngine.Builder builder(CredentialSource credentials, Clock clock) {
    return CallEngine.builder()
        .transport(transport)
        .codec(codec)
        .credentials(credentials)
        .apiUrl(URI.create("https://dfns.example/base/"))
        .executor(executor)
        .clock(clock)
        .retries(RetryPolicy.none());
  }

  Call<JsonObject> read() {
    return engine().prepare(READ, Arguments.path("th-1"));
  }

  Call<JsonObject> change() {
    return engine().prepare(CHANGE, thing());
  }

  /** A change with an external id. */
  Call<JsonObject> namedChange() {
    return engine().prepare(CHANGE, payment());
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  /** Signs with a fixed text. */
  static final class RecordingSigner implements Signer {
    final List<String> signed = new CopyOnWriteArrayList<>();
    final List<String> threads = new CopyOnWriteArrayList<>();
    final AtomicReference<Runnable> whileSigning = new AtomicReference<>(() -> {});

    @Override
    public PublicKey publicKey() {
      throw new IllegalStateException("The engine never asks for the public key");
    }

    @Override
    public SignatureAlgorithm algorithm() {
      return SignatureAlgorithm.ED25519;
    }

    @Override
    public byte[] sign(byte[] message) {
      signed.add(new String(message, StandardCharsets.UTF_8));
      threads.add(Thread.currentThread().getName());
      whileSigning.get().run();
      return new byte[] {1, 2, 3};
    }

    @Override
    public void close() {}
  }
}

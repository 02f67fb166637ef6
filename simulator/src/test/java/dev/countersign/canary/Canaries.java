package dev.countersign.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.json.JsonCodec;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.JsonValue;
import dev.countersign.pem.PemKeys;
import dev.countersign.pem.PemSigner;
import dev.countersign.signing.SignatureAlgorithm;
import dev.countersign.transport.Reply;
import dev.countersign.transport.Request;
import dev.countersign.transport.Transport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The secrets of a run, caught where they pass, and what must not contain them. */
final class Canaries {

  private static final String[] IN_BODIES = {
    "challengeIdentifier", "userAction", "accessToken", "token", "secret"
  };

  private final JsonCodec codec;
  private final Map<String, String> secrets = new ConcurrentHashMap<>();
  private final StringBuffer seen = new StringBuffer();

  Canaries(JsonCodec codec) {
    this.codec = codec;
  }

  /** Adds a secret; what it is, for the message. */
  void add(String what, String secret) {
    assertThat(secret.length()).as(what).isGreaterThan(8);
    secrets.put(secret, what);
  }

  /** A new key in a folder. */
  PemSigner key(Path folder) throws IOException {
    Path file = folder.resolve("key.pem");
    PemSigner key = PemKeys.generate(SignatureAlgorithm.ED25519, file);
    add("a private key", Files.readAllLines(file).get(1));
    return key;
  }

  /** A transport that learns the secrets that pass. */
  Transport over(Transport real) {
    return request -> {
      learn(request);
      return real.send(request).thenApply(this::learn);
    };
  }

  private void learn(Request request) {
    see(request);
    String action = request.headers().get("X-DFNS-USERACTION");
    if (action != null) {
      add("a user action", action);
    }
    request.body().ifPresent(this::learn);
  }

  private Reply learn(Reply reply) {
    see(reply);
    learn(reply.body());
    return reply;
  }

  private void learn(byte[] body) {
    if (body.length > 0 && codec.parse(body) instanceof JsonObject object) {
      for (String name : IN_BODIES) {
        learn(name, object.get(name));
      }
    }
  }

  private void learn(String name, @Nullable JsonValue value) {
    if (value instanceof JsonString text) {
      add("a " + name, text.value());
    }
  }

  /** Notes what somebody printed, or could have. */
  void see(Object printed) {
    if (printed instanceof Throwable failure) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      seen.append(trace);
    }
    seen.append(printed).append('\n');
  }

  /** Nothing that was seen holds a secret. */
  void assertUnseen() {
    String all = seen.toString();
    assertThat(secrets.size()).as("secrets that passed").isPositive();
    // only what they are: a failure must not show them either
    List<String> readable =
        secrets.entrySet().stream()
            .filter(secret -> all.contains(secret.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    assertThat(readable).as("secrets that can be read in what was printed").isEmpty();
  }

  /** The kinds of secrets that passed. */
  Iterable<String> kinds() {
    return secrets.values();
  }
}

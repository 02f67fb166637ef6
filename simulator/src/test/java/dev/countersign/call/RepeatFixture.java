package dev.countersign.call;

import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.rate.VirtualTimer;
import dev.countersign.transport.Request;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An engine that repeats as it usually does, in no time, over exchanges that meet trouble. */
final class RepeatFixture implements AfterEachCallback {

  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final EngineFixture fixture = new EngineFixture();
  final ScriptedTransport transport = fixture.transport;
  final EngineFixture.RecordingSigner signer = fixture.signer;
  final CallEngine engine =
      fixture
          .builder(fixture.me(), Clock.fixed(NOW, ZoneOffset.UTC))
          .retries(RetryPolicy.standard())
          .timer(VirtualTimer.jumping())
          .build();

  /** An engine that draws its external ids from this. */
  CallEngine engine(Random random) {
    return fixture.builder(fixture.me(), Clock.systemUTC()).random(random).build();
  }

  Call<JsonObject> payment() {
    return engine.prepare(EngineFixture.PAY, EngineFixture.thing());
  }

  Call<JsonObject> creation() {
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
  void attempt(int number, int hop, Trouble fault) {
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

  List<Request> sent(String path) {
    return transport.requests().stream()
        .filter(request -> request.uri().getPath().equals("/base" + path))
        .toList();
  }

  static String body(Request request) {
    return new String(request.body().orElseThrow(), StandardCharsets.UTF_8);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    fixture.close();
  }
}

package dev.countersign.simulator.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.crypto.Base64Url;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.spec.Operation;
import dev.countersign.simulator.wire.SimRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client made by hand: everything it sends can be sent wrongly. */
final class TestClient {

  private static final Description DESCRIPTION = Description.load();
  private static final String JSON = "application/json";

  private final Simulator simulator;
  private final Dialect dialect;
  private final String token;
  final Identity identity;
  final TestKey key;
  final String credentialId;

  TestClient(Simulator simulator, Identity identity, TestKey key, Dialect dialect) {
    this(simulator, identity, key, dialect, identity.credentialId(), identity.token());
  }

  private TestClient(
      Simulator simulator,
      Identity identity,
      TestKey key,
      Dialect dialect,
      String credentialId,
      String token) {
    this.simulator = simulator;
    this.identity = identity;
    this.key = key;
    this.dialect = dialect;
    this.credentialId = credentialId;
    this.token = token;
  }

  TestClient speaking(Dialect other) {
    return new TestClient(simulator, identity, key, other, credentialId, token);
  }

  TestClient signingWith(TestKey other) {
    return new TestClient(simulator, identity, other, dialect, credentialId, token);
  }

  TestClient withCredential(String other, TestKey otherKey) {
    return new TestClient(simulator, identity, otherKey, dialect, other, token);
  }

  TestClient bearing(String other) {
    return new TestClient(simulator, identity, key, dialect, credentialId, other);
  }

  Response get(String target) {
    return send("GET", target, null, Map.of());
  }

  Response post(String target, String body) {
    return signed("POST", target, body);
  }

  Response put(String target, @Nullable String body) {
    return signed("PUT", target, body);
  }

  Response delete(String target) {
    return signed("DELETE", target, null);
  }

  /** The whole way: challenge, signature, user action, call. */
  Response signed(String method, String target, @Nullable String body) {
    return send(
        method, target, body, dialect.userAction(userAction(method, target, dialect.signed(body))));
  }

  /** A user action for a request that is not sent. */
  String userAction(String method, String target, String payload) {
    Response challenge = challenge(method, target, payload);
    Response action = answer(challenge.body());
    if (action.status() != 200) {
      throw new AssertionError(action.toString());
    }
    return action.text("/userAction");
  }

  Response challenge(String method, String target, String payload) {
    return unsigned(
        "POST",
        "/auth/action/init",
        Json.object()
            .put("userActionPayload", payload)
            .put("userActionHttpMethod", method)
            .put("userActionHttpPath", dialect.signedPath(target)));
  }

  Response answer(JsonNode challenge) {
    return assertion(
        challenge.path("challengeIdentifier").asText(),
        dialect.clientData(challenge.path("challenge").asText()).toString());
  }

  Response assertion(String challengeIdentifier, String clientData) {
    byte[] bytes = clientData.getBytes(StandardCharsets.UTF_8);
    ObjectNode body = Json.object().put("challengeIdentifier", challengeIdentifier);
    body.putObject("firstFactor")
        .put("kind", "Key")
        .putObject("credentialAssertion")
        .put("credId", credentialId)
        .put("clientData", Base64Url.encode(bytes))
        .put("signature", Base64Url.encode(key.sign(bytes)));
    return unsigned("POST", "/auth/action", body);
  }

  Response unsigned(String method, String target, JsonNode body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("authorization", "Bearer " + token);
    headers.put("content-type", JSON);
    return raw(method, target, headers, body.toString().getBytes(StandardCharsets.UTF_8));
  }

  Response send(String method, String target, @Nullable String body, Map<String, String> headers) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("Authorization", "Bearer " + token);
    all.put("Content-Type", JSON);
    all.putAll(headers);
    return raw(method, target, all, method.equals("GET") ? new byte[0] : dialect.body(body));
  }

  /** Sends exactly this; a success is held against the description. */
  Response raw(String method, String target, Map<String, String> headers, byte[] body) {
    Response response =
        Response.of(simulator.handle(SimRequest.single(method, target, headers, body)));
    if (response.status() == 200 || response.status() == 202) {
      Operation operation =
          DESCRIPTION.routes().find(method, target.split("\\?", 2)[0]).orElseThrow().operation();
      ResponseContract.shared().check(operation, response.status(), response.body());
    }
    return response;
  }
}

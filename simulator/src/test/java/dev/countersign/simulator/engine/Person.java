package dev.countersign.simulator.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import java.util.Map;

/** Somebody with a token and a device. */
final class Person {

  final TestClient client;
  final Device device;

  Person(TestClient client, Device device) {
    this.client = client;
    this.device = device;
  }

  Person with(Device other) {
    return new Person(client, other);
  }

  Response get(String target) {
    return client.get(target);
  }

  Response post(String target, String body) {
    return signed("POST", target, body);
  }

  Response signed(String method, String target, String body) {
    Response action = answer(client.challenge(method, target, body).body());
    if (action.status() != 200) {
      throw new AssertionError(action.toString());
    }
    return client.send(
        method, target, body, Map.of("X-DFNS-USERACTION", action.text("/userAction")));
  }

  Response answer(JsonNode challenge) {
    return client.unsigned("POST", "/auth/action", assertion(challenge, device));
  }

  Response answer(JsonNode challenge, Device second) {
    ObjectNode body = assertion(challenge, device);
    body.set("secondFactor", second.factor(challenge));
    return client.unsigned("POST", "/auth/action", body);
  }

  static ObjectNode assertion(JsonNode challenge, Device device) {
    ObjectNode body =
        Json.object().put("challengeIdentifier", challenge.path("challengeIdentifier").asText());
    body.set("firstFactor", device.factor(challenge));
    return body;
  }
}

package dev.countersign.simulator.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.wire.SimResponse;
import java.util.Objects;

/** A status and a body. */
record Response(int status, JsonNode body) {

  Response {
    Objects.requireNonNull(body);
  }

  static Response of(SimResponse response) {
    return new Response(response.status(), Json.parse(response.body()).orElseGet(Json::object));
  }

  String text(String pointer) {
    return body.at(pointer).asText();
  }

  String message() {
    return text("/error/message");
  }

  String reason() {
    return text("/error/details/reason");
  }
}

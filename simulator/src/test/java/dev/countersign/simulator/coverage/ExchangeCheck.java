package dev.countersign.simulator.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.countersign.simulator.coverage.RecordingTransport.Exchange;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.spec.Routes;
import dev.countersign.transport.Reply;
import dev.countersign.transport.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Holds the bytes of an exchange against the description as it is in the file. */
final class ExchangeCheck {

  private static final RawDescription RAW = RawDescription.shared();
  private static final String JSON = "/content/application~1json/schema";
  private static final String UPLOAD = "/content/multipart~1form-data/schema/properties/data";

  private ExchangeCheck() {}

  /** What is wrong with the bytes of a request's body. */
  static List<String> faultsOfBody(String path, Request request) {
    JsonNode described = RAW.operation(request.method(), path).path("requestBody");
    if (described.isMissingNode()) {
      return request.body().isPresent() ? List.of("a body where there is none") : List.of();
    }
    if (request.body().isEmpty()) {
      return described.path("required").asBoolean() ? List.of("no body") : List.of();
    }
    byte[] bytes = request.body().get();
    boolean isUpload = !described.at(UPLOAD).isMissingNode();
    return RAW.faults(
        described.at(isUpload ? UPLOAD : JSON),
        Json.parse(isUpload ? data(bytes) : bytes)
            .orElseThrow(() -> new AssertionError("The body is no JSON")));
  }

  /** What is wrong with a request's query. */
  static List<String> faultsOfQuery(String path, Request request) {
    Map<String, ArrayNode> values = values(request.uri().getRawQuery());
    List<String> faults = new ArrayList<>();
    for (JsonNode parameter : RAW.queryParameters(request.method(), path)) {
      String name = parameter.path("name").asText();
      ArrayNode given = values.remove(name);
      if (given == null) {
        if (parameter.path("required").asBoolean()) {
          faults.add(name + " is missing");
        }
        continue;
      }
      boolean isArray = parameter.at("/schema/type").asText().equals("array");
      JsonNode value = isArray ? given : typed(given.get(0), parameter.at("/schema/type").asText());
      faults.addAll(RAW.faults(parameter.path("schema"), value));
      assertThat(isArray || given.size() == 1).as("%s is there once", name).isTrue();
    }
    values.keySet().forEach(name -> faults.add(name + " is not described"));
    return faults;
  }

  /** What is wrong with an answer. */
  static List<String> faultsOfAnswer(String path, Exchange exchange) {
    Reply reply = exchange.reply();
    JsonNode described =
        RAW.operation(exchange.request().method(), path)
            .path("responses")
            .path(String.valueOf(reply.status()));
    if (described.isMissingNode()) {
      return List.of("status " + reply.status() + " is not described");
    }
    String type = reply.header("Content-Type").orElse("");
    JsonNode content = described.path("content");
    if (content.isEmpty()) {
      return reply.body().length == 0 ? List.of() : List.of("a body where there is none");
    }
    JsonNode schema = content.path(type).path("schema");
    if (schema.isMissingNode()) {
      return List.of("content type " + type + " is not described");
    }
    JsonNode body =
        type.startsWith("text/")
            ? TextNode.valueOf(new String(reply.body(), StandardCharsets.UTF_8))
            : Json.parse(reply.body()).orElseThrow(() -> new AssertionError("no JSON"));
    return RAW.faults(schema, body);
  }

  /** The part {@code data}: it comes first, and is JSON without line breaks. */
  private static byte[] data(byte[] multipart) {
    String[] parts = new String(multipart, StandardCharsets.ISO_8859_1).split("\r\n\r\n", 3);
    return parts[1].substring(0, parts[1].indexOf("\r\n")).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static JsonNode typed(JsonNode value, String type) {
    return type.equals("string") || type.isEmpty()
        ? value
        : Json.parse(value.asText().getBytes(StandardCharsets.UTF_8)).orElse(value);
  }

  private static Map<String, ArrayNode> values(String query) {
    Map<String, ArrayNode> values = new HashMap<>();
    if (query != null) {
      for (String pair : query.split("&")) {
        String[] both = pair.split("=", 2);
        values
            .computeIfAbsent(Routes.decoded(both[0]), it -> Json.array())
            .add(Routes.decoded(both[1]));
      }
    }
    return values;
  }
}

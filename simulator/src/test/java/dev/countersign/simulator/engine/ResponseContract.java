package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.spec.Operation;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Holds answers against the description: what it requires is there, and nothing else. */
final class ResponseContract {

  private static final ResponseContract SHARED = new ResponseContract();

  private final ObjectNode document =
      Json.read(Objects.requireNonNull(Description.class.getResourceAsStream("dfns-api.json")));
  private final ObjectNode definitions = definitions();
  private final SchemaRegistry registry = SchemaRegistry.withDialect(Dialects.getDraft202012());
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  static ResponseContract shared() {
    return SHARED;
  }

  void check(Operation operation, int status, JsonNode body) {
    if (status == 200 && operation.answerType().startsWith("text/")) {
      return;
    }
    JsonNode declared =
        document
            .path("paths")
            .path(operation.path())
            .path(operation.method().toLowerCase(Locale.ROOT))
            .path("responses")
            .path(String.valueOf(status))
            .at("/content/application~1json/schema");
    assertThat(declared.isMissingNode())
        .as("the description has a %s for %s", status, operation)
        .isFalse();
    Schema schema =
        schemas.computeIfAbsent(operation.id() + " " + status, id -> compiled(declared));
    assertThat(schema.validate(body)).as("%s %s: %s", operation, status, body).isEmpty();
  }

  private Schema compiled(JsonNode declared) {
    ObjectNode root = (ObjectNode) closed(declared);
    root.set("$defs", definitions);
    return registry.getSchema(root);
  }

  private ObjectNode definitions() {
    return (ObjectNode) closed(document.at("/components/schemas"));
  }

  private static JsonNode closed(JsonNode node) {
    if (node.isArray()) {
      ArrayNode copy = Json.array();
      node.forEach(element -> copy.add(closed(element)));
      return copy;
    }
    if (!node.isObject()) {
      return node;
    }
    ObjectNode copy = Json.object();
    node.properties()
        .forEach(
            field ->
                copy.set(
                    field.getKey(),
                    field.getKey().equals("$ref")
                        ? Json.object()
                            .textNode(
                                field
                                    .getValue()
                                    .asText()
                                    .replace("#/components/schemas/", "#/$defs/"))
                        : closed(field.getValue())));
    if (copy.path("properties").isObject()
        && copy.path("type").asText().equals("object")
        && !copy.has("additionalProperties")) {
      copy.put("additionalProperties", false);
    }
    return copy;
  }
}

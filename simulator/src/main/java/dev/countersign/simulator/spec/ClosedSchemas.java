package dev.countersign.simulator.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns the description's schemas, which let unknown fields pass, into schemas of requests or
 * answers, which do not.
 *
 * <ul>
 *   <li>An object that names its fields has no others; in a request, a field that only answers have
 *       is none.
 *   <li>A union with a discriminator is judged by that alone, so that a fault in one variant is not
 *       reported as a fault of all.
 *   <li>An object that names no fields stays open.
 * </ul>
 */
final class ClosedSchemas {

  private static final String COMPONENTS = "#/components/schemas/";
  private static final String DEFINITIONS = "#/$defs/";

  private final ObjectNode schemas;
  private final boolean answers;

  private ClosedSchemas(ObjectNode schemas, boolean answers) {
    this.schemas = schemas;
    this.answers = answers;
  }

  /** For what is sent. */
  static ClosedSchemas ofRequests(ObjectNode schemas) {
    return new ClosedSchemas(schemas, false);
  }

  /** For what is answered, which may have the fields that only answers have. */
  static ClosedSchemas ofAnswers(ObjectNode schemas) {
    return new ClosedSchemas(schemas, true);
  }

  /** A schema together with all that it refers to, closed. */
  ObjectNode standalone(JsonNode schema) {
    Deque<String> pending = new ArrayDeque<>();
    ObjectNode root = (ObjectNode) closed(schema, pending);
    Map<String, JsonNode> definitions = new TreeMap<>();
    while (!pending.isEmpty()) {
      String name = pending.pop();
      if (!definitions.containsKey(name)) {
        definitions.put(name, closed(schemas.get(name), pending));
      }
    }
    ObjectNode result = root.deepCopy();
    result.set("$defs", Json.object().setAll(definitions));
    return result;
  }

  private JsonNode closed(JsonNode node, Deque<String> pending) {
    if (node instanceof ArrayNode array) {
      ArrayNode copy = Json.array();
      array.forEach(element -> copy.add(closed(element, pending)));
      return copy;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    if (object.has("discriminator")) {
      return union(object.get("discriminator"), pending);
    }
    ObjectNode copy = Json.object();
    object
        .properties()
        .forEach(
            field -> {
              if (field.getKey().equals("$ref")) {
                copy.put("$ref", reference(field.getValue().asText(), pending));
              } else if (!field.getKey().startsWith("x-")) {
                copy.set(field.getKey(), closed(field.getValue(), pending));
              }
            });
    if (copy.get("properties") instanceof ObjectNode properties) {
      ObjectNode writable = Json.object();
      properties
          .properties()
          .forEach(
              property -> {
                if (answers || !property.getValue().path("readOnly").asBoolean()) {
                  writable.set(property.getKey(), property.getValue());
                }
              });
      copy.set("properties", writable);
      if (!copy.has("additionalProperties")) {
        copy.put("additionalProperties", false);
      }
    }
    return copy;
  }

  private ObjectNode union(JsonNode discriminator, Deque<String> pending) {
    String property = discriminator.path("propertyName").asText();
    ArrayNode values = Json.array();
    ArrayNode variants = Json.array();
    discriminator
        .path("mapping")
        .properties()
        .forEach(
            entry -> {
              values.add(entry.getKey());
              ObjectNode value = Json.object().put("const", entry.getKey());
              ObjectNode variant = variants.addObject();
              variant.set(
                  "if", Json.object().set("properties", Json.object().set(property, value)));
              variant.set(
                  "then", Json.object().put("$ref", reference(entry.getValue().asText(), pending)));
            });
    ObjectNode union = Json.object().put("type", "object");
    union.set("required", Json.array().add(property));
    union.set("properties", Json.object().set(property, Json.object().set("enum", values)));
    union.set("allOf", variants);
    return union;
  }

  private static String reference(String target, Deque<String> pending) {
    String name = target.substring(COMPONENTS.length());
    pending.push(name);
    return DEFINITIONS + name;
  }
}

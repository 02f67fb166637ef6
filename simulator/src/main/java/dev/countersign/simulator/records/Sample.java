package dev.countersign.simulator.records;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.spec.Shapes;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes values that are valid by a schema, out of what is given as far as that fits. What the
 * schema leaves open stays out unless it is given or was said; lists that are not given are empty,
 * and what may be null is.
 */
final class Sample {

  private static final Set<String> TRUE = Set.of("isActive", "primary");

  private final Shapes shapes;
  private final Facts facts;
  private final Texts texts;

  Sample(Shapes shapes, Facts facts) {
    this.shapes = shapes;
    this.facts = facts;
    this.texts = new Texts(facts);
  }

  /** A value out of nothing but the facts. */
  JsonNode of(JsonNode schema) {
    return of(schema, MissingNode.getInstance());
  }

  /** A value that is like what is given where that fits. */
  JsonNode of(JsonNode schema, JsonNode given) {
    return of("", schema, given);
  }

  private JsonNode of(String field, JsonNode schema, JsonNode given) {
    if (!given.isMissingNode() && shapes.fits(schema, given)) {
      return given;
    }
    JsonNode shape = shapes.resolve(schema);
    if (shape.has("discriminator")) {
      return discriminated(field, shape.get("discriminator"), given);
    }
    if (shape.has("oneOf") || shape.has("anyOf")) {
      return union(field, shape.path(shape.has("oneOf") ? "oneOf" : "anyOf"), given);
    }
    if (shape.has("const")) {
      return shape.get("const");
    }
    JsonNode types = shape.path("type");
    List<String> type =
        types.isArray()
            ? types.valueStream().map(JsonNode::asText).toList()
            : List.of(types.asText("object"));
    if (type.contains("null")) {
      return NullNode.getInstance();
    }
    return switch (type.get(0)) {
      case "object" -> object(shape, given);
      case "array" -> array(shape, given);
      case "boolean" -> BooleanNode.valueOf(TRUE.contains(field));
      case "integer", "number" -> IntNode.valueOf(shape.path("minimum").asInt());
      default -> TextNode.valueOf(texts.of(field, shape));
    };
  }

  private JsonNode discriminated(String field, JsonNode discriminator, JsonNode given) {
    String property = discriminator.path("propertyName").asText();
    JsonNode mapping = discriminator.path("mapping");
    String asked = given.path(property).asText();
    String value = mapping.has(asked) ? asked : mapping.fieldNames().next();
    ObjectNode variant = given.isObject() ? given.deepCopy() : Json.object();
    return of(
        field,
        Json.object().put("$ref", mapping.path(value).asText()),
        variant.put(property, value));
  }

  private JsonNode union(String field, JsonNode variants, JsonNode given) {
    if (!given.isObject()
        && variants.valueStream().anyMatch(it -> it.path("type").asText().equals("null"))) {
      return NullNode.getInstance();
    }
    return of(field, variants.get(0), given);
  }

  private ObjectNode object(JsonNode shape, JsonNode given) {
    ObjectNode object = Json.object();
    Set<JsonNode> required = Set.copyOf(shape.path("required").valueStream().toList());
    for (Map.Entry<String, JsonNode> property : shape.path("properties").properties()) {
      String name = property.getKey();
      JsonNode value =
          required.contains(TextNode.valueOf(name))
              ? needed(name, property.getValue(), given.path(name))
              : optional(name, property.getValue(), given.path(name));
      if (!value.isMissingNode()) {
        object.set(name, value);
      }
    }
    return object;
  }

  private JsonNode needed(String name, JsonNode schema, JsonNode given) {
    return given.isMissingNode()
        ? facts
            .about(name)
            .filter(it -> shapes.fits(schema, it))
            .orElseGet(() -> of(name, schema, given))
        : of(name, schema, given);
  }

  private JsonNode optional(String name, JsonNode schema, JsonNode given) {
    if (given.isObject() && shapes.resolve(schema).path("type").asText("object").equals("object")) {
      return of(name, schema, given);
    }
    if (!given.isMissingNode()) {
      return shapes.fits(schema, given) ? given : MissingNode.getInstance();
    }
    return facts
        .said(name)
        .filter(it -> shapes.fits(schema, it))
        .orElseGet(MissingNode::getInstance);
  }

  private ArrayNode array(JsonNode shape, JsonNode given) {
    ArrayNode array = Json.array();
    if (given.isArray()) {
      given.forEach(element -> array.add(of("", shape.path("items"), element)));
    }
    while (array.size() < shape.path("minItems").asInt()) {
      array.add(of("", shape.path("items"), MissingNode.getInstance()));
    }
    return array;
  }
}

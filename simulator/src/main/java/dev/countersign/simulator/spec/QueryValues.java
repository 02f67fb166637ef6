package dev.countersign.simulator.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.countersign.simulator.json.Json;
import java.util.List;
import java.util.Locale;

/** The values of a query parameter as the JSON that its schema speaks of. */
final class QueryValues {

  private QueryValues() {}

  /** All values if the parameter is an array, else the last. */
  static JsonNode typed(List<String> values, JsonNode schema) {
    if (schema.path("type").asText().equals("array")) {
      ArrayNode array = Json.array();
      values.forEach(value -> array.add(typed(value, schema.path("items"))));
      return array;
    }
    return typed(values.get(values.size() - 1), schema);
  }

  private static JsonNode typed(String text, JsonNode schema) {
    String type = schema.path("type").asText();
    if (type.equals("integer") && text.matches("-?[0-9]{1,18}")) {
      return LongNode.valueOf(Long.parseLong(text));
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (type.equals("boolean") && (lower.equals("true") || lower.equals("false"))) {
      return BooleanNode.valueOf(lower.equals("true"));
    }
    return TextNode.valueOf(text);
  }
}

package dev.countersign.call;

import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonBoolean;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonString;
import dev.countersign.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON scalars as the text of a query parameter. */
final class QueryText {

  private QueryText() {}

  /** One text, or those of an array's elements. */
  static List<String> all(@Nullable JsonValue value) {
    if (value instanceof JsonArray array) {
      return array.elements().stream().map(QueryText::of).toList();
    }
    return value == null ? List.of() : List.of(of(value));
  }

  private static String of(JsonValue value) {
    if (value instanceof JsonString string) {
      return string.value();
    }
    if (value instanceof JsonNumber || value instanceof JsonBoolean) {
      return value.toString();
    }
    throw new IllegalArgumentException("A query parameter cannot be " + value.describe());
  }
}

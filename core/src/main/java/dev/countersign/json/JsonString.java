package dev.countersign.json;

import java.util.Objects;

/** A JSON string. */
public final class JsonString implements JsonValue {

  private final String value;

  private JsonString(String value) {
    this.value = Objects.requireNonNull(value, "value");
  }

  /** The JSON value of a string. */
  public static JsonString of(String value) {
    return new JsonString(value);
  }

  /** The string. */
  public String value() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonString that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return JsonPrinter.print(this);
  }
}

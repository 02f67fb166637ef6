package dev.countersign.json;

/**
 * A JSON value. Immutable.
 *
 * <p>Two values are equal if they are equal as JSON: the order of an object's members does not
 * count, nor how a number is written ({@code 1.0} equals {@code 1}).
 *
 * <p>{@code toString()} is for people: it is JSON in which the members that hold secrets (see
 * {@link SecretNames}) are masked. To get JSON for machines, use {@link JsonCodec#write}.
 */
public sealed interface JsonValue
    permits JsonArray, JsonBoolean, JsonNull, JsonNumber, JsonObject, JsonString {

  /** The JSON type of this value, for messages: {@code an object}, {@code a string}, … */
  default String describe() {
    // a sealed type's switch needs a newer language level than the floor
    if (this instanceof JsonObject) {
      return "an object";
    }
    if (this instanceof JsonArray) {
      return "an array";
    }
    if (this instanceof JsonString) {
      return "a string";
    }
    if (this instanceof JsonNumber) {
      return "a number";
    }
    return this instanceof JsonBoolean ? "a boolean" : "null";
  }
}

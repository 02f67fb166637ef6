package dev.countersign.json;

import dev.countersign.error.ProtocolException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A typed view of a JSON object: what all types of the API are.
 *
 * <p>The object itself is kept whole, so that nothing is lost when Dfns grows: a member or value
 * that this version does not know is still in {@link #json()} and is written back. Views are
 * immutable. Two views are equal if they are of the same type and their objects are equal as JSON.
 * {@link #toString()} masks secrets.
 *
 * <p>Reading is lenient: a view can be made over any object. An accessor throws {@link
 * ProtocolException} only if the member it stands for is required and absent, or is of another JSON
 * type than the description says.
 */
public abstract class JsonView {

  private final JsonObject json;

  /** A view of an object. */
  protected JsonView(JsonObject json) {
    this.json = Objects.requireNonNull(json, "json");
  }

  /** The whole object, including members that this version does not know. */
  public final JsonObject json() {
    return json;
  }

  /** Whether the object has a member of this name that is not null. */
  public final boolean has(String name) {
    JsonValue value = json.get(name);
    return value != null && value != JsonNull.NULL;
  }

  /** Reads a required member. */
  protected final <T> T required(String name, JsonType<T> type) {
    JsonValue value = json.get(name);
    if (value == null || value == JsonNull.NULL) {
      throw new ProtocolException("Dfns sent a " + typeName() + " without '" + name + "'");
    }
    return read(name, type, value);
  }

  /** Reads an optional member; null counts as absent. */
  protected final <T> Optional<T> optional(String name, JsonType<T> type) {
    JsonValue value = json.get(name);
    return value == null || value == JsonNull.NULL
        ? Optional.empty()
        : Optional.of(read(name, type, value));
  }

  /** Reads a required array; unmodifiable, its elements are read when they are asked for. */
  protected final <T> List<T> requiredList(String name, JsonType<T> element) {
    return elements(name, element, required(name, JsonType.ARRAY));
  }

  /** Reads an optional array; null counts as absent. */
  protected final <T> Optional<List<T>> optionalList(String name, JsonType<T> element) {
    return optional(name, JsonType.ARRAY).map(array -> elements(name, element, array));
  }

  /** Reads a required object whose member names are free; unmodifiable, in the members' order. */
  protected final <T> Map<String, T> requiredMap(String name, JsonType<T> value) {
    return required(name, value.map());
  }

  /** Reads an optional object whose member names are free; null counts as absent. */
  protected final <T> Optional<Map<String, T>> optionalMap(String name, JsonType<T> value) {
    return optional(name, value.map());
  }

  /** The simple name, with that of the type it is nested in. */
  private String typeName() {
    Class<?> outer = getClass().getEnclosingClass();
    return (outer == null ? "" : outer.getSimpleName() + ".") + getClass().getSimpleName();
  }

  private <T> List<T> elements(String name, JsonType<T> element, JsonArray array) {
    return array.as(value -> read(name, element, value));
  }

  private <T> T read(String name, JsonType<T> type, JsonValue value) {
    try {
      return type.read(value);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ProtocolException(
          "Dfns sent a "
              + typeName()
              + " whose '"
              + name
              + "' is or holds "
              + value.describe()
              + " that cannot be read as "
              + type.description());
    }
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof JsonView that
        && getClass() == that.getClass()
        && json.equals(that.json);
  }

  @Override
  public final int hashCode() {
    return json.hashCode();
  }

  /** The type's name and the object, secrets masked. */
  @Override
  public final String toString() {
    return typeName() + json;
  }
}

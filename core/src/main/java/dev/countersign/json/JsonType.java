package dev.countersign.json;

import dev.countersign.error.ProtocolException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How a Java type stands in JSON: reads it from a value and turns it into one. Immutable.
 *
 * @param <T> the Java type
 */
public final class JsonType<T> {

  /** A string. */
  public static final JsonType<String> STRING =
      of("a string", v -> cast(JsonString.class, v).value(), JsonString::of);

  /** A boolean. */
  public static final JsonType<Boolean> BOOLEAN =
      of("a boolean", v -> cast(JsonBoolean.class, v).value(), JsonBoolean::of);

  /** An integer of 64 bits. */
  public static final JsonType<Long> LONG =
      of("an integer of 64 bits", v -> cast(JsonNumber.class, v).longValue(), JsonNumber::of);

  /** A decimal of any size. */
  public static final JsonType<BigDecimal> DECIMAL =
      of("a number", v -> cast(JsonNumber.class, v).decimal(), JsonNumber::of);

  /** A point in time, as ISO 8601 text. */
  public static final JsonType<Instant> INSTANT =
      of("an ISO 8601 time", JsonType::instant, i -> JsonString.of(i.toString()));

  /** Anything. */
  public static final JsonType<JsonValue> ANY = of("JSON", v -> v, v -> v);

  /** Any object. */
  public static final JsonType<JsonObject> OBJECT =
      of("an object", v -> cast(JsonObject.class, v), v -> v);

  /** Any array. */
  static final JsonType<JsonArray> ARRAY = of("an array", v -> cast(JsonArray.class, v), v -> v);

  private final String description;
  private final Function<JsonValue, T> reader;
  private final Function<T, JsonValue> writer;

  private JsonType(
      String description, Function<JsonValue, T> reader, Function<T, JsonValue> writer) {
    this.description = description;
    this.reader = reader;
    this.writer = writer;
  }

  /**
   * A type by its two directions.
   *
   * @param description what the JSON looks like, such as {@code a string}
   * @param reader throws IllegalArgumentException or ArithmeticException for a value that does not
   *     fit
   */
  public static <T> JsonType<T> of(
      String description, Function<JsonValue, T> reader, Function<T, JsonValue> writer) {
    return new JsonType<>(description, reader, writer);
  }

  /** A type that stands in JSON as a string. */
  public static <T> JsonType<T> ofString(Function<String, T> reader, Function<T, String> writer) {
    return of(
        "a string",
        v -> reader.apply(cast(JsonString.class, v).value()),
        t -> JsonString.of(writer.apply(t)));
  }

  /** A view type. */
  public static <T extends JsonView> JsonType<T> ofView(Function<JsonObject, T> view) {
    return of("an object", v -> view.apply(cast(JsonObject.class, v)), JsonView::json);
  }

  /**
   * A type that stands in JSON as an object and need not be a class of its own, such as a union.
   */
  public static <T> JsonType<T> ofObject(
      Function<JsonObject, T> reader, Function<? super T, JsonObject> writer) {
    return of("an object", v -> reader.apply(cast(JsonObject.class, v)), writer::apply);
  }

  /**
   * A list of this type; an unmodifiable view whose elements are read when they are asked for. An
   * element that cannot be read throws {@link ProtocolException} then.
   */
  public JsonType<List<T>> list() {
    return of(
        "an array",
        v -> cast(JsonArray.class, v).as(this::readElement),
        l -> JsonArray.of(l, this::write));
  }

  /** A map from member names to this type; unmodifiable, in the members' order. */
  public JsonType<Map<String, T>> map() {
    return of("an object", this::readMap, this::writeMap);
  }

  /** Reads a value. */
  public T read(JsonValue value) {
    return reader.apply(value);
  }

  /** The JSON of a value. */
  public JsonValue write(T value) {
    return writer.apply(value);
  }

  /** What the JSON looks like, for messages. */
  public String description() {
    return description;
  }

  private T readElement(JsonValue value) {
    try {
      return read(value);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ProtocolException(
          "Dfns sent an array in which "
              + value.describe()
              + " stands that cannot be read as "
              + description);
    }
  }

  private Map<String, T> readMap(JsonValue value) {
    Map<String, T> map = new LinkedHashMap<>();
    cast(JsonObject.class, value).forEach((name, member) -> map.put(name, read(member)));
    return Collections.unmodifiableMap(map);
  }

  private JsonValue writeMap(Map<String, T> map) {
    JsonObject.Builder builder = JsonObject.builder();
    map.forEach((name, member) -> builder.put(name, write(member)));
    return builder.build();
  }

  private static Instant instant(JsonValue value) {
    try {
      return OffsetDateTime.parse(cast(JsonString.class, value).value()).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("Not an ISO 8601 time with its offset", e);
    }
  }

  private static <V> V cast(Class<V> type, JsonValue value) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException("Found " + value.describe());
    }
    return type.cast(value);
  }

  @Override
  public String toString() {
    return description;
  }
}

package dev.countersign.api;

import dev.countersign.codegen.Constraints;
import dev.countersign.codegen.Property;
import dev.countersign.codegen.Schema;
import dev.countersign.codegen.Type;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonBoolean;
import dev.countersign.json.JsonNull;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random JSON as Dfns may send it: valid by the description, and beyond it where Dfns may grow,
 * with members, values of enumerations and variants that the description does not know.
 */
public final class RandomJson {

  private static final int DEEP = 3;

  private final Random random;
  private final boolean beyond;

  /** JSON within the description, or also beyond it. */
  public RandomJson(long seed, boolean beyond) {
    this.random = new Random(seed);
    this.beyond = beyond;
  }

  /** A value of a schema. */
  public JsonValue of(Schema schema) {
    return of(schema, 0);
  }

  /** A value of a type. */
  public JsonValue of(Type type) {
    return of(type, Constraints.NONE, List.of(), 0);
  }

  /** Parameters of a query. */
  public JsonObject of(List<Property> properties) {
    return object(properties, 0).build();
  }

  private JsonValue of(Schema schema, int depth) {
    if (schema instanceof Schema.EnumSchema enumeration) {
      return text(enumeration.values());
    }
    if (schema instanceof Schema.ObjectSchema object) {
      JsonObject.Builder json = object(object.properties(), depth);
      addUnknown(json);
      return json.build();
    }
    return union((Schema.UnionSchema) schema, depth);
  }

  private JsonValue union(Schema.UnionSchema union, int depth) {
    if (union.text() && chance(30)) {
      return string();
    }
    boolean unknown = beyond && chance(15);
    String name = pick(union.variants());
    JsonObject variant = (JsonObject) of(Api.DESCRIPTION.schema(name), depth);
    if (union.discriminator() == null) {
      return unknown || union.anyObject() && chance(30) ? JsonObject.empty() : variant;
    }
    if (unknown) {
      return variant.toBuilder().put(union.discriminator(), JsonString.of("Nobody")).build();
    }
    List<String> values = new ArrayList<>(union.mapping().keySet());
    values.removeIf(value -> !union.mapping().get(value).equals(name));
    return variant.toBuilder().put(union.discriminator(), JsonString.of(pick(values))).build();
  }

  private JsonObject.Builder object(List<Property> properties, int depth) {
    JsonObject.Builder json = JsonObject.builder();
    for (Property property : properties) {
      if (property.required() || depth < DEEP && chance(50)) {
        json.put(property.name(), of(property, depth));
      }
    }
    return json;
  }

  private JsonValue of(Property property, int depth) {
    if (property.nullable() && chance(30)) {
      return JsonNull.NULL;
    }
    Object constant = property.constant();
    if (constant instanceof String string) {
      return JsonString.of(string);
    }
    if (constant instanceof Boolean bool) {
      return JsonBoolean.of(bool);
    }
    if (constant instanceof Long number) {
      return JsonNumber.of(number);
    }
    return of(property.type(), property.constraints(), property.narrowed(), depth);
  }

  private JsonValue of(Type type, Constraints constraints, List<String> narrowed, int depth) {
    if (type instanceof Type.Scalar scalar) {
      return scalar(scalar, constraints);
    }
    if (type instanceof Type.Ref ref) {
      return narrowed.isEmpty()
          ? of(Api.DESCRIPTION.schema(ref.schema()), depth + 1)
          : text(narrowed);
    }
    if (type instanceof Type.ListOf list) {
      return array(list, constraints, depth);
    }
    if (type instanceof Type.MapOf map) {
      JsonObject.Builder json = JsonObject.builder();
      for (int i = depth < DEEP ? random.nextInt(3) : 0; i > 0; i--) {
        json.put("name" + i, of(map.value(), Constraints.NONE, List.of(), depth + 1));
      }
      return json.build();
    }
    if (type instanceof Type.Mixed mixed) {
      return of(pick(mixed.alternatives()), Constraints.NONE, List.of(), depth);
    }
    return type == Type.Free.OBJECT ? JsonObject.of("free", anything()) : anything();
  }

  private JsonValue array(Type.ListOf list, Constraints constraints, int depth) {
    Constraints.Span size = constraints.size();
    int least = size == null ? 0 : (int) size.min();
    int count = depth < DEEP ? least + random.nextInt(3) : least;
    List<JsonValue> elements = new ArrayList<>();
    Constraints each = new Constraints(constraints.elementPattern(), null, null, null, null);
    for (int i = 0; i < count; i++) {
      elements.add(of(list.element(), each, List.of(), depth + 1));
    }
    return JsonArray.of(elements);
  }

  private JsonValue scalar(Type.Scalar scalar, Constraints constraints) {
    return switch (scalar) {
      case BOOLEAN -> JsonBoolean.of(random.nextBoolean());
      case INTEGER -> integer(constraints);
      case NUMBER ->
          constraints.range() == null
              ? JsonNumber.of(BigDecimal.valueOf(random.nextLong(), random.nextInt(9)))
              : integer(constraints);
      case INSTANT -> JsonString.of(time());
      case STRING -> constraints.pattern() == null ? string(constraints) : match(constraints);
    };
  }

  private JsonNumber integer(Constraints constraints) {
    Constraints.Span range = constraints.range();
    return JsonNumber.of(
        range == null
            ? random.nextLong()
            : random.nextLong(range.min(), Math.min(range.max(), 99) + 1));
  }

  private JsonString match(Constraints constraints) {
    String pattern = String.valueOf(constraints.pattern());
    if (pattern.equals("^\\d+$")) {
      return JsonString.of("1" + random.nextInt(Integer.MAX_VALUE) + "0000000000000000000");
    }
    if (pattern.startsWith("^0x[0-9a-fA-F]{40}")) {
      return JsonString.of("0x%040x".formatted(random.nextInt(Integer.MAX_VALUE)));
    }
    if (pattern.startsWith("^-----BEGIN")) {
      return JsonString.of("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n");
    }
    if (pattern.startsWith("^[a-zA-Z0-9_.:/+-]{1,100}")) {
      return JsonString.of("tag:" + random.nextInt(99));
    }
    if (pattern.equals("^[a-zA-Z0-9]*$")) {
      return JsonString.of(pick(List.of("", "Invoice4711")));
    }
    throw new AssertionError("Tell me a text that matches " + pattern);
  }

  private String time() {
    String offset = pick(List.of("Z", "+02:00", "-11:30"));
    String fraction = pick(List.of("", ".7", ".715", ".123456789"));
    return "20%02d-04-14T20:41:28".formatted(random.nextInt(10, 100)) + fraction + offset;
  }

  private JsonString text(List<String> values) {
    return JsonString.of(beyond && chance(20) ? "new " + random.nextInt(9) : pick(values));
  }

  private JsonString string() {
    return string(Constraints.NONE);
  }

  private JsonString string(Constraints constraints) {
    String text = pick(List.of("a", "ünï→", "\"\\\n", "wa-1f04s-lqc9q", " ", "0"));
    boolean mayBeEmpty = constraints.length() == null || constraints.length().min() == 0;
    return JsonString.of(mayBeEmpty && chance(10) ? "" : text);
  }

  private JsonValue anything() {
    return switch (random.nextInt(6)) {
      case 0 -> JsonNull.NULL;
      case 1 -> JsonBoolean.of(random.nextBoolean());
      case 2 -> JsonNumber.parse("1.50e3");
      case 3 -> JsonArray.of(List.of(string(), JsonNull.NULL));
      case 4 -> JsonObject.of("inner", string());
      default -> string();
    };
  }

  private void addUnknown(JsonObject.Builder json) {
    if (beyond && chance(40)) {
      json.put("notYetKnown" + random.nextInt(3), anything());
    }
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}

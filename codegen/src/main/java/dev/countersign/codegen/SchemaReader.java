package dev.countersign.codegen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.countersign.codegen.Constraints.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads schemas, properties and types. A keyword that it does not heed is refused. */
final class SchemaReader {

  private static final String REF = "#/components/schemas/";

  private static final Set<String> NAMED =
      Set.of(
          "type",
          "properties",
          "required",
          "enum",
          "oneOf",
          "anyOf",
          "discriminator",
          "additionalProperties",
          "x-dfns-domain");

  private static final Set<String> INLINE =
      Set.of(
          "$ref",
          "type",
          "format",
          "items",
          "additionalProperties",
          "oneOf",
          "anyOf",
          "enum",
          "const",
          "readOnly",
          "deprecated",
          "pattern",
          "minLength",
          "maxLength",
          "minItems",
          "maxItems",
          "minimum",
          "maximum",
          "properties",
          "x-dfns-secret");

  private SchemaReader() {}

  static Schema read(String name, Node node, Map<String, String> oldSpellings) {
    node.allow(NAMED);
    String domain = node.text("x-dfns-domain");
    if (node.has("oneOf") || node.has("anyOf")) {
      return union(name, domain, node);
    }
    String type = node.text("type");
    if (type.equals("string") && node.has("enum")) {
      List<String> values = node.texts("enum");
      Map<String, String> superseded = new LinkedHashMap<>(oldSpellings);
      superseded.keySet().retainAll(values);
      superseded.values().retainAll(values);
      return new Schema.EnumSchema(name, domain, values, superseded);
    }
    if (!type.equals("object")) {
      throw node.problem("a named schema is an object, an enumeration or a union");
    }
    if (node.has("additionalProperties")
        && !node.get("additionalProperties").json().equals(BooleanNode.TRUE)) {
      throw node.problem("a named object takes any further member, or does not speak of them");
    }
    return new Schema.ObjectSchema(name, domain, properties(node));
  }

  private static Schema union(String name, String domain, Node node) {
    Set<String> variants = new LinkedHashSet<>();
    boolean anyObject = false;
    boolean text = false;
    for (Node member : node.list(node.has("oneOf") ? "oneOf" : "anyOf")) {
      Type type = type(member);
      if (type instanceof Type.Ref ref) {
        variants.add(ref.schema());
      } else if (type == Type.Free.OBJECT) {
        anyObject = true;
      } else if (type == Type.Scalar.STRING) {
        text = true;
      } else {
        throw member.problem("a union's member is a named schema, an object or a string");
      }
    }
    Map<String, String> mapping = new LinkedHashMap<>();
    String discriminator = null;
    if (node.has("discriminator")) {
      discriminator = node.get("discriminator").text("propertyName");
      node.get("discriminator")
          .members("mapping")
          .forEach((value, target) -> mapping.put(value, schemaName(target)));
    }
    return new Schema.UnionSchema(
        name, domain, discriminator, mapping, List.copyOf(variants), anyObject, text);
  }

  private static List<Property> properties(Node node) {
    Map<String, Node> members = node.members("properties");
    List<String> required = node.texts("required");
    for (String name : required) {
      if (!members.containsKey(name)) {
        throw node.problem("'" + name + "' is required but not among the properties");
      }
    }
    List<Property> properties = new ArrayList<>();
    members.forEach((name, p) -> properties.add(property(name, p, required.contains(name))));
    return properties;
  }

  /** A property, or a parameter's schema. */
  static Property property(String name, Node node, boolean required) {
    return new Property(
        name,
        type(node),
        required,
        isNullable(node),
        node.flag("readOnly"),
        node.flag("deprecated"),
        node.flag("x-dfns-secret"),
        node.has("const") ? constant(node.get("const")) : null,
        node.texts("enum"),
        constraints(node));
  }

  static Type type(Node node) {
    node.allow(INLINE);
    if (node.has("$ref")) {
      return new Type.Ref(schemaName(node.get("$ref")));
    }
    if (node.has("oneOf")) {
      List<Node> others =
          node.list("oneOf").stream().filter(member -> !isNull(member.json())).toList();
      if (others.size() != 1) {
        throw node.problem("an inline oneOf is a type or null; give a union a name");
      }
      return type(others.get(0));
    }
    if (node.has("anyOf")) {
      return new Type.Mixed(node.list("anyOf").stream().map(SchemaReader::type).toList());
    }
    if (!node.has("type")) {
      return Type.Free.ANY;
    }
    List<Type> types = new ArrayList<>();
    for (String type : typeNames(node)) {
      if (!type.equals("null")) {
        types.add(type(type, node));
      }
    }
    return types.size() == 1 ? types.get(0) : new Type.Mixed(List.copyOf(types));
  }

  private static Type type(String type, Node node) {
    return switch (type) {
      case "string" -> string(node);
      case "boolean" -> Type.Scalar.BOOLEAN;
      case "integer" -> Type.Scalar.INTEGER;
      case "number" -> Type.Scalar.NUMBER;
      case "array" -> new Type.ListOf(type(node.get("items")));
      case "object" -> object(node);
      default -> throw node.problem("the type '" + type + "' does not exist");
    };
  }

  private static Type string(Node node) {
    String format = node.optionalText("format");
    if (format == null) {
      return Type.Scalar.STRING;
    }
    if (format.equals("date-time")) {
      return Type.Scalar.INSTANT;
    }
    throw node.problem("the generator does not know the format '" + format + "'");
  }

  private static Type object(Node node) {
    if (!node.has("additionalProperties")) {
      return Type.Free.OBJECT;
    }
    Node value = node.get("additionalProperties");
    return value.json().isBoolean() ? Type.Free.OBJECT : new Type.MapOf(type(value));
  }

  private static List<String> typeNames(Node node) {
    return node.get("type").json().isArray() ? node.texts("type") : List.of(node.text("type"));
  }

  private static boolean isNullable(Node node) {
    if (node.has("oneOf")) {
      return node.list("oneOf").stream().anyMatch(member -> isNull(member.json()));
    }
    return node.has("type") && typeNames(node).contains("null");
  }

  private static boolean isNull(JsonNode json) {
    return json.path("type").asText().equals("null");
  }

  private static Object constant(Node node) {
    if (node.json().isTextual()) {
      return node.text();
    }
    return node.json().isBoolean() ? node.bool() : (Object) node.integer();
  }

  private static Constraints constraints(Node node) {
    String elementPattern =
        node.has("items") && node.get("items").has("pattern")
            ? pattern(node.get("items").get("pattern"))
            : null;
    return new Constraints(
        node.has("pattern") ? pattern(node.get("pattern")) : null,
        elementPattern,
        span(node, "minLength", "maxLength"),
        span(node, "minItems", "maxItems"),
        span(node, "minimum", "maximum"));
  }

  private static String pattern(Node node) {
    String pattern = node.text();
    if (!pattern.startsWith("^") || !pattern.endsWith("$")) {
      throw node.problem("a pattern begins with ^ and ends with $, so that it covers everything");
    }
    return pattern;
  }

  private static @Nullable Span span(Node node, String min, String max) {
    if (!node.has(min) && !node.has(max)) {
      return null;
    }
    return new Span(
        node.has(min) ? node.get(min).integer() : 0,
        node.has(max) ? node.get(max).integer() : Long.MAX_VALUE);
  }

  static String schemaName(Node ref) {
    String target = ref.text();
    if (!target.startsWith(REF)) {
      throw ref.problem("a reference to a schema starts with " + REF);
    }
    return target.substring(REF.length());
  }
}

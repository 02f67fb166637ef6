package dev.countersign.codegen;

import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the schemas are used: what there is to say of them, the description having no prose. */
final class Usages {

  private static final int SHOWN = 3;

  private final Map<String, Set<String>> bodies = new LinkedHashMap<>();
  private final Map<String, Set<String>> answers = new LinkedHashMap<>();
  private final Map<String, Set<String>> variants = new LinkedHashMap<>();
  private final Map<String, Map<String, Set<String>>> members = new LinkedHashMap<>();

  Usages(Description description) {
    for (Operation operation : description.operations()) {
      if (operation.body() != null) {
        note(bodies, operation.body(), Links.to(operation));
      }
      if (operation.answer() instanceof Operation.Answer.Json json) {
        note(answers, json.type(), Links.to(operation));
      }
      operation.queryParameters().forEach(p -> noteMember(p, Links.to(operation)));
      operation.pathParameters().forEach(p -> noteMember(p, Links.to(operation)));
    }
    for (Schema schema : description.schemas()) {
      if (schema instanceof Schema.ObjectSchema object) {
        object.properties().forEach(p -> noteMember(p, Links.to(object)));
      } else if (schema instanceof Schema.UnionSchema union) {
        union.variants().forEach(v -> note(variants, new Type.Ref(v), variant(union, v)));
      }
    }
  }

  /** What a schema is, in a sentence. */
  CodeBlock sentence(Schema schema) {
    String name = schema.name();
    List<String> parts = new ArrayList<>();
    addPart(parts, "the body of ", bodies.get(name));
    addPart(parts, "what is answered by ", answers.get(name));
    addPart(parts, "a variant of ", variants.get(name));
    members
        .getOrDefault(name, Map.of())
        .forEach((member, owners) -> addPart(parts, member + " of ", owners));
    String start = "The API's {@code " + name + "}";
    return CodeBlock.of("$L.\n", parts.isEmpty() ? start : start + ": " + String.join("; ", parts));
  }

  private static void addPart(List<String> parts, String start, @Nullable Set<String> places) {
    if (places == null) {
      return;
    }
    List<String> all = List.copyOf(places);
    int shown = all.size() > SHOWN ? SHOWN - 1 : all.size();
    String text = start + String.join(", ", all.subList(0, shown));
    parts.add(shown == all.size() ? text : text + " and " + (all.size() - shown) + " more");
  }

  private static void note(Map<String, Set<String>> uses, Type type, String place) {
    if (type instanceof Type.Ref ref) {
      uses.computeIfAbsent(ref.schema(), s -> new LinkedHashSet<>()).add(place);
    } else if (type instanceof Type.ListOf list) {
      note(uses, list.element(), place);
    } else if (type instanceof Type.MapOf map) {
      note(uses, map.value(), place);
    }
  }

  private void noteMember(Property property, String owner) {
    Map<String, Set<String>> owners = new LinkedHashMap<>();
    note(owners, property.type(), owner);
    owners.forEach(
        (schema, places) ->
            members
                .computeIfAbsent(schema, s -> new LinkedHashMap<>())
                .computeIfAbsent("{@code " + property.name() + "}", n -> new LinkedHashSet<>())
                .addAll(places));
  }

  private static String variant(Schema.UnionSchema union, String variant) {
    List<String> values = new ArrayList<>();
    union
        .mapping()
        .forEach(
            (value, target) -> {
              if (target.equals(variant)) {
                values.add("{@code " + value + "}");
              }
            });
    String of = Links.to(union);
    return values.isEmpty()
        ? of
        : of + " with {@code " + union.discriminator() + "} " + String.join(" or ", values);
  }
}

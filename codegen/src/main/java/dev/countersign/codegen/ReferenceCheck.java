package dev.countersign.codegen;

import java.util.Map;

/** Checks that what a schema refers to exists and fits. */
final class ReferenceCheck {

  private ReferenceCheck() {}

  static void check(Schema schema, Map<String, Schema> all) {
    if (schema instanceof Schema.ObjectSchema object) {
      object.properties().forEach(p -> check(object.name() + "." + p.name(), p.type(), all));
    } else if (schema instanceof Schema.UnionSchema union) {
      checkUnion(union, all);
    }
  }

  static void check(String where, Type type, Map<String, Schema> all) {
    if (type instanceof Type.Ref ref && !all.containsKey(ref.schema())) {
      throw new DescriptionException(where, "there is no schema '" + ref.schema() + "'");
    } else if (type instanceof Type.ListOf list) {
      check(where, list.element(), all);
    } else if (type instanceof Type.MapOf map) {
      check(where, map.value(), all);
    }
  }

  private static void checkUnion(Schema.UnionSchema union, Map<String, Schema> all) {
    for (String name : union.variants()) {
      check(union.name(), new Type.Ref(name), all);
      if (!(all.get(name) instanceof Schema.ObjectSchema variant)) {
        throw new DescriptionException(union.name(), "its variant '" + name + "' is not an object");
      }
      if (!variant.domain().equals(union.domain())) {
        throw new DescriptionException(
            union.name(), "its variant '" + name + "' belongs to another domain");
      }
      if (union.discriminator() != null) {
        checkVariant(union, variant);
      }
    }
    union
        .mapping()
        .forEach(
            (value, target) -> {
              if (!union.variants().contains(target)) {
                throw new DescriptionException(
                    union.name(), "'" + value + "' stands for '" + target + "', no variant of it");
              }
            });
  }

  private static void checkVariant(Schema.UnionSchema union, Schema.ObjectSchema variant) {
    if (!union.mapping().containsValue(variant.name())) {
      throw new DescriptionException(
          union.name(), "no value of '" + union.discriminator() + "' stands for " + variant.name());
    }
    boolean has =
        variant.properties().stream()
            .anyMatch(p -> p.name().equals(union.discriminator()) && p.alwaysThere());
    if (!has) {
      throw new DescriptionException(
          union.name(),
          "its variant '" + variant.name() + "' does not require '" + union.discriminator() + "'");
    }
  }
}

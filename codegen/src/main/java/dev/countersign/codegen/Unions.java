package dev.countersign.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which objects are variants of which unions, and what the variants of a union have in common. */
final class Unions {

  private final Description description;
  private final Accessors accessors;
  private final Map<String, List<Schema.UnionSchema>> byVariant = new LinkedHashMap<>();
  private final Map<String, List<Property>> shared = new HashMap<>();

  Unions(Description description, Library library) {
    this.description = description;
    this.accessors = new Accessors(library);
    for (Schema schema : description.schemas()) {
      if (schema instanceof Schema.UnionSchema union) {
        union
            .variants()
            .forEach(v -> byVariant.computeIfAbsent(v, n -> new ArrayList<>()).add(union));
        shared.put(union.name(), findShared(union));
      }
    }
  }

  /** The interfaces that an object implements. */
  List<ClassName> interfacesOf(String object) {
    return byVariant.getOrDefault(object, List.of()).stream().map(Names::type).toList();
  }

  /** The properties of an object whose accessors its interfaces declare. */
  Set<String> inheritedBy(String object) {
    Set<String> inherited = new HashSet<>();
    for (Schema.UnionSchema union : byVariant.getOrDefault(object, List.of())) {
      shared(union).forEach(p -> inherited.add(p.name()));
    }
    return inherited;
  }

  /** The variants of a union, in the description's order. */
  List<Schema.ObjectSchema> variants(Schema.UnionSchema union) {
    return union.variants().stream()
        .map(name -> (Schema.ObjectSchema) description.schema(name))
        .toList();
  }

  /**
   * The properties that all variants have with the same type, so that a caller can read them
   * without knowing the variant. Only a discriminator makes variants that much of a family.
   */
  List<Property> shared(Schema.UnionSchema union) {
    return shared.getOrDefault(union.name(), List.of());
  }

  private List<Property> findShared(Schema.UnionSchema union) {
    List<Schema.ObjectSchema> variants = variants(union);
    if (union.discriminator() == null) {
      return List.of();
    }
    return variants.get(0).properties().stream()
        .filter(p -> variants.stream().allMatch(v -> has(v, p)))
        .map(Unions::general)
        .toList();
  }

  private boolean has(Schema.ObjectSchema variant, Property wanted) {
    TypeName type = accessors.returnType(wanted);
    return variant.properties().stream()
        .anyMatch(
            p ->
                p.name().equals(wanted.name())
                    && !p.deprecated()
                    && !wanted.deprecated()
                    && accessors.returnType(p).equals(type));
  }

  /** What holds for all variants: the type, and whether the value is always there. */
  private static Property general(Property p) {
    return new Property(
        p.name(),
        p.type(),
        p.alwaysThere(),
        false,
        false,
        false,
        p.secret(),
        null,
        List.of(),
        Constraints.NONE);
  }
}

package dev.countersign.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * Writes the factories of a union that is sent: one per variant and discriminator value, each
 * starting a builder, so that values are named and none is mistaken for another.
 */
final class UnionFactories {

  private final Description description;
  private final Unions unions;

  UnionFactories(Description description, Unions unions) {
    this.description = description;
    this.unions = unions;
  }

  List<MethodSpec> write(Schema.UnionSchema union) {
    List<MethodSpec> factories = new ArrayList<>();
    if (!description.isSent(union.name())) {
      return factories;
    }
    for (Schema.ObjectSchema variant : unions.variants(union)) {
      if (union.discriminator() == null) {
        String name = variant.name();
        String rest = name.startsWith(union.name()) ? name.substring(union.name().length()) : name;
        factories.add(
            factory(rest, variant)
                .addStatement("return $T.builder()", Names.type(variant))
                .build());
      } else {
        union
            .mapping()
            .forEach(
                (value, target) -> {
                  if (target.equals(variant.name())) {
                    factories.add(byValue(union, value, variant));
                  }
                });
      }
    }
    if (union.anyObject()) {
      factories.add(
          MethodSpec.methodBuilder("empty")
              .addJavadoc("The object without members.\n")
              .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
              .returns(Names.type(union))
              .addStatement("return of($T.empty())", Library.JSON_OBJECT)
              .build());
    }
    return factories;
  }

  private MethodSpec byValue(Schema.UnionSchema union, String value, Schema.ObjectSchema variant) {
    ClassName type = Names.type(variant);
    Property discriminator =
        variant.properties().stream()
            .filter(p -> p.name().equals(union.discriminator()))
            .findAny()
            .orElseThrow();
    MethodSpec.Builder factory = factory(value, variant);
    if (discriminator.isFixed()) {
      return factory.addStatement("return $T.builder()", type).build();
    }
    if (!(discriminator.type() instanceof Type.Ref ref
        && description.schema(ref.schema()) instanceof Schema.EnumSchema enumeration)) {
      throw new DescriptionException(
          variant.name(), "'" + discriminator.name() + "' is neither constant nor an enumeration");
    }
    return factory
        .addStatement(
            "return $T.builder().$L($T.$L)",
            type,
            Names.member(discriminator.name()),
            Names.type(enumeration),
            EnumWriter.constants(enumeration).get(value))
        .build();
  }

  private static MethodSpec.Builder factory(String value, Schema.ObjectSchema variant) {
    ClassName type = Names.type(variant);
    return MethodSpec.methodBuilder(Names.member(value))
        .addJavadoc("Starts a {@link $T}.\n", type)
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .returns(type.nestedClass("Builder"));
  }
}

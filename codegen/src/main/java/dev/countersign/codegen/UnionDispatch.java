package dev.countersign.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.lang.model.element.Modifier;

/** Writes how a union finds the variant of an object. */
final class UnionDispatch {

  private final Unions unions;

  UnionDispatch(Unions unions) {
    this.unions = unions;
  }

  /** The union's factory {@code of}. */
  MethodSpec write(Schema.UnionSchema union) {
    ClassName name = Names.type(union);
    MethodSpec.Builder of =
        MethodSpec.methodBuilder("of").addModifiers(Modifier.PUBLIC, Modifier.STATIC).returns(name);
    if (union.text()) {
      of.addJavadoc("The variant that a value is.\n")
          .addParameter(Library.JSON_VALUE, "value")
          .beginControlFlow("if (value instanceof $T text)", Library.JSON_STRING)
          .addStatement("return new Text(text)")
          .endControlFlow()
          .beginControlFlow("if (!(value instanceof $T json))", Library.JSON_OBJECT)
          .addStatement(
              "throw new $T($S + value.describe())", IllegalArgumentException.class, "Found ")
          .endControlFlow();
    } else {
      of.addJavadoc("The variant that an object is.\n").addParameter(Library.JSON_OBJECT, "json");
    }
    if (union.discriminator() != null) {
      byDiscriminator(union, of);
    } else {
      byShape(union, of);
    }
    return of.build();
  }

  private void byDiscriminator(Schema.UnionSchema union, MethodSpec.Builder of) {
    of.addCode("return switch (json.text($S).orElse($S)) {$>\n", union.discriminator(), "");
    for (Schema.ObjectSchema variant : unions.variants(union)) {
      CodeBlock values =
          union.mapping().entrySet().stream()
              .filter(e -> e.getValue().equals(variant.name()))
              .map(e -> CodeBlock.of("$S", e.getKey()))
              .collect(CodeBlock.joining(", "));
      of.addCode("case $L -> $T.of(json);\n", values, Names.type(variant));
    }
    of.addCode("default -> new Unknown(json);$<\n};\n");
  }

  private void byShape(Schema.UnionSchema union, MethodSpec.Builder of) {
    List<Schema.ObjectSchema> variants = new ArrayList<>(unions.variants(union));
    variants.sort(Comparator.comparingInt(UnionDispatch::demands).reversed());
    for (Schema.ObjectSchema variant : variants) {
      of.beginControlFlow("if ($L)", condition(union, variant))
          .addStatement("return $T.of(json)", Names.type(variant))
          .endControlFlow();
    }
    of.addStatement("return new Unknown(json)");
  }

  /** How much an object must have to be this variant. */
  private static int demands(Schema.ObjectSchema variant) {
    int demands = 0;
    for (Property property : variant.properties()) {
      if (property.required()) {
        demands += allowed(property).isEmpty() ? 1 : 2;
      }
    }
    return demands;
  }

  private static CodeBlock condition(Schema.UnionSchema union, Schema.ObjectSchema variant) {
    List<String> present = new ArrayList<>();
    Map<String, List<String>> texts = new TreeMap<>();
    for (Property property : variant.properties()) {
      if (property.required() && allowed(property).isEmpty()) {
        present.add(property.name());
      } else if (property.required()) {
        texts.put(property.name(), allowed(property));
      }
    }
    List<CodeBlock> conditions = new ArrayList<>();
    if (!present.isEmpty()) {
      conditions.add(CodeBlock.of("json.hasAll($L)", strings(present)));
    }
    texts.forEach(
        (name, values) ->
            conditions.add(
                values.size() == 1
                    ? CodeBlock.of(
                        "json.text($S).equals($T.of($S))", name, Optional.class, values.get(0))
                    : CodeBlock.of(
                        "$T.of($L).contains(json.text($S).orElse($S))",
                        List.class,
                        strings(values),
                        name,
                        "")));
    if (conditions.isEmpty()) {
      throw new DescriptionException(
          union.name(), "nothing tells its variant '" + variant.name() + "' from others");
    }
    return CodeBlock.join(conditions, " && ");
  }

  /** The only texts that may stand there; empty if there are others. */
  private static List<String> allowed(Property property) {
    return property.constant() instanceof String constant ? List.of(constant) : property.narrowed();
  }

  private static CodeBlock strings(List<String> strings) {
    return strings.stream().map(s -> CodeBlock.of("$S", s)).collect(CodeBlock.joining(", "));
  }
}

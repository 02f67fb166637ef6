package dev.countersign.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.lang.model.element.Modifier;

/** Writes the class of an enumeration: open, with constants for the known values. */
final class EnumWriter {

  private final Usages usages;

  EnumWriter(Usages usages) {
    this.usages = usages;
  }

  TypeSpec write(Schema.EnumSchema schema) {
    ClassName name = Names.type(schema);
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addJavadoc(usages.sentence(schema))
            .addJavadoc(
                "\n<p>Open: a value that this version does not know is kept. Known values are also"
                    + " identical ({@code ==}).\n")
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .superclass(Library.OPEN_ENUM);
    Map<String, String> constants = constants(schema);
    constants.forEach((value, constant) -> type.addField(constant(schema, name, value, constants)));
    return type.addField(known(name, constants.values()))
        .addField(
            FieldSpec.builder(ParameterizedTypeName.get(Library.JSON_TYPE, name), "TYPE")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("How it stands in JSON.\n")
                .initializer("$T.ofString($T::of, $T::value)", Library.JSON_TYPE, name, name)
                .build())
        .addMethod(
            MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(String.class, "value")
                .addParameter(boolean.class, "known")
                .addStatement("super(value, known)")
                .build())
        .addMethod(
            MethodSpec.methodBuilder("of")
                .addJavadoc("The value of a text; the constant, if there is one.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addParameter(String.class, "value")
                .returns(name)
                .addStatement(
                    "$T known = KNOWN.get($T.requireNonNull(value, $S))",
                    name,
                    Objects.class,
                    "value")
                .addStatement("return known != null ? known : new $T(value, false)", name)
                .build())
        .addMethod(
            MethodSpec.methodBuilder("known")
                .addJavadoc("The values that this version knows; unmodifiable.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(Library.listOf(name))
                .addStatement("return $T.copyOf(KNOWN.values())", List.class)
                .build())
        .build();
  }

  /** The values with the names of their constants; old spellings last. */
  static Map<String, String> constants(Schema.EnumSchema schema) {
    Map<String, String> constants = new LinkedHashMap<>();
    List<String> olderLast = new ArrayList<>(schema.values());
    olderLast.sort(Comparator.comparing(schema.superseded()::containsKey));
    for (String value : olderLast) {
      String constant = Names.constant(value);
      if (constants.containsValue(constant)) {
        constant = Names.constantWithoutWords(value);
      }
      if (constants.containsValue(constant)) {
        throw new DescriptionException(
            schema.name(), "two values have the same name in Java, " + constant);
      }
      constants.put(value, constant);
    }
    return constants;
  }

  private static FieldSpec constant(
      Schema.EnumSchema schema, ClassName name, String value, Map<String, String> constants) {
    FieldSpec.Builder field =
        FieldSpec.builder(name, constants.get(value))
            .addJavadoc("{@code $L}.\n", value)
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
            .initializer("new $T($S, true)", name, value);
    String successor = schema.superseded().get(value);
    if (successor != null) {
      field
          .addJavadoc("\n@deprecated the old spelling of {@link #$L}\n", constants.get(successor))
          .addAnnotation(Deprecated.class);
    }
    return field.build();
  }

  private static FieldSpec known(ClassName name, Collection<String> names) {
    CodeBlock constants =
        names.stream()
            .map(constant -> CodeBlock.of("$L", constant))
            .collect(CodeBlock.joining(", "));
    return FieldSpec.builder(Library.mapOf(name), "KNOWN")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer("index($L)", constants)
        .build();
  }
}

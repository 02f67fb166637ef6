package dev.countersign.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.countersign.codegen.Constraints.Span;
import dev.countersign.codegen.ViewWriter.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** Writes the builder of a view. */
final class BuilderWriter {

  private static final String DIGITS = "^\\d+$";

  private final Library library;

  BuilderWriter(Library library) {
    this.library = library;
  }

  /** The view's methods that start a builder. */
  List<MethodSpec> starters(View view) {
    ClassName builder = view.name().nestedClass("Builder");
    CodeBlock.Builder start =
        CodeBlock.builder().add("return new $T($T.", builder, Library.JSON_OBJECT);
    List<Property> fixed = view.properties().stream().filter(Property::isFixed).toList();
    if (fixed.isEmpty()) {
      start.add("empty())");
    } else if (fixed.size() == 1) {
      start.add("of($S, $L))", fixed.get(0).name(), Library.jsonConstant(constantOf(fixed.get(0))));
    } else {
      start.add("builder()");
      fixed.forEach(p -> start.add(".put($S, $L)", p.name(), Library.jsonConstant(constantOf(p))));
      start.add(".build())");
    }
    return List.of(
        MethodSpec.methodBuilder("builder")
            .addJavadoc("Starts one.\n")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .returns(builder)
            .addStatement(start.build())
            .build(),
        MethodSpec.methodBuilder("toBuilder")
            .addJavadoc("Starts one with everything that this one has.\n")
            .addModifiers(Modifier.PUBLIC)
            .returns(builder)
            .addStatement("return new $T(json())", builder)
            .build());
  }

  TypeSpec write(View view) {
    ClassName builder = view.name().nestedClass("Builder");
    TypeSpec.Builder type =
        TypeSpec.classBuilder(builder)
            .addJavadoc("Collects {@link $T}. Not thread-safe.\n", view.name())
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
            .superclass(ParameterizedTypeName.get(Library.JSON_VIEW_BUILDER, view.name(), builder))
            .addField(rules(view))
            .addMethod(ViewWriter.constructor());
    for (Property property : view.properties()) {
      if (!property.isFixed() && !property.readOnly()) {
        type.addMethods(setters(property, builder));
      }
    }
    return type.addMethod(
            MethodSpec.methodBuilder("build")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(view.name())
                .addStatement("return new $T(checked(RULES))", view.name())
                .build())
        .build();
  }

  private FieldSpec rules(View view) {
    CodeBlock.Builder rules =
        CodeBlock.builder().add("$T.of($S)", Library.JSON_RULES, view.name().simpleName());
    addNames(rules, "required", view.properties().stream().filter(Property::alwaysThere).toList());
    addNames(
        rules,
        "present",
        view.properties().stream().filter(p -> p.required() && p.nullable()).toList());
    if (view.sent()) {
      view.properties().forEach(p -> addConstraints(rules, p));
    }
    return FieldSpec.builder(Library.JSON_RULES, "RULES")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer(rules.build())
        .build();
  }

  private static void addNames(CodeBlock.Builder rules, String rule, List<Property> properties) {
    if (!properties.isEmpty()) {
      CodeBlock names =
          properties.stream()
              .map(p -> CodeBlock.of("$S", p.name()))
              .collect(CodeBlock.joining(", "));
      rules.add(".$L($L)", rule, names);
    }
  }

  private static void addConstraints(CodeBlock.Builder rules, Property property) {
    String name = property.name();
    Constraints constraints = property.constraints();
    if (property.constant() != null) {
      rules.add(".constant($S, $L)", name, Library.jsonConstant(constantOf(property)));
    }
    if (constraints.pattern() != null) {
      rules.add(".matches($S, $S)", name, constraints.pattern());
    }
    if (constraints.elementPattern() != null) {
      rules.add(".eachMatches($S, $S)", name, constraints.elementPattern());
    }
    addSpan(rules, "length", name, constraints.length());
    addSpan(rules, "size", name, constraints.size());
    addSpan(rules, "range", name, constraints.range());
  }

  private static void addSpan(
      CodeBlock.Builder rules, String rule, String name, @Nullable Span span) {
    if (span != null && span.max() == Long.MAX_VALUE) {
      rules.add(".$L($S, $L, $T.MAX_VALUE)", rule, name, span.min(), Long.class);
    } else if (span != null) {
      rules.add(".$L($S, $L, $L)", rule, name, span.min(), span.max());
    }
  }

  private List<MethodSpec> setters(Property property, ClassName builder) {
    List<MethodSpec> setters = new ArrayList<>();
    if (property.constant() != null) {
      setters.add(
          setter(property, builder)
              .addStatement(
                  "return with($S, $L)",
                  property.name(),
                  Library.jsonConstant(constantOf(property)))
              .build());
    } else if (property.type() instanceof Type.Mixed mixed) {
      mixed.alternatives().forEach(type -> setters.add(setter(property, type, builder)));
    } else {
      setters.add(setter(property, property.type(), builder));
    }
    if (DIGITS.equals(property.constraints().pattern())) {
      String parameter = Names.member(property.name());
      setters.add(
          setter(property, builder)
              .addParameter(Library.BIG_INTEGER, parameter)
              .addStatement("return $L($L.toString())", parameter, parameter)
              .build());
    }
    if (property.nullable()) {
      setters.add(
          MethodSpec.methodBuilder("clear" + Names.capitalised(Names.member(property.name())))
              .addJavadoc("Sets {@code $L} to null.\n", property.name())
              .addModifiers(Modifier.PUBLIC)
              .returns(builder)
              .addStatement("return with($S, $T.NULL)", property.name(), Library.JSON_NULL)
              .build());
    }
    return setters;
  }

  private MethodSpec setter(Property property, Type type, ClassName builder) {
    String parameter = Names.member(property.name());
    TypeName parameterType = property.secret() ? Library.SECRET : library.parameterType(type);
    return setter(property, builder)
        .addParameter(parameterType, parameter)
        .addStatement("return $L", write(property, type, parameter))
        .build();
  }

  private CodeBlock write(Property property, Type type, String parameter) {
    String name = property.name();
    if (property.secret()) {
      return CodeBlock.of("set($S, $T.STRING, $L.reveal())", name, Library.JSON_TYPE, parameter);
    }
    if (type instanceof Type.ListOf list) {
      return CodeBlock.of("setList($S, $L, $L)", name, library.jsonType(list.element()), parameter);
    }
    if (type instanceof Type.MapOf map) {
      return CodeBlock.of("setMap($S, $L, $L)", name, library.jsonType(map.value()), parameter);
    }
    return CodeBlock.of("set($S, $L, $L)", name, library.jsonType(type), parameter);
  }

  private static MethodSpec.Builder setter(Property property, ClassName builder) {
    MethodSpec.Builder setter =
        MethodSpec.methodBuilder(Names.member(property.name()))
            .addJavadoc(PropertyDoc.setter(property))
            .addModifiers(Modifier.PUBLIC)
            .returns(builder);
    return property.deprecated() ? setter.addAnnotation(Deprecated.class) : setter;
  }

  private static Object constantOf(Property property) {
    return Objects.requireNonNull(property.constant(), property.name());
  }
}

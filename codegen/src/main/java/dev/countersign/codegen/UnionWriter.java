package dev.countersign.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the sealed interface of a union. */
final class UnionWriter {

  private final Unions unions;
  private final Usages usages;
  private final Accessors accessors;
  private final UnionDispatch dispatch;
  private final UnionFactories factories;

  UnionWriter(Description description, Library library, Unions unions, Usages usages) {
    this.unions = unions;
    this.usages = usages;
    this.accessors = new Accessors(library);
    this.dispatch = new UnionDispatch(unions);
    this.factories = new UnionFactories(description, unions);
  }

  TypeSpec write(Schema.UnionSchema union) {
    ClassName name = Names.type(union);
    List<ClassName> variants = unions.variants(union).stream().map(Names::type).toList();
    TypeSpec.Builder type =
        TypeSpec.interfaceBuilder(name)
            .addJavadoc(usages.sentence(union))
            .addJavadoc("\n<p>$L\n", told(union))
            .addModifiers(Modifier.PUBLIC, Modifier.SEALED)
            .addPermittedSubclasses(variants)
            .addPermittedSubclass(name.nestedClass("Unknown"))
            .addField(typeConstant(union, name))
            .addMethod(dispatch.write(union))
            .addMethods(factories.write(union))
            .addMethod(
                MethodSpec.methodBuilder("json")
                    .addJavadoc("All of it, including what this version does not know.\n")
                    .addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT)
                    .returns(union.text() ? Library.JSON_VALUE : Library.JSON_OBJECT)
                    .build());
    unions.shared(union).forEach(p -> type.addMethod(accessors.declare(p)));
    if (union.text()) {
      type.addPermittedSubclass(name.nestedClass("Text")).addType(TextVariant.write(name));
    }
    return type.addType(unknown(union, name)).build();
  }

  private static String told(Schema.UnionSchema union) {
    if (union.discriminator() != null) {
      return "The variants are told apart by {@code " + union.discriminator() + "}.";
    }
    return "The variants are told apart by what they hold: the one that asks most wins.";
  }

  private static FieldSpec typeConstant(Schema.UnionSchema union, ClassName name) {
    CodeBlock initializer =
        union.text()
            ? CodeBlock.of(
                "$T.of($S, $T::of, $T::json)",
                Library.JSON_TYPE,
                "an object or a string",
                name,
                name)
            : CodeBlock.of("$T.ofObject($T::of, $T::json)", Library.JSON_TYPE, name, name);
    return FieldSpec.builder(ParameterizedTypeName.get(Library.JSON_TYPE, name), "TYPE")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc("How it stands in JSON.\n")
        .initializer(initializer)
        .build();
  }

  private TypeSpec unknown(Schema.UnionSchema union, ClassName name) {
    TypeSpec.Builder type =
        TypeSpec.classBuilder("Unknown")
            .addJavadoc(
                union.anyObject()
                    ? "Any other object; the API allows it.\n"
                    : "A variant that this version does not know.\n")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
            .superclass(Library.JSON_VIEW)
            .addSuperinterface(name)
            .addMethod(ViewWriter.constructor());
    for (Property property : unions.shared(union)) {
      type.addMethod(accessors.write(property).addAnnotation(Override.class).build());
    }
    return type.build();
  }
}

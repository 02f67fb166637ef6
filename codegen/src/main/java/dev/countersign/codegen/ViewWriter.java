package dev.countersign.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** Writes the class of an object: a view with accessors and a builder. */
final class ViewWriter {

  private final Accessors accessors;
  private final BuilderWriter builders;

  ViewWriter(Library library) {
    this.accessors = new Accessors(library);
    this.builders = new BuilderWriter(library);
  }

  /**
   * A view to write.
   *
   * @param name its class
   * @param doc what it is
   * @param properties its members
   * @param unions the interfaces of the unions it is a variant of
   * @param inherited the names of the properties whose accessors these interfaces declare
   * @param sent whether it is sent to Dfns, so that the builder checks more than required members
   * @param query whether it is a query, which does not stand in JSON
   */
  record View(
      ClassName name,
      CodeBlock doc,
      List<Property> properties,
      List<ClassName> unions,
      Set<String> inherited,
      boolean sent,
      boolean query) {}

  TypeSpec write(View view) {
    checkNames(view);
    ClassName name = view.name();
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addJavadoc(view.doc())
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .superclass(Library.JSON_VIEW)
            .addSuperinterfaces(view.unions())
            .addMethod(constructor())
            .addMethod(of(name))
            .addMethods(builders.starters(view));
    if (!view.query()) {
      type.addField(typeConstant(name));
    }
    for (Property property : view.properties()) {
      MethodSpec.Builder accessor =
          accessors.write(property).addJavadoc(PropertyDoc.accessor(property));
      if (view.inherited().contains(property.name())) {
        accessor.addAnnotation(Override.class);
      }
      if (property.deprecated()) {
        accessor.addAnnotation(Deprecated.class);
      }
      type.addMethod(accessor.build());
    }
    return type.addType(builders.write(view)).build();
  }

  private static FieldSpec typeConstant(ClassName name) {
    return FieldSpec.builder(ParameterizedTypeName.get(Library.JSON_TYPE, name), "TYPE")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc("How it stands in JSON.\n")
        .initializer("$T.ofView($T::new)", Library.JSON_TYPE, name)
        .build();
  }

  static MethodSpec constructor() {
    return MethodSpec.constructorBuilder()
        .addModifiers(Modifier.PRIVATE)
        .addParameter(Library.JSON_OBJECT, "json")
        .addStatement("super(json)")
        .build();
  }

  static MethodSpec of(ClassName name) {
    return MethodSpec.methodBuilder("of")
        .addJavadoc("A view of an object, whatever it holds.\n")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .addParameter(Library.JSON_OBJECT, "json")
        .returns(name)
        .addStatement("return new $T(json)", name)
        .build();
  }

  private static void checkNames(View view) {
    Set<String> members = new HashSet<>();
    for (Property property : view.properties()) {
      if (!members.add(Names.member(property.name()))) {
        throw new DescriptionException(
            view.name().simpleName() + "." + property.name(),
            "another member has the same name in Java, " + Names.member(property.name()));
      }
    }
  }
}

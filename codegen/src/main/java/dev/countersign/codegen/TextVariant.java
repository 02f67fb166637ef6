package dev.countersign.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import javax.lang.model.element.Modifier;

/** Writes the variant of a union that is a string. */
final class TextVariant {

  private TextVariant() {}

  static TypeSpec write(ClassName union) {
    return TypeSpec.classBuilder("Text")
        .addJavadoc("Text.\n")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .addSuperinterface(union)
        .addField(Library.JSON_STRING, "json", Modifier.PRIVATE, Modifier.FINAL)
        .addMethod(
            MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(Library.JSON_STRING, "json")
                .addStatement("this.json = json")
                .build())
        .addMethod(
            method("value", ClassName.get(String.class))
                .addJavadoc("The text.\n")
                .addStatement("return json.value()")
                .build())
        .addMethod(
            method("json", Library.JSON_STRING)
                .addAnnotation(Override.class)
                .addStatement("return json")
                .build())
        .addMethod(
            MethodSpec.methodBuilder("equals")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .addParameter(Object.class, "other")
                .returns(boolean.class)
                .addStatement("return other instanceof Text that && json.equals(that.json)")
                .build())
        .addMethod(
            MethodSpec.methodBuilder("hashCode")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(int.class)
                .addStatement("return json.hashCode()")
                .build())
        .addMethod(
            method("toString", ClassName.get(String.class))
                .addAnnotation(Override.class)
                .addStatement("return json.toString()")
                .build())
        .build();
  }

  private static MethodSpec.Builder method(String name, ClassName returns) {
    return MethodSpec.methodBuilder(name).addModifiers(Modifier.PUBLIC).returns(returns);
  }
}

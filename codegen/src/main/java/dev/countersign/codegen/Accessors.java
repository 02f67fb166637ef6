package dev.countersign.codegen;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import javax.lang.model.element.Modifier;

/** Writes the methods by which a view is read. */
final class Accessors {

  private final Library library;

  Accessors(Library library) {
    this.library = library;
  }

  /** What the accessor of a property returns. */
  TypeName returnType(Property property) {
    TypeName type = property.secret() ? Library.SECRET : library.javaType(property.type());
    return property.alwaysThere() ? type : Library.optionalOf(type);
  }

  /** The accessor of a property. */
  MethodSpec.Builder write(Property property) {
    return signature(property)
        .addModifiers(Modifier.PUBLIC)
        .addStatement("return $L", read(property));
  }

  /** The accessor as a union declares it. */
  MethodSpec declare(Property property) {
    return signature(property)
        .addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT)
        .addJavadoc(PropertyDoc.shared(property))
        .build();
  }

  private MethodSpec.Builder signature(Property property) {
    return MethodSpec.methodBuilder(Names.member(property.name())).returns(returnType(property));
  }

  private CodeBlock read(Property property) {
    String how = property.alwaysThere() ? "required" : "optional";
    String name = property.name();
    if (property.secret()) {
      CodeBlock text = CodeBlock.of("$L($S, $T.STRING)", how, name, Library.JSON_TYPE);
      return property.alwaysThere()
          ? CodeBlock.of("$T.of($L)", Library.SECRET, text)
          : CodeBlock.of("$L.map($T::of)", text, Library.SECRET);
    }
    if (property.type() instanceof Type.ListOf list) {
      return CodeBlock.of("$LList($S, $L)", how, name, library.jsonType(list.element()));
    }
    if (property.type() instanceof Type.MapOf map) {
      return CodeBlock.of("$LMap($S, $L)", how, name, library.jsonType(map.value()));
    }
    return CodeBlock.of("$L($S, $L)", how, name, library.jsonType(property.type()));
  }
}

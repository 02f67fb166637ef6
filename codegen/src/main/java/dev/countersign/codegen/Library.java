package dev.countersign.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.WildcardTypeName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The hand-written types that generated code stands on, and how the API's types look in Java. */
final class Library {

  static final ClassName JSON_TYPE = json("JsonType");
  static final ClassName JSON_VALUE = json("JsonValue");
  static final ClassName JSON_OBJECT = json("JsonObject");
  static final ClassName JSON_STRING = json("JsonString");
  static final ClassName JSON_NUMBER = json("JsonNumber");
  static final ClassName JSON_BOOLEAN = json("JsonBoolean");
  static final ClassName JSON_NULL = json("JsonNull");
  static final ClassName JSON_VIEW = json("JsonView");
  static final ClassName JSON_VIEW_BUILDER = json("JsonViewBuilder");
  static final ClassName JSON_RULES = json("JsonRules");
  static final ClassName OPEN_ENUM = json("OpenEnum");
  static final ClassName SECRET = ClassName.get(Names.ROOT + ".credential", "Secret");
  static final ClassName CREDENTIAL = ClassName.get(Names.ROOT + ".credential", "Credential");
  static final ClassName CREDENTIAL_SOURCE =
      ClassName.get(Names.ROOT + ".credential", "CredentialSource");
  static final ClassName ACCESS_TOKEN = ClassName.get(Names.ROOT + ".credential", "AccessToken");
  static final ClassName CALL = call("Call");
  static final ClassName FROZEN_CALL = call("FrozenCall");
  static final ClassName PAGED_CALL = call("PagedCall");
  static final ClassName CALLS = call("Calls");
  static final ClassName LOOKUP = ClassName.get(Names.ROOT + ".lookup", "Lookup");
  static final ClassName OPERATION = call("Operation");
  static final ClassName ARGUMENTS = call("Arguments");
  static final ClassName ANSWER = call("Answer");
  static final ClassName OUTCOME = call("Outcome");
  static final ClassName NO_CONTENT = call("NoContent");
  static final ClassName CHECK_RETURN_VALUE = call("CheckReturnValue");
  static final ClassName NULL_MARKED = ClassName.get("org.jspecify.annotations", "NullMarked");
  static final ClassName BIG_INTEGER = ClassName.get(BigInteger.class);

  private final Description description;

  Library(Description description) {
    this.description = description;
  }

  private static ClassName json(String name) {
    return ClassName.get(Names.ROOT + ".json", name);
  }

  private static ClassName call(String name) {
    return ClassName.get(Names.ROOT + ".call", name);
  }

  /** The Java type of a value that is there. */
  TypeName javaType(Type type) {
    if (type instanceof Type.Scalar scalar) {
      return switch (scalar) {
        case STRING -> ClassName.get(String.class);
        case BOOLEAN -> TypeName.BOOLEAN;
        case INTEGER -> TypeName.LONG;
        case NUMBER -> ClassName.get(BigDecimal.class);
        case INSTANT -> ClassName.get(Instant.class);
      };
    }
    if (type instanceof Type.Ref ref) {
      return className(ref);
    }
    if (type instanceof Type.ListOf list) {
      return listOf(javaType(list.element()));
    }
    if (type instanceof Type.MapOf map) {
      return mapOf(javaType(map.value()));
    }
    return type == Type.Free.OBJECT ? JSON_OBJECT : JSON_VALUE;
  }

  /** The Java type that a setter takes: lists and maps of a union accept those of a variant. */
  TypeName parameterType(Type type) {
    if (type instanceof Type.ListOf list && isUnion(list.element())) {
      return listOf(WildcardTypeName.subtypeOf(javaType(list.element())));
    }
    if (type instanceof Type.MapOf map && isUnion(map.value())) {
      return mapOf(WildcardTypeName.subtypeOf(javaType(map.value())));
    }
    return javaType(type);
  }

  /** The expression for the JsonType. */
  CodeBlock jsonType(Type type) {
    if (type instanceof Type.Scalar scalar) {
      return switch (scalar) {
        case STRING -> CodeBlock.of("$T.STRING", JSON_TYPE);
        case BOOLEAN -> CodeBlock.of("$T.BOOLEAN", JSON_TYPE);
        case INTEGER -> CodeBlock.of("$T.LONG", JSON_TYPE);
        case NUMBER -> CodeBlock.of("$T.DECIMAL", JSON_TYPE);
        case INSTANT -> CodeBlock.of("$T.INSTANT", JSON_TYPE);
      };
    }
    if (type instanceof Type.Ref ref) {
      return CodeBlock.of("$T.TYPE", className(ref));
    }
    if (type instanceof Type.ListOf list) {
      return CodeBlock.of("$L.list()", jsonType(list.element()));
    }
    if (type instanceof Type.MapOf map) {
      return CodeBlock.of("$L.map()", jsonType(map.value()));
    }
    return CodeBlock.of("$T.$L", JSON_TYPE, type == Type.Free.OBJECT ? "OBJECT" : "ANY");
  }

  /** The expression for a constant's JSON value. */
  static CodeBlock jsonConstant(Object constant) {
    if (constant instanceof String string) {
      return CodeBlock.of("$T.of($S)", JSON_STRING, string);
    }
    return constant instanceof Boolean bool
        ? CodeBlock.of("$T.of($L)", JSON_BOOLEAN, bool)
        : CodeBlock.of("$T.of($LL)", JSON_NUMBER, constant);
  }

  ClassName className(Type.Ref ref) {
    return Names.type(description.schema(ref.schema()));
  }

  private boolean isUnion(Type type) {
    return type instanceof Type.Ref ref
        && description.schema(ref.schema()) instanceof Schema.UnionSchema;
  }

  static TypeName optionalOf(TypeName type) {
    return ParameterizedTypeName.get(ClassName.get(Optional.class), type.box());
  }

  static TypeName listOf(TypeName type) {
    return ParameterizedTypeName.get(ClassName.get(List.class), type.box());
  }

  static TypeName mapOf(TypeName type) {
    return ParameterizedTypeName.get(
        ClassName.get(Map.class), ClassName.get(String.class), type.box());
  }
}

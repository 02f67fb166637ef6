package dev.countersign.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import dev.countersign.codegen.Operation.Answer;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the class with a domain's operations as values. */
final class OperationsWriter {

  private static final TypeName ANY_OPERATION =
      ParameterizedTypeName.get(Library.OPERATION, WildcardTypeName.subtypeOf(Object.class));

  private final Description description;
  private final Library library;

  OperationsWriter(Description description, Library library) {
    this.description = description;
    this.library = library;
  }

  /** The class of a domain's operations. */
  static ClassName classOf(String domain) {
    return Names.type(domain, Names.capitalised(domain) + "Operations");
  }

  /** The expression for an operation. */
  static CodeBlock valueOf(Operation operation) {
    return CodeBlock.of("$T.$L()", classOf(operation.domain()), operation.id());
  }

  TypeSpec write(String domain) {
    List<Operation> operations = description.operations(domain);
    TypeSpec.Builder type =
        TypeSpec.classBuilder(classOf(domain))
            .addJavadoc(
                """
                The operations of {@link $T} as values: what a frozen call is resumed with, and what tells
                method, path and security of an operation without calling it.
                """,
                ApiWriter.interfaceOf(domain))
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build())
            .addMethod(
                MethodSpec.methodBuilder("all")
                    .addJavadoc("All of them, in the order of the API description.\n")
                    .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                    .returns(Library.listOf(ANY_OPERATION))
                    .addStatement(
                        "return $T.of($L)",
                        List.class,
                        operations.stream()
                            .map(operation -> CodeBlock.of("$L()", operation.id()))
                            .collect(CodeBlock.joining(", ")))
                    .build());
    operations.forEach(operation -> type.addMethod(value(operation)));
    return type.build();
  }

  private MethodSpec value(Operation operation) {
    return MethodSpec.methodBuilder(operation.id())
        .addJavadoc("$L.\n", Links.to(operation))
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .returns(ParameterizedTypeName.get(Library.OPERATION, result(operation)))
        .addStatement(
            "return $T.of($S, $S, $S, $T.$L, $L)$L",
            Library.OPERATION,
            operation.id(),
            operation.method(),
            operation.path(),
            Library.OPERATION.nestedClass("Security"),
            operation.security(),
            answer(operation),
            operation.facts().idempotentBy() == null ? "" : ".idempotent()")
        .build();
  }

  /** What a call of an operation gives. */
  TypeName result(Operation operation) {
    TypeName done = done(operation.answer());
    return operation.mayAwaitApproval() ? ParameterizedTypeName.get(Library.OUTCOME, done) : done;
  }

  private TypeName done(Answer answer) {
    if (answer instanceof Answer.Json json) {
      return library.javaType(json.type()).box();
    }
    return answer instanceof Answer.Text ? ClassName.get(String.class) : Library.NO_CONTENT;
  }

  private CodeBlock answer(Operation operation) {
    CodeBlock done =
        operation.answer() instanceof Answer.Json json
            ? CodeBlock.of(
                "$T.$L($L)",
                Library.ANSWER,
                json.orText() ? "jsonOrText" : "json",
                library.jsonType(json.type()))
            : CodeBlock.of(
                "$T.$L()",
                Library.ANSWER,
                operation.answer() instanceof Answer.Text ? "text" : "nothing");
    return operation.mayAwaitApproval()
        ? CodeBlock.of("$T.outcome($L)", Library.ANSWER, done)
        : done;
  }
}

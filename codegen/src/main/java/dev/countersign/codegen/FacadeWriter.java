package dev.countersign.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.TypeVariableName;
import java.util.Map;
import java.util.Objects;
import javax.lang.model.element.Modifier;

/** Writes the facade that applications call. */
final class FacadeWriter {

  static final ClassName NAME = ClassName.get(Names.ROOT, "Dfns");

  private static final TypeVariableName T = TypeVariableName.get("T");

  private FacadeWriter() {}

  static TypeSpec write(Map<String, String> domains) {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(NAME)
            .addJavadoc(
                """
                Dfns, as applications see it: one accessor per domain of the API.

                <p>Methods of the domains prepare calls; {@link $T} says how they are run. Immutable and safe
                for use by several threads. It owns nothing and need not be closed.
                """,
                Library.CALL)
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addField(Library.CALLS, "calls", Modifier.PRIVATE, Modifier.FINAL)
            .addMethod(
                MethodSpec.constructorBuilder()
                    .addModifiers(Modifier.PRIVATE)
                    .addParameter(Library.CALLS, "calls")
                    .addStatement(
                        "this.calls = $T.requireNonNull(calls, $S)", Objects.class, "calls")
                    .build())
            .addMethod(
                MethodSpec.methodBuilder("over")
                    .addJavadoc("Dfns, its calls run by an engine.\n")
                    .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                    .addParameter(Library.CALLS, "calls")
                    .returns(NAME)
                    .addStatement("return new $T(calls)", NAME)
                    .build());
    type.addMethod(as(Library.CREDENTIAL_SOURCE, "credentials", CodeBlock.of("credentials")))
        .addMethod(
            as(
                Library.ACCESS_TOKEN,
                "token",
                CodeBlock.of("$T.of($T.of(token))", Library.CREDENTIAL_SOURCE, Library.CREDENTIAL)))
        .addMethod(resume())
        .addMethod(prepare())
        .addMethod(
            MethodSpec.methodBuilder("lookup")
                .addJavadoc("Finds out what became of a change whose answer was lost.\n")
                .addModifiers(Modifier.PUBLIC)
                .returns(Library.LOOKUP)
                .addStatement("return $T.over(calls)", Library.LOOKUP)
                .build())
        .addMethod(waits());
    domains.forEach(
        (domain, about) ->
            type.addMethod(
                MethodSpec.methodBuilder(Names.member(domain))
                    .addJavadoc("$L\n", about)
                    .addModifiers(Modifier.PUBLIC)
                    .returns(ApiWriter.interfaceOf(domain))
                    .addStatement("return $T.over(calls)", ApiWriter.interfaceOf(domain))
                    .build()));
    return type.build();
  }

  private static MethodSpec as(ClassName type, String name, CodeBlock credentials) {
    return MethodSpec.methodBuilder("as")
        .addJavadoc(
            type.equals(Library.ACCESS_TOKEN)
                ? """
                The same Dfns for the holder of a token: an end user who logged in by delegation, or somebody
                with the temporary token of a registration or recovery. What must be signed is signed by
                them, see {@link Call#begin()}.
                """
                : "The same Dfns for somebody else.\n")
        .addModifiers(Modifier.PUBLIC)
        .addParameter(type, name)
        .returns(NAME)
        .addStatement("return new $T(calls.as($L))", NAME, credentials)
        .build();
  }

  private static MethodSpec resume() {
    return MethodSpec.methodBuilder("resume")
        .addJavadoc(
            """
            A call that was frozen between its challenge and its signature, perhaps in another process.

            @param operation which, such as {@code WalletsOperations.createWallet()}
            @param frozen what {@link $1T#freeze()} gave
            @throws IllegalArgumentException if it is something else, or a call of another operation
            """,
            Library.FROZEN_CALL)
        .addAnnotation(Library.CHECK_RETURN_VALUE)
        .addModifiers(Modifier.PUBLIC)
        .addTypeVariable(T)
        .addParameter(ParameterizedTypeName.get(Library.OPERATION, T), "operation")
        .addParameter(String.class, "frozen")
        .returns(ParameterizedTypeName.get(Library.FROZEN_CALL, T))
        .addStatement("return calls.resume(operation, frozen)")
        .build();
  }

  private static MethodSpec prepare() {
    return MethodSpec.methodBuilder("prepare")
        .addJavadoc(
            """
            A call of an operation that Dfns has and this version has no method for yet: signed, sent and
            judged as every other.
            """)
        .addAnnotation(Library.CHECK_RETURN_VALUE)
        .addModifiers(Modifier.PUBLIC)
        .addTypeVariable(T)
        .addParameter(ParameterizedTypeName.get(Library.OPERATION, T), "operation")
        .addParameter(Library.ARGUMENTS, "arguments")
        .returns(ParameterizedTypeName.get(Library.CALL, T))
        .addStatement("return calls.prepare(operation, arguments)")
        .build();
  }

  private static MethodSpec waits() {
    ClassName waits = ClassName.get(Names.ROOT + ".approval", "Waits");
    return MethodSpec.methodBuilder("waits")
        .addJavadoc(
            """
            Starts waiting for what Dfns has not finished yet: approvals, transfers and the like. Open it
            once for all of them, and close it.
            """)
        .addModifiers(Modifier.PUBLIC)
        .returns(waits.nestedClass("Builder"))
        .addStatement("return $T.over(calls)", waits)
        .build();
  }
}

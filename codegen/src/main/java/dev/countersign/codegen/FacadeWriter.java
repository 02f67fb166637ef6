package dev.countersign.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.Map;
import java.util.Objects;
import javax.lang.model.element.Modifier;

/** Writes the facade that applications call. */
final class FacadeWriter {

  static final ClassName NAME = ClassName.get(Names.ROOT, "Dfns");

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
}

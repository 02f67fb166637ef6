package dev.countersign.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.countersign.codegen.Operation.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.lang.model.element.Modifier;

/** Writes the interface of a domain and the class behind it. */
final class ApiWriter {

  private final Description description;
  private final Library library;
  private final OperationsWriter operations;

  ApiWriter(Description description, Library library, OperationsWriter operations) {
    this.description = description;
    this.library = library;
    this.operations = operations;
  }

  static ClassName interfaceOf(String domain) {
    return Names.type(domain, Names.capitalised(domain) + "Api");
  }

  private static ClassName classOf(String domain) {
    return Names.type(domain, "Calls" + Names.capitalised(domain) + "Api");
  }

  /** The class of an operation's query. */
  static ClassName queryOf(Operation operation) {
    return Names.type(operation.domain(), Names.capitalised(operation.id()) + "Query");
  }

  TypeSpec writeInterface(String domain, String about) {
    ClassName name = interfaceOf(domain);
    TypeSpec.Builder type =
        TypeSpec.interfaceBuilder(name)
            .addJavadoc("$L\n\n", about)
            .addJavadoc(
                "<p>Methods prepare calls: nothing is sent until the call is run. Safe for use by"
                    + " several threads.\n")
            .addAnnotation(Library.CHECK_RETURN_VALUE)
            .addModifiers(Modifier.PUBLIC)
            .addMethod(
                MethodSpec.methodBuilder("over")
                    .addJavadoc("The operations, run by an engine.\n")
                    .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                    .addParameter(Library.CALLS, "calls")
                    .returns(name)
                    .addStatement("return new $T(calls)", classOf(domain))
                    .build());
    for (Operation operation : description.operations(domain)) {
      type.addMethod(
          signature(operation)
              .addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT)
              .addJavadoc(OperationDoc.of(operation, description))
              .build());
      if (!operation.queryParameters().isEmpty() && operation.queryIsOptional()) {
        type.addMethod(withoutQuery(operation));
      }
    }
    return type.build();
  }

  TypeSpec writeClass(String domain) {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(classOf(domain))
            .addJavadoc("The operations as calls of an engine.\n")
            .addModifiers(Modifier.FINAL)
            .addSuperinterface(interfaceOf(domain))
            .addField(Library.CALLS, "calls", Modifier.PRIVATE, Modifier.FINAL)
            .addMethod(
                MethodSpec.constructorBuilder()
                    .addParameter(Library.CALLS, "calls")
                    .addStatement(
                        "this.calls = $T.requireNonNull(calls, $S)", Objects.class, "calls")
                    .build());
    for (Operation operation : description.operations(domain)) {
      type.addMethod(
          signature(operation)
              .addAnnotation(Override.class)
              .addModifiers(Modifier.PUBLIC)
              .addCode(prepare(operation))
              .build());
    }
    return type.build();
  }

  private MethodSpec.Builder signature(Operation operation) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(operation.id())
            .addParameters(parameters(operation))
            .returns(returnType(operation));
    return operation.facts().deprecated() ? method.addAnnotation(Deprecated.class) : method;
  }

  private List<ParameterSpec> parameters(Operation operation) {
    List<ParameterSpec> parameters = new ArrayList<>();
    for (Property p : operation.pathParameters()) {
      parameters.add(
          ParameterSpec.builder(library.javaType(p.type()), Names.member(p.name())).build());
    }
    if (operation.body() != null) {
      parameters.add(ParameterSpec.builder(library.javaType(operation.body()), "body").build());
    }
    if (operation.file()) {
      parameters.add(ParameterSpec.builder(byte[].class, "file").build());
    }
    if (!operation.queryParameters().isEmpty()) {
      parameters.add(ParameterSpec.builder(queryOf(operation), "query").build());
    }
    return parameters;
  }

  private MethodSpec withoutQuery(Operation operation) {
    List<ParameterSpec> parameters = new ArrayList<>(parameters(operation));
    parameters.remove(parameters.size() - 1);
    List<CodeBlock> arguments = new ArrayList<>();
    parameters.forEach(p -> arguments.add(CodeBlock.of("$L", p.name())));
    arguments.add(CodeBlock.of("$T.builder().build()", queryOf(operation)));
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(operation.id())
            .addJavadoc("The same without a query.\n")
            .addModifiers(Modifier.PUBLIC, Modifier.DEFAULT)
            .addParameters(parameters)
            .returns(returnType(operation))
            .addStatement("return $L($L)", operation.id(), CodeBlock.join(arguments, ", "));
    if (operation.facts().deprecated()) {
      method.addAnnotation(Deprecated.class);
    }
    return method.build();
  }

  private TypeName returnType(Operation operation) {
    if (operation.paginated()) {
      Page page = page(operation);
      return ParameterizedTypeName.get(Library.PAGED_CALL, page.type(), page.item());
    }
    return ParameterizedTypeName.get(Library.CALL, operations.result(operation));
  }

  private CodeBlock prepare(Operation operation) {
    CodeBlock value = OperationsWriter.valueOf(operation);
    if (operation.paginated()) {
      Page page = page(operation);
      return CodeBlock.of(
          "return $T.of(calls, $L, $L, $T::items, $T::nextPageToken);\n",
          Library.PAGED_CALL,
          value,
          arguments(operation),
          page.type(),
          page.type());
    }
    return CodeBlock.of("return calls.prepare($L, $L);\n", value, arguments(operation));
  }

  private CodeBlock arguments(Operation operation) {
    CodeBlock.Builder arguments = CodeBlock.builder().add("$T", Library.ARGUMENTS);
    if (operation.pathParameters().isEmpty()) {
      arguments.add(".none()");
    } else {
      arguments.add(
          ".path($L)",
          operation.pathParameters().stream()
              .map(this::pathValue)
              .collect(CodeBlock.joining(", ")));
    }
    if (!operation.queryParameters().isEmpty()) {
      arguments.add(".query(query.json())");
    }
    if (operation.body() != null) {
      arguments.add(operation.body() == Type.Free.OBJECT ? ".body(body)" : ".body(body.json())");
    }
    return operation.file() ? arguments.add(".file(file)").build() : arguments.build();
  }

  private CodeBlock pathValue(Property parameter) {
    String name = Names.member(parameter.name());
    return CodeBlock.of(parameter.type() instanceof Type.Ref ? "$L.value()" : "$L", name);
  }

  private record Page(ClassName type, TypeName item) {}

  private Page page(Operation operation) {
    if (operation.answer() instanceof Answer.Json json
        && json.type() instanceof Type.Ref ref
        && description.schema(ref.schema()) instanceof Schema.ObjectSchema page
        && !operation.mayAwaitApproval()) {
      boolean hasToken =
          page.properties().stream()
              .anyMatch(p -> p.name().equals("nextPageToken") && !p.alwaysThere());
      for (Property property : page.properties()) {
        if (hasToken
            && property.name().equals("items")
            && property.alwaysThere()
            && property.type() instanceof Type.ListOf items) {
          return new Page(Names.type(page), library.javaType(items.element()).box());
        }
      }
    }
    throw new DescriptionException(
        operation.id(),
        "it is paginated, but its answer has no required array 'items' and optional 'nextPageToken'");
  }
}

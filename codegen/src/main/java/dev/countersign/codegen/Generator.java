package dev.countersign.codegen;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeSpec;
import dev.countersign.codegen.ViewWriter.View;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Turns a description into sources. */
final class Generator {

  private final Description description;
  private final Library library;
  private final Usages usages;
  private final Unions unions;
  private final ViewWriter views;
  private final SourceTree sources = new SourceTree();

  private Generator(Description description) {
    this.description = description;
    this.library = new Library(description);
    this.usages = new Usages(description);
    this.unions = new Unions(description, library);
    this.views = new ViewWriter(library);
  }

  static SourceTree generate(Description description) {
    return new Generator(description).generate();
  }

  private SourceTree generate() {
    EnumWriter enums = new EnumWriter(usages);
    UnionWriter unionWriter = new UnionWriter(description, library, unions, usages);
    Set<String> uploads = uploads();
    for (Schema schema : description.schemas()) {
      if (schema instanceof Schema.EnumSchema enumeration) {
        add(schema.domain(), enums.write(enumeration));
      } else if (schema instanceof Schema.UnionSchema union) {
        add(schema.domain(), unionWriter.write(union));
      } else if (schema instanceof Schema.ObjectSchema object) {
        add(schema.domain(), views.write(view(object, uploads.contains(object.name()))));
      }
    }
    OperationsWriter operations = new OperationsWriter(description, library);
    ApiWriter apis = new ApiWriter(description, library, operations);
    description
        .domains()
        .forEach(
            (domain, about) -> {
              add(domain, operations.write(domain));
              addDomain(apis, domain, about);
            });
    sources.addPackage(
        Names.API, "What several domains of the API share. For everyone who calls Dfns.");
    sources.addPackage(Names.ROOT, "The facade. For applications that call Dfns.");
    sources.addType(Names.ROOT, FacadeWriter.write(description.domains()));
    return sources;
  }

  private void addDomain(ApiWriter apis, String domain, String about) {
    add(domain, apis.writeInterface(domain, about));
    add(domain, apis.writeClass(domain));
    for (Operation operation : description.operations(domain)) {
      if (!operation.queryParameters().isEmpty()) {
        add(domain, views.write(query(operation)));
      }
    }
    sources.addPackage(Names.packageOf(domain), about + " For everyone who calls Dfns.");
  }

  private void add(String domain, TypeSpec type) {
    sources.addType(Names.packageOf(domain), type);
  }

  private View view(Schema.ObjectSchema object, boolean upload) {
    List<Property> properties =
        upload
            ? object.properties().stream().map(Generator::withoutChecksum).toList()
            : object.properties();
    return new View(
        Names.type(object),
        usages.sentence(object),
        properties,
        unions.interfacesOf(object.name()),
        unions.inheritedBy(object.name()),
        description.isSent(object.name()),
        false);
  }

  private static View query(Operation operation) {
    return new View(
        ApiWriter.queryOf(operation),
        CodeBlock.of("The query of $L.\n", Links.to(operation)),
        operation.queryParameters(),
        List.of(),
        Set.of(),
        true,
        true);
  }

  /** The schemas that go with a file. */
  private Set<String> uploads() {
    Set<String> uploads = new HashSet<>();
    for (Operation operation : description.operations()) {
      if (operation.file() && operation.body() instanceof Type.Ref ref) {
        uploads.add(ref.schema());
      }
    }
    return uploads;
  }

  /** The engine that sends the file computes its checksum; a caller neither can nor need. */
  private static Property withoutChecksum(Property property) {
    return property.name().equals("fileChecksum") ? property.readOnlyAndOptional() : property;
  }
}

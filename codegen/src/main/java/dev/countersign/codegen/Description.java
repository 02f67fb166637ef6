package dev.countersign.codegen;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The API description: schemas, operations and domains. Immutable and consistent. */
public final class Description {

  /** The domain of what several domains share. */
  static final String SHARED = "common";

  private final Map<String, Schema> schemas;
  private final List<Operation> operations;
  private final Map<String, String> domains;
  private final Set<String> sent;

  Description(
      Map<String, Schema> schemas, List<Operation> operations, Map<String, String> domains) {
    this.schemas = new TreeMap<>(schemas);
    this.operations = List.copyOf(operations);
    this.domains = new TreeMap<>(domains);
    this.sent = new LinkedHashSet<>();
    operations.stream().filter(o -> o.body() != null).forEach(o -> markSent(o.body()));
  }

  /**
   * Reads a description.
   *
   * @throws DescriptionException with a sentence, if it cannot be used
   */
  public static Description read(Path file) {
    return DescriptionReader.read(file);
  }

  /** All schemas, by name. */
  public List<Schema> schemas() {
    return List.copyOf(schemas.values());
  }

  /** A schema by its name, which exists. */
  public Schema schema(String name) {
    Schema schema = schemas.get(name);
    if (schema == null) {
      throw new DescriptionException(name, "there is no schema of this name");
    }
    return schema;
  }

  /** All operations, in the description's order. */
  public List<Operation> operations() {
    return operations;
  }

  /** The operations of a domain, in the description's order. */
  public List<Operation> operations(String domain) {
    return operations.stream().filter(o -> o.domain().equals(domain)).toList();
  }

  /** The domains that have operations, by name, each with a sentence on what it is about. */
  public Map<String, String> domains() {
    return domains;
  }

  /** Whether a schema is, or is part of, the body of a request. */
  public boolean isSent(String schema) {
    return sent.contains(schema);
  }

  private void markSent(Type type) {
    if (type instanceof Type.ListOf list) {
      markSent(list.element());
    } else if (type instanceof Type.MapOf map) {
      markSent(map.value());
    } else if (type instanceof Type.Ref ref && sent.add(ref.schema())) {
      Schema schema = schema(ref.schema());
      if (schema instanceof Schema.ObjectSchema object) {
        object.properties().forEach(p -> markSent(p.type()));
      } else if (schema instanceof Schema.UnionSchema union) {
        union.variants().forEach(v -> markSent(new Type.Ref(v)));
      }
    }
  }
}

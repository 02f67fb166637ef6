package dev.countersign.simulator.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What requests have to look like. A schema is compiled when its operation is first called. Safe
 * for use by several threads at once.
 */
public final class RequestSchemas {

  /** Keywords whose faults are a property of the place they were found at. */
  private static final Set<String> NAMING = Set.of("additionalProperties", "required");

  /** Keywords whose faults explain the others: the wrong variant was named. */
  private static final Set<String> DECIDING = Set.of("const", "enum");

  private final ClosedSchemas closed;
  private final Map<String, Schema> compiled = new ConcurrentHashMap<>();

  RequestSchemas(ObjectNode schemas) {
    this.closed = ClosedSchemas.ofRequests(schemas);
  }

  /**
   * What is wrong with a body, in a sentence that names the field.
   *
   * @param body the body, an object without fields if there was none
   */
  public Optional<String> faultOfBody(Operation operation, JsonNode body) {
    if (operation.bodySchema().isEmpty()) {
      return body.isEmpty() || operation.method().equals("GET")
          ? Optional.empty()
          : Optional.of("body: " + operation.id() + " takes no fields");
    }
    Schema schema =
        compiled.computeIfAbsent(
            operation.id(), id -> compile(operation.bodySchema().orElseThrow()));
    return fault(schema.validate(body), "");
  }

  /** A parameter of a query that an operation does not have. */
  public Optional<String> unknownParameter(Operation operation, Map<String, List<String>> query) {
    return query.keySet().stream()
        .filter(name -> !operation.queryParameters().containsKey(name))
        .findFirst()
        .map(name -> name + ": unknown query parameter");
  }

  /** What is wrong with a query, in a sentence that names the parameter. */
  public Optional<String> faultOfQuery(Operation operation, Map<String, List<String>> query) {
    return operation.queryParameters().entrySet().stream()
        .filter(parameter -> query.containsKey(parameter.getKey()))
        .map(
            parameter ->
                fault(
                    compiled
                        .computeIfAbsent(
                            operation.id() + "?" + parameter.getKey(),
                            id -> compile(parameter.getValue()))
                        .validate(
                            QueryValues.typed(
                                query.getOrDefault(parameter.getKey(), List.of()),
                                parameter.getValue())),
                    parameter.getKey()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Schema compile(JsonNode schema) {
    // a registry of its own: starting does not wait for one, and none collects schemas
    return SchemaRegistry.withDialect(Dialects.getDraft202012())
        .getSchema(closed.standalone(schema));
  }

  /** The shallowest fault: a wrong field of the body before one inside another field. */
  static Optional<String> fault(List<Error> errors, String where) {
    return errors.stream()
        .min(
            Comparator.comparingInt((Error error) -> place(error, where).split("\\.").length)
                .thenComparing(error -> !DECIDING.contains(error.getKeyword())))
        .map(error -> place(error, where) + ": " + sentence(error));
  }

  /** The dotted path of the field that is wrong. */
  private static String place(Error error, String where) {
    if (!where.isEmpty()) {
      return where;
    }
    String at = error.getInstanceLocation().toString().replaceFirst("^/", "").replace('/', '.');
    String property = NAMING.contains(error.getKeyword()) ? error.getProperty() : null;
    if (property == null) {
      return at.isEmpty() ? "body" : at;
    }
    return at.isEmpty() ? property : at + "." + property;
  }

  private static String sentence(Error error) {
    return switch (error.getKeyword()) {
      case "additionalProperties" -> "unknown field";
      case "required" -> "required field is missing";
      default -> message(error);
    };
  }

  /** The validator's message without the location it starts with. */
  private static String message(Error error) {
    String message = error.getMessage();
    String location = error.getInstanceLocation() + ": ";
    return message.startsWith(location) ? message.substring(location.length()) : message;
  }
}

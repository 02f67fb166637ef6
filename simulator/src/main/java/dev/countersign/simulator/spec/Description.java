package dev.countersign.simulator.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The description of the whole API, read once. Immutable, but for compiling a schema when it is
 * first needed; safe for use by several threads at once.
 */
public final class Description {

  private static final String RESOURCE = "dfns-api.json";
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

  private final List<Operation> operations;
  private final Map<String, String> aliases;
  private final Set<String> permissions;
  private final Routes routes;
  private final RequestSchemas requestSchemas;
  private final Shapes shapes;
  private final AnswerSchemas answerSchemas;

  private Description(ObjectNode document) {
    this.operations = Collections.unmodifiableList(operations(document));
    this.aliases = aliases(document);
    Set<String> all = new TreeSet<>(aliases.values());
    operations.forEach(operation -> all.addAll(operation.permissions()));
    document
        .at("/components/schemas/PermissionOperation/enum")
        .forEach(name -> all.add(canonical(name.asText())));
    this.permissions = Collections.unmodifiableSet(all);
    this.routes = new Routes(operations);
    ObjectNode schemas = (ObjectNode) document.at("/components/schemas");
    this.shapes = new Shapes(schemas);
    this.answerSchemas = new AnswerSchemas(schemas);
    this.requestSchemas = new RequestSchemas(Amendments.apply(schemas, aliases.keySet()));
  }

  /** The description that came with this library. */
  public static Description load() {
    return of(
        Json.read(
            Objects.requireNonNull(
                Description.class.getResourceAsStream(RESOURCE),
                "the simulator's jar lacks " + RESOURCE)));
  }

  /** A description as an OpenAPI document. */
  public static Description of(ObjectNode document) {
    return new Description(document);
  }

  /** All operations, in the description's order. */
  public List<Operation> operations() {
    return operations;
  }

  /**
   * The operation of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Operation operation(String id) {
    return operations.stream()
        .filter(operation -> operation.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no operation " + id));
  }

  /** All permissions in their current spelling, sorted. */
  public Set<String> permissions() {
    return permissions;
  }

  /** The current spelling of a permission. */
  public String canonical(String permission) {
    return aliases.getOrDefault(permission, permission);
  }

  /** The names of all operations. */
  public List<String> operationNames() {
    return operations.stream().map(Operation::id).toList();
  }

  /** Which operation answers which path. */
  public Routes routes() {
    return routes;
  }

  /** What requests have to look like. */
  public RequestSchemas requestSchemas() {
    return requestSchemas;
  }

  /** What answers have to look like. */
  public AnswerSchemas answerSchemas() {
    return answerSchemas;
  }

  /** What values look like. */
  public Shapes shapes() {
    return shapes;
  }

  private static Map<String, String> aliases(ObjectNode document) {
    Map<String, String> aliases = new HashMap<>();
    document
        .at("/components/x-dfns-permission-aliases")
        .properties()
        .forEach(entry -> aliases.put(entry.getKey(), entry.getValue().asText()));
    return Map.copyOf(aliases);
  }

  private static List<Operation> operations(ObjectNode document) {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (METHODS.contains(method.getKey())) {
          operations.add(
              new Operation(
                  method.getKey().toUpperCase(Locale.ROOT),
                  path.getKey(),
                  method.getValue(),
                  queryParameters(document, method.getValue())));
        }
      }
    }
    return operations;
  }

  private static Map<String, JsonNode> queryParameters(ObjectNode document, JsonNode operation) {
    Map<String, JsonNode> parameters = new LinkedHashMap<>();
    for (JsonNode parameter : operation.path("parameters")) {
      JsonNode resolved =
          parameter.has("$ref")
              ? document.at(parameter.get("$ref").asText().substring(1))
              : parameter;
      if (resolved.path("in").asText().equals("query")) {
        parameters.put(resolved.path("name").asText(), resolved.path("schema"));
      }
    }
    return parameters;
  }
}

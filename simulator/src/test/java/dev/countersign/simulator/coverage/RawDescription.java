package dev.countersign.simulator.coverage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.countersign.api.Api;
import dev.countersign.simulator.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The API's description as it is in the file, without what client and simulator make of it, before
 * a JSON Schema validator. Safe for use by several threads at once.
 */
public final class RawDescription {

  private static final RawDescription SHARED = new RawDescription();

  private final ObjectNode document;
  private final SchemaRegistry registry = SchemaRegistry.withDialect(Dialects.getDraft202012());
  private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();

  private RawDescription() {
    try {
      this.document = Json.read(Files.newInputStream(Api.FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one. */
  public static RawDescription shared() {
    return SHARED;
  }

  /** All schemas by their names. */
  public ObjectNode schemas() {
    return (ObjectNode) document.at("/components/schemas");
  }

  /** What the description says of an operation. */
  public JsonNode operation(String method, String path) {
    return document.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
  }

  /** The names of all operations. */
  public List<String> operationIds() {
    return document
        .path("paths")
        .valueStream()
        .flatMap(JsonNode::valueStream)
        .filter(it -> it.has("operationId"))
        .map(it -> it.get("operationId").asText())
        .toList();
  }

  /** The parameters of an operation in the query. */
  public List<JsonNode> queryParameters(String method, String path) {
    return operation(method, path)
        .path("parameters")
        .valueStream()
        .map(it -> it.has("$ref") ? document.at(it.get("$ref").asText().substring(1)) : it)
        .filter(it -> it.path("in").asText().equals("query"))
        .toList();
  }

  /** What is wrong with a value by a schema of the description. */
  public List<String> faults(JsonNode schema, JsonNode value) {
    return compiled.computeIfAbsent(schema, this::compile).validate(value).stream()
        .map(Error::toString)
        .toList();
  }

  private Schema compile(JsonNode schema) {
    ObjectNode root = schema.deepCopy();
    root.set("components", document.get("components"));
    return registry.getSchema(root);
  }
}

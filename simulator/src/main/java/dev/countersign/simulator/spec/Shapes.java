package dev.countersign.simulator.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The description's schemas as they are, for whoever makes values of them. Safe for use by several
 * threads at once.
 */
public final class Shapes {

  private static final String COMPONENTS = "#/components/schemas/";

  private final ObjectNode schemas;
  private final ClosedSchemas closed;
  private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();

  Shapes(ObjectNode schemas) {
    this.schemas = schemas;
    this.closed = ClosedSchemas.ofRequests(schemas);
  }

  /** A schema without reference; what stands beside the reference narrows what it refers to. */
  public JsonNode resolve(JsonNode schema) {
    if (!schema.has("$ref")) {
      return schema;
    }
    JsonNode target = resolve(schemas.path(schema.get("$ref").asText().replace(COMPONENTS, "")));
    if (schema.size() == 1) {
      return target;
    }
    ObjectNode narrowed = target.deepCopy();
    narrowed.setAll((ObjectNode) schema);
    narrowed.remove("$ref");
    return narrowed;
  }

  /** Whether a value is valid by a schema and has no field that the schema does not name. */
  public boolean fits(JsonNode schema, JsonNode value) {
    return compiled
        .computeIfAbsent(
            schema,
            it ->
                SchemaRegistry.withDialect(Dialects.getDraft202012())
                    .getSchema(closed.standalone(it)))
        .validate(value)
        .isEmpty();
  }
}

package dev.countersign.simulator.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What answers have to look like: what the description requires is there, and nothing that it does
 * not name. A schema is compiled when its operation first answers. Safe for use by several threads
 * at once.
 */
public final class AnswerSchemas {

  private static final int ACCEPTED = 202;
  private static final int FIRST_ERROR = 400;

  private final ClosedSchemas closed;
  private final Recognised valid = new Recognised();
  private final Map<String, Schema> compiled = new ConcurrentHashMap<>();

  AnswerSchemas(ObjectNode schemas) {
    this.closed = ClosedSchemas.ofAnswers(schemas);
  }

  /**
   * What is wrong with an answer's body, in a sentence that names the field.
   *
   * @param type the content type of the body
   */
  public Optional<String> fault(
      Operation operation, int status, String type, Optional<JsonNode> body) {
    if (status >= FIRST_ERROR) {
      // its shape is open: what is inside the error is not described
      return body.isPresent() && body.get().path("error").path("message").isTextual()
          ? Optional.empty()
          : Optional.of("error.message: required field is missing");
    }
    if (type.startsWith("text/")) {
      return Optional.empty();
    }
    Optional<JsonNode> schema =
        status == ACCEPTED ? operation.acceptedSchema() : operation.answerSchema();
    if (body.isEmpty() || schema.isEmpty()) {
      return body.isEmpty() && schema.isEmpty()
          ? Optional.empty()
          : Optional.of("body: there " + (body.isEmpty() ? "is none" : "should be none"));
    }
    String name = operation.id() + " " + status;
    if (valid.contains(name, body.get())) {
      return Optional.empty();
    }
    Optional<String> fault =
        RequestSchemas.fault(
            compiled.computeIfAbsent(name, id -> compile(schema.get())).validate(body.get()), "");
    if (fault.isEmpty()) {
      valid.add(name, body.get());
    }
    return fault;
  }

  private Schema compile(JsonNode schema) {
    return SchemaRegistry.withDialect(Dialects.getDraft202012())
        .getSchema(closed.standalone(schema));
  }
}

package dev.countersign.simulator.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.spec.Operation;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.wire.SimRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One call of one operation by one identity. */
public final class Call {

  private final SimRequest request;
  private final Operation operation;
  private final Map<String, String> parameters;
  private final Map<String, List<String>> query;
  private final JsonNode body;
  private final Tenant tenant;
  private final Caller caller;

  /**
   * A call.
   *
   * @param parameters the values of the path's parameters by name
   * @param query the values of the query's parameters by name
   * @param body the parsed body, an object without fields if there was none
   */
  public Call(
      SimRequest request,
      Operation operation,
      Map<String, String> parameters,
      Map<String, List<String>> query,
      JsonNode body,
      Tenant tenant,
      Caller caller) {
    this.request = request;
    this.operation = operation;
    this.parameters = parameters;
    this.query = query;
    this.body = body;
    this.tenant = tenant;
    this.caller = caller;
  }

  /** The request as it arrived. */
  public SimRequest request() {
    return request;
  }

  /** The operation. */
  public Operation operation() {
    return operation;
  }

  /** The values of the path's parameters by name. */
  public Map<String, String> parameters() {
    return parameters;
  }

  /** The values of the query's parameters by name. */
  public Map<String, List<String>> query() {
    return query;
  }

  /** The last value of a parameter of the query; empty if it is not there. */
  public String query(String name) {
    List<String> values = query.getOrDefault(name, List.of(""));
    return values.get(values.size() - 1);
  }

  /** The parsed body, an object without fields if there was none. */
  public JsonNode json() {
    return body;
  }

  /** The parsed body of an operation whose schema is an object. */
  public ObjectNode body() {
    return (ObjectNode) body;
  }

  /** A field of the body as text; empty if it is not there. */
  public String text(String field) {
    return body.path(field).asText();
  }

  /** The organisation. */
  public Tenant tenant() {
    return tenant;
  }

  /** The time of the call. */
  public Instant now() {
    return tenant.now();
  }

  /** Who calls. */
  public Caller caller() {
    return caller;
  }

  /** The entity that the path names with a parameter; that it exists has been checked. */
  public Entity resource(Resource resource) {
    return tenant.get(resource.table(), parameters.getOrDefault(resource.parameter(), ""));
  }
}

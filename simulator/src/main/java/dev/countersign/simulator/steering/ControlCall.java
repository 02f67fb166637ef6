package dev.countersign.simulator.steering;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.Organisation;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.documents.Field;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One call of the control API, whose parameters and body are as its description has them. */
final class ControlCall {

  private final Simulator simulator;
  private final Map<String, String> parameters;
  private final Map<String, List<String>> query;
  private final JsonNode body;

  ControlCall(
      Simulator simulator,
      Map<String, String> parameters,
      Map<String, List<String>> query,
      JsonNode body) {
    this.simulator = simulator;
    this.parameters = parameters;
    this.query = query;
    this.body = body;
  }

  Simulator simulator() {
    return simulator;
  }

  /** The organisation of the path; that there is one has been checked. */
  Organisation organisation() {
    return find().orElseThrow();
  }

  /** Whether the path names an organisation that is not there. */
  boolean isNowhere() {
    return parameters.containsKey("organisationId") && find().isEmpty();
  }

  private Optional<Organisation> find() {
    String id = parameter("organisationId");
    return simulator.organisations().stream().filter(it -> it.id().equals(id)).findFirst();
  }

  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  /** A parameter of the query; empty if it is not there. */
  String query(String name) {
    return query.getOrDefault(name, List.of("")).get(0);
  }

  JsonNode body() {
    return body;
  }

  String text(String field) {
    return body.path(field).asText();
  }

  Duration duration(String field) {
    return Field.of(field, () -> Field.duration(text(field)));
  }
}

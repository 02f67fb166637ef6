package dev.countersign.simulator.steering;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.Organisation;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.documents.Field;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One call of the control API, whose parameters and body are as its description has them. */
final class ControlCall {

  private final Simulator simulator;
  private final Map<String, String> parameters;
  private final Map<String, List<String>> query;
  private final JsonNode body;
  private final Optional<Organisation> organisation;

  ControlCall(
      Simulator simulator,
      Map<String, String> parameters,
      Map<String, List<String>> query,
      JsonNode body) {
    this.simulator = simulator;
    this.parameters = parameters;
    this.query = query;
    this.body = body;
    String id = parameter("organisationId");
    this.organisation =
        simulator.organisations().stream().filter(it -> it.id().equals(id)).findFirst();
  }

  Simulator simulator() {
    return simulator;
  }

  /** The organisation of the path; that there is one has been checked. */
  Organisation organisation() {
    return organisation.orElseThrow();
  }

  /** Whether the path names an organisation that is not there. */
  boolean isNowhere() {
    return parameters.containsKey("organisationId") && organisation.isEmpty();
  }

  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  /** A parameter of the query; empty if it is not there. */
  String query(String name) {
    return query.getOrDefault(name, List.of("")).get(0);
  }

  /**
   * A parameter of the query that has to be there.
   *
   * @throws IllegalArgumentException if it is not
   */
  String requiredQuery(String name) {
    if (!query.containsKey(name)) {
      throw new IllegalArgumentException(name + ": required parameter is missing");
    }
    return query(name);
  }

  /** The parameter of the path that has such a value; empty if none has. */
  String parameterOf(Predicate<String> value) {
    return parameters.entrySet().stream()
        .filter(it -> value.test(it.getValue()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }

  /** The field of the body or parameter of the query that has such a value; empty if none has. */
  String fieldOf(Predicate<String> value) {
    return Stream.concat(
            body.properties().stream()
                .filter(it -> value.test(it.getValue().asText()))
                .map(Map.Entry::getKey),
            query.keySet().stream().filter(name -> value.test(query(name))))
        .findFirst()
        .orElse("");
  }

  JsonNode body() {
    return body;
  }

  String text(String field) {
    return body.path(field).asText();
  }

  Duration duration(String field) {
    return Field.duration(text(field));
  }
}

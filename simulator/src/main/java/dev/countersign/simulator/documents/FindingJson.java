package dev.countersign.simulator.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.control.Finding;
import dev.countersign.simulator.json.Json;
import java.util.Arrays;

/** Findings of screening services as JSON. */
public final class FindingJson {

  private FindingJson() {}

  /** A finding. */
  public static ObjectNode write(Finding finding) {
    ObjectNode json =
        Json.object()
            .put("problem", finding.problem().name())
            .put("travelRule", finding.travelRule().name())
            .put("risk", finding.risk());
    ArrayNode alerts = json.putArray("alerts");
    finding
        .alerts()
        .forEach(
            it ->
                alerts.addObject().put("level", it.level().name()).put("category", it.category()));
    finding.exposures().forEach(json.putArray("exposures")::add);
    finding.addresses().forEach(json.putArray("addresses")::add);
    return json;
  }

  /**
   * A finding, as it was written.
   *
   * @throws IllegalArgumentException if there is no such level or problem
   */
  public static Finding read(JsonNode json) {
    Finding finding =
        json.has("problem")
            ? Finding.problem(
                constant(Finding.Problem.values(), "problem", json.path("problem").asText()))
            : Finding.clean();
    for (JsonNode alert : json.path("alerts")) {
      finding =
          finding.alert(
              constant(Finding.Level.values(), "level", alert.path("level").asText()),
              alert.path("category").asInt());
    }
    for (JsonNode exposure : json.path("exposures")) {
      finding = finding.exposure(exposure.asInt());
    }
    for (JsonNode address : json.path("addresses")) {
      finding = finding.address(address.asInt());
    }
    if (json.has("travelRule")) {
      finding = finding.travelRule(Finding.TravelRule.valueOf(json.path("travelRule").asText()));
    }
    return finding.risk(json.path("risk").asInt());
  }

  private static <E extends Enum<E>> E constant(E[] all, String field, String name) {
    return Arrays.stream(all)
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    field + " is one of " + Arrays.toString(all) + ", not " + name));
  }
}

package dev.countersign.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.faults.Fault;
import dev.countersign.simulator.faults.Phase;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.json.Nearest;
import dev.countersign.simulator.spec.Description;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Refuses faults that would never strike, because nothing has the name that they are for. */
final class KnownNames implements Consumer<Fault> {

  private static final JsonNode SUBSCRIPTION =
      Json.object().put("$ref", "#/components/schemas/WebhookSubscription");
  private static final String ALL = "*";

  private final Description description;

  KnownNames(Description description) {
    this.description = description;
  }

  @Override
  public void accept(Fault fault) {
    String name = fault.operation();
    boolean webhook = fault.phase() == Phase.WEBHOOK;
    if (name.isEmpty()) {
      return;
    }
    List<String> known = webhook ? events() : description.operationNames();
    if (!known.contains(name)) {
      throw new IllegalArgumentException(
          "operation: there is no "
              + (webhook ? "event " : "operation ")
              + name
              + "; the nearest is "
              + Nearest.to(name, known));
    }
  }

  private List<String> events() {
    List<String> events = new ArrayList<>();
    for (JsonNode event : description.shapes().resolve(SUBSCRIPTION).path("enum")) {
      if (!event.asText().equals(ALL)) {
        events.add(event.asText());
      }
    }
    return events;
  }
}

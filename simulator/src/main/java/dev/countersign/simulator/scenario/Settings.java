package dev.countersign.simulator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.control.Asset;
import dev.countersign.simulator.control.SimClock;
import dev.countersign.simulator.state.SwitchesJson;
import dev.countersign.simulator.state.Tenant;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Sets the clock, switches and prices that a scenario describes. */
final class Settings {

  private Settings() {}

  static void apply(Tenant tenant, JsonNode root, Faults faults) {
    clock(tenant.clock(), root.path("clock"), faults);
    try {
      tenant.setSwitches(SwitchesJson.read(root.path("switches"), tenant.switches()));
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      int colon = message.indexOf(": ");
      faults.add(
          Place.ROOT.field("switches").field(message.substring(0, colon)),
          message.substring(colon + 2));
    }
    for (JsonNode price : root.path("prices")) {
      tenant
          .prices()
          .set(
              price.path("network").asText(),
              price.path("asset").asText(),
              new Asset(
                  price.path("symbol").asText(),
                  price.path("decimals").intValue(),
                  new BigDecimal(price.path("usd").asText())));
    }
  }

  private static void clock(SimClock clock, JsonNode described, Faults faults) {
    if (described.isEmpty()) {
      return;
    }
    Instant at = clock.now();
    if (described.has("at")) {
      try {
        at = Instant.parse(described.path("at").asText());
      } catch (DateTimeParseException e) {
        faults.add(
            Place.ROOT.field("clock").field("at"),
            "is a time such as 2026-01-01T00:00:00Z, not " + described.path("at").asText());
      }
    }
    boolean frozen = described.path("frozen").asBoolean();
    try {
      clock.restore(
          frozen
              ? new SimClock.Reading(Duration.ZERO, at)
              : new SimClock.Reading(Duration.between(clock.now(), at), null));
    } catch (IllegalArgumentException e) {
      faults.add(Place.ROOT.field("clock").field("at"), String.valueOf(e.getMessage()));
    }
  }
}

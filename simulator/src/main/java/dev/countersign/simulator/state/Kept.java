package dev.countersign.simulator.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.control.Asset;
import dev.countersign.simulator.control.SimClock;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;

/** The parts of an organisation as JSON, the same in snapshots and stores. */
final class Kept {

  private Kept() {}

  static ObjectNode row(Table.Row row) {
    ObjectNode node = Json.object().put("position", row.position()).put("id", row.entity().id());
    node.set("shown", row.entity().shown());
    node.set("hidden", row.entity().hidden());
    return node;
  }

  static Table.Row row(JsonNode node) {
    if (node.path("shown") instanceof ObjectNode shown
        && node.path("hidden") instanceof ObjectNode hidden) {
      return new Table.Row(number(node, "position"), Entity.kept(text(node, "id"), shown, hidden));
    }
    throw new IllegalArgumentException("an entity has no fields: " + node.path("id"));
  }

  static ObjectNode due(Due due) {
    return Json.object()
        .put("at", due.at().toString())
        .put("number", due.number())
        .put("what", due.what())
        .put("subject", due.subject());
  }

  static Due due(JsonNode node) {
    return new Due(
        instant(text(node, "at")),
        number(node, "number"),
        text(node, "what"),
        text(node, "subject"));
  }

  static ObjectNode clock(SimClock.Reading clock) {
    ObjectNode node = Json.object().put("ahead", clock.ahead().toString());
    Instant frozen = clock.frozen();
    return frozen == null ? node : node.put("frozen", frozen.toString());
  }

  static SimClock.Reading clock(JsonNode node) {
    try {
      return new SimClock.Reading(
          Duration.parse(text(node, "ahead")),
          node.has("frozen") ? instant(text(node, "frozen")) : null);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("ahead is not a duration: " + node.path("ahead"), e);
    }
  }

  static ArrayNode prices(Map<String, Asset> prices) {
    ArrayNode array = Json.array();
    prices.forEach(
        (key, asset) ->
            array
                .addObject()
                .put("asset", key)
                .put("symbol", asset.symbol())
                .put("decimals", asset.decimals())
                .put("usd", asset.usd().toString()));
    return array;
  }

  static Map<String, Asset> prices(JsonNode array) {
    Map<String, Asset> prices = new TreeMap<>();
    for (JsonNode node : array) {
      prices.put(
          text(node, "asset"),
          new Asset(
              text(node, "symbol"),
              (int) number(node, "decimals"),
              new BigDecimal(text(node, "usd"))));
    }
    return prices;
  }

  static ObjectNode switches(Switches switches) {
    return SwitchesJson.write(switches);
  }

  static Switches switches(JsonNode node) {
    return SwitchesJson.read(node, Switches.defaults());
  }

  static String text(JsonNode node, String field) {
    if (!node.path(field).isTextual()) {
      throw new IllegalArgumentException("the text " + field + " is missing");
    }
    return node.path(field).textValue();
  }

  static long number(JsonNode node, String field) {
    if (!node.path(field).canConvertToLong()) {
      throw new IllegalArgumentException("the number " + field + " is missing");
    }
    return node.path(field).longValue();
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(text + " is not a time", e);
    }
  }
}

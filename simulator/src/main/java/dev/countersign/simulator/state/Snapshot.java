package dev.countersign.simulator.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * An organisation at one moment as one JSON text, with its seed and name, of which all its keys
 * come: whoever has it can sign for the organisation. Does not print. Immutable.
 *
 * <p>The format is {@code countersign-organisation}, of which this is version 1. What was answered
 * and why is not in it.
 */
public final class Snapshot {

  private static final String FORMAT = "countersign-organisation";
  private static final int VERSION = 1;

  private final long seed;
  private final String name;
  private final Moment moment;

  /** Of an organisation with a seed and a name. */
  public Snapshot(long seed, String name, Moment moment) {
    this.seed = seed;
    this.name = name;
    this.moment = moment;
  }

  /** The seed of the organisation. */
  public long seed() {
    return seed;
  }

  /** The name of the organisation. */
  public String name() {
    return name;
  }

  /** The organisation at that moment. */
  public Moment moment() {
    return moment;
  }

  /** The text, in UTF-8; the same for the same state. */
  public byte[] bytes() {
    State state = moment.state();
    ObjectNode node = Json.object().put("format", FORMAT).put("version", VERSION);
    node.put("seed", seed).put("name", name).put("drawn", state.drawn());
    node.set("clock", Kept.clock(moment.clock()));
    node.set("switches", Kept.switches(moment.switches()));
    node.set("prices", Kept.prices(moment.prices()));
    ArrayNode agenda = node.putArray("agenda");
    state.agenda().forEach(due -> agenda.add(Kept.due(due)));
    ObjectNode tables = node.putObject("tables");
    state
        .tables()
        .forEach(
            table -> {
              ObjectNode one = tables.putObject(table.name()).put("next", table.next());
              ArrayNode rows = one.putArray("rows");
              table.after(0).forEach(row -> rows.add(Kept.row(row)));
            });
    return Json.bytes(node);
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException with a sentence, if it is not one that {@link #bytes} made
   */
  public static Snapshot parse(byte[] bytes) {
    JsonNode node = Json.parse(bytes).orElseGet(Json::object);
    if (!node.path("format").asText().equals(FORMAT)) {
      throw new IllegalArgumentException("This is not the snapshot of a simulator's organisation");
    }
    if (node.path("version").asInt() != VERSION) {
      throw new IllegalArgumentException(
          "The snapshot is of version "
              + node.path("version")
              + ", and this simulator reads version "
              + VERSION);
    }
    try {
      return new Snapshot(Kept.number(node, "seed"), Kept.text(node, "name"), moment(node));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("The snapshot is damaged: " + e.getMessage(), e);
    }
  }

  private static Moment moment(JsonNode node) {
    List<Due> agenda = new ArrayList<>();
    node.path("agenda").forEach(due -> agenda.add(Kept.due(due)));
    List<Table> tables = new ArrayList<>();
    node.path("tables")
        .properties()
        .forEach(
            table -> {
              List<Table.Row> rows = new ArrayList<>();
              table.getValue().path("rows").forEach(row -> rows.add(Kept.row(row)));
              tables.add(Table.kept(table.getKey(), Kept.number(table.getValue(), "next"), rows));
            });
    return new Moment(
        State.kept(tables, agenda, Kept.number(node, "drawn")),
        Kept.clock(node.path("clock")),
        Kept.prices(node.path("prices")),
        Kept.switches(node.path("switches")));
  }
}

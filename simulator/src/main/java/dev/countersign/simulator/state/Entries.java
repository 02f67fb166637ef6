package dev.countersign.simulator.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An organisation as entries with keys, for a {@link Journal}: one for each entity, so that only
 * what changed is written.
 */
final class Entries {

  private static final String CLOCK = "clock";
  private static final String SWITCHES = "switches";
  private static final String PRICES = "prices";
  private static final String DRAWN = "drawn";
  private static final String TABLE = "table/";
  private static final String ROW = "row/";
  private static final String DUE = "due/";

  private Entries() {}

  /**
   * An entity's place.
   *
   * @param table the name of its table
   * @param id its identifier
   */
  record Place(String table, String id) {
    private String key() {
      return ROW + table + "/" + id;
    }
  }

  static Journal.Changes all(Moment now) {
    Map<String, JsonNode> put = new TreeMap<>();
    settings(now, put);
    put.put(DRAWN, drawn(now.state()));
    now.state().agenda().forEach(due -> put.put(DUE + due.number(), Kept.due(due)));
    now.state()
        .tables()
        .forEach(
            table -> {
              put.put(TABLE + table.name(), next(table));
              table
                  .after(0)
                  .forEach(
                      row ->
                          put.put(new Place(table.name(), row.entity().id()).key(), Kept.row(row)));
            });
    return new Journal.Changes(true, put, Set.of());
  }

  /** What changed between two moments, at most in these places and on these days. */
  @SuppressWarnings("ReferenceEquality") // what is the very same has not changed
  static Journal.Changes between(Moment before, Moment now, Set<Place> places, Set<Due> dues) {
    Map<String, JsonNode> put = new TreeMap<>();
    Set<String> removed = new HashSet<>();
    if (before.clock() != now.clock()
        || before.prices() != now.prices()
        || before.switches() != now.switches()) {
      settings(now, put);
    }
    if (before.state().drawn() != now.state().drawn()) {
      put.put(DRAWN, drawn(now.state()));
    }
    for (Place place : places) {
      Table.Row row = row(now, place);
      Table.Row old = row(before, place);
      if (row == null && old != null) {
        removed.add(place.key());
      } else if (row != null && row != old) {
        put.put(place.key(), Kept.row(row));
      }
      now.state()
          .table(place.table())
          .filter(
              table ->
                  before.state().table(place.table()).map(Table::next).orElse(0L) != table.next())
          .ifPresent(table -> put.put(TABLE + table.name(), next(table)));
    }
    for (Due due : dues) {
      boolean expected = now.state().expects(due);
      if (expected && !before.state().expects(due)) {
        put.put(DUE + due.number(), Kept.due(due));
      } else if (!expected && before.state().expects(due)) {
        removed.add(DUE + due.number());
      }
    }
    return new Journal.Changes(false, put, removed);
  }

  /** What entries hold. */
  static Moment moment(Map<String, JsonNode> entries) {
    Map<String, List<Table.Row>> rows = new HashMap<>();
    Map<String, Long> next = new TreeMap<>();
    List<Due> agenda = new ArrayList<>();
    entries.forEach(
        (key, value) -> {
          if (key.startsWith(TABLE)) {
            next.put(key.substring(TABLE.length()), Kept.number(value, "next"));
          } else if (key.startsWith(DUE)) {
            agenda.add(Kept.due(value));
          } else if (key.startsWith(ROW)) {
            String table = key.substring(ROW.length(), key.indexOf('/', ROW.length()));
            rows.computeIfAbsent(table, it -> new ArrayList<>()).add(Kept.row(value));
          }
        });
    List<Table> tables = new ArrayList<>();
    next.forEach(
        (name, number) -> tables.add(Table.kept(name, number, rows.getOrDefault(name, List.of()))));
    return new Moment(
        State.kept(tables, agenda, Kept.number(entry(entries, DRAWN), DRAWN)),
        Kept.clock(entry(entries, CLOCK)),
        Kept.prices(entry(entries, PRICES)),
        Kept.switches(entry(entries, SWITCHES)));
  }

  private static JsonNode entry(Map<String, JsonNode> entries, String key) {
    JsonNode entry = entries.get(key);
    if (entry == null) {
      throw new IllegalArgumentException("the entry " + key + " is missing");
    }
    return entry;
  }

  private static void settings(Moment now, Map<String, JsonNode> put) {
    put.put(CLOCK, Kept.clock(now.clock()));
    put.put(SWITCHES, Kept.switches(now.switches()));
    put.put(PRICES, Kept.prices(now.prices()));
  }

  private static JsonNode drawn(State state) {
    return Json.object().put(DRAWN, state.drawn());
  }

  private static JsonNode next(Table table) {
    return Json.object().put("next", table.next());
  }

  private static Table.@org.jspecify.annotations.Nullable Row row(Moment moment, Place place) {
    return moment.state().table(place.table()).flatMap(it -> it.row(place.id())).orElse(null);
  }
}

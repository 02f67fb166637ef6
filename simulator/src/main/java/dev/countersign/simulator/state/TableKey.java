package dev.countersign.simulator.state;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The name of a table and what its entities can be found by besides their identifiers. */
public final class TableKey {

  private final String name;
  private final Map<String, Function<Entity, String>> indexes;

  private TableKey(String name, Map<String, Function<Entity, String>> indexes) {
    this.name = name;
    this.indexes = indexes;
  }

  /** A table without indexes. */
  public static TableKey of(String name) {
    return new TableKey(name, Map.of());
  }

  /** This with an index; an entity whose value is empty is not in it. */
  public TableKey by(String index, Function<Entity, String> value) {
    Map<String, Function<Entity, String>> more = new LinkedHashMap<>(indexes);
    more.put(index, value);
    return new TableKey(name, Map.copyOf(more));
  }

  /** This with an index over a shown field. */
  public TableKey by(String field) {
    return by(field, entity -> entity.text(field));
  }

  String name() {
    return name;
  }

  Map<String, Function<Entity, String>> indexes() {
    return indexes;
  }

  /** The table's name. */
  @Override
  public String toString() {
    return name;
  }
}

package dev.countersign.simulator.state;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The entities of one kind in the order they came. Immutable; a change gives another table. */
public final class Table {

  private final TableKey key;
  private final long next;
  private final Tree<String, Row> byId;
  private final Tree<Long, Row> rows;
  private final Tree<String, Tree<Long, Row>> indexed;
  private final AtomicReference<@Nullable Table> keyed = new AtomicReference<>();

  /**
   * An entity and its place in the order.
   *
   * @param position the place, which never changes
   * @param entity the entity
   */
  public record Row(long position, Entity entity) {}

  private Table(
      TableKey key,
      long next,
      Tree<String, Row> byId,
      Tree<Long, Row> rows,
      Tree<String, Tree<Long, Row>> indexed) {
    this.key = key;
    this.next = next;
    this.byId = byId;
    this.rows = rows;
    this.indexed = indexed;
  }

  static Table empty(TableKey key) {
    return new Table(key, 1, Tree.empty(), Tree.empty(), Tree.empty());
  }

  /** A table that was kept somewhere; found by nothing but identifiers until it has its key. */
  static Table kept(String name, long next, List<Row> rows) {
    Tree<String, Row> byId = Tree.empty();
    Tree<Long, Row> placed = Tree.empty();
    for (Row row : rows) {
      byId = byId.with(row.entity().id(), row);
      placed = placed.with(row.position(), row);
    }
    return new Table(TableKey.of(name), next, byId, placed, Tree.empty());
  }

  /** This with the indexes of a key, which are made when they are first wanted. */
  Table keyed(TableKey wanted) {
    if (key == wanted) {
      return this;
    }
    Table known = keyed.get();
    if (known != null && known.key == wanted) {
      return known;
    }
    Tree<String, Tree<Long, Row>> index = Tree.empty();
    for (Row row : rows.values().toList()) {
      index = indexed(wanted, index, row);
    }
    Table made = new Table(wanted, next, byId, rows, index);
    keyed.set(made);
    return made;
  }

  String name() {
    return key.name();
  }

  /** The position of the next entity. */
  long next() {
    return next;
  }

  /** The row of an identifier, if there is one. */
  Optional<Row> row(String id) {
    return byId.get(id);
  }

  /** How many entities there are. */
  public int size() {
    return rows.size();
  }

  /** The entity with an identifier, if there is one. */
  public Optional<Entity> find(String id) {
    return byId.get(id).map(Row::entity);
  }

  /** All rows after a position, in their order; 0 for all. */
  public Stream<Row> after(long position) {
    return rows.valuesAfter(position);
  }

  /** All entities in their order. */
  public Stream<Entity> all() {
    return rows.values().map(Row::entity);
  }

  /** The rows an index has under a value, after a position, in their order. */
  public Stream<Row> after(long position, String index, String value) {
    return index(index, value).valuesAfter(position);
  }

  /** The entities an index has under a value, in their order. */
  public Stream<Entity> where(String index, String value) {
    return index(index, value).values().map(Row::entity);
  }

  /** The entities an index has under a value, latest first. */
  public Stream<Entity> latestWhere(String index, String value) {
    return index(index, value).descending().map(Row::entity);
  }

  Table with(Entity entity) {
    Optional<Row> before = byId.get(entity.id());
    Table without = before.isEmpty() ? this : without(entity.id());
    long position = before.map(Row::position).orElse(next);
    Row row = new Row(position, entity);
    Tree<String, Tree<Long, Row>> index = indexed(key, without.indexed, row);
    return new Table(
        key,
        Math.max(next, position + 1),
        without.byId.with(entity.id(), row),
        without.rows.with(position, row),
        index);
  }

  Table without(String id) {
    Optional<Row> found = byId.get(id);
    if (found.isEmpty()) {
      return this;
    }
    Row row = found.get();
    Tree<String, Tree<Long, Row>> index = indexed;
    for (String name : key.indexes().keySet()) {
      String slot = slot(key, name, row.entity());
      if (!slot.isEmpty()) {
        Tree<Long, Row> rest = index.get(slot).orElse(Tree.empty()).without(row.position());
        index = rest.size() == 0 ? index.without(slot) : index.with(slot, rest);
      }
    }
    return new Table(key, next, byId.without(id), rows.without(row.position()), index);
  }

  private Tree<Long, Row> index(String index, String value) {
    if (!key.indexes().containsKey(index)) {
      throw new IllegalArgumentException("The table " + key + " has no index " + index);
    }
    return indexed.get(index + "=" + value).orElse(Tree.empty());
  }

  private static Tree<String, Tree<Long, Row>> indexed(
      TableKey key, Tree<String, Tree<Long, Row>> before, Row row) {
    Tree<String, Tree<Long, Row>> index = before;
    for (String name : key.indexes().keySet()) {
      String slot = slot(key, name, row.entity());
      if (!slot.isEmpty()) {
        index = index.with(slot, index.get(slot).orElse(Tree.empty()).with(row.position(), row));
      }
    }
    return index;
  }

  private static String slot(TableKey key, String index, Entity entity) {
    String value = Objects.requireNonNull(key.indexes().get(index), index).apply(entity);
    return value.isEmpty() ? "" : index + "=" + value;
  }
}

package dev.countersign.simulator.state;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything one organisation remembers at one moment. Immutable. */
final class State {

  private final Tree<String, Table> tables;
  private final Tree<Due, Due> agenda;
  private final long drawn;

  private State(Tree<String, Table> tables, Tree<Due, Due> agenda, long drawn) {
    this.tables = tables;
    this.agenda = agenda;
    this.drawn = drawn;
  }

  static State empty() {
    return new State(Tree.empty(), Tree.empty(), 0);
  }

  Table table(TableKey key) {
    return tables.get(key.name()).map(table -> table.keyed(key)).orElseGet(() -> Table.empty(key));
  }

  /** A state that was kept somewhere. */
  static State kept(List<Table> tables, List<Due> agenda, long drawn) {
    Tree<String, Table> named = Tree.empty();
    for (Table table : tables) {
      named = named.with(table.name(), table);
    }
    Tree<Due, Due> dues = Tree.empty();
    for (Due due : agenda) {
      dues = dues.with(due, due);
    }
    return new State(named, dues, drawn);
  }

  /** All tables in the order of their names. */
  Stream<Table> tables() {
    return tables.values();
  }

  /** The table of a name, if there is one. */
  Optional<Table> table(String name) {
    return tables.get(name);
  }

  /** What is due, in the order it happens. */
  Stream<Due> agenda() {
    return agenda.values();
  }

  /** Whether something is still due. */
  boolean expects(Due due) {
    return agenda.get(due).isPresent();
  }

  State with(TableKey key, Entity entity) {
    return new State(tables.with(key.name(), table(key).with(entity)), agenda, drawn);
  }

  State without(TableKey key, String id) {
    return new State(tables.with(key.name(), table(key).without(id)), agenda, drawn);
  }

  /** How many numbers were drawn so far. */
  long drawn() {
    return drawn;
  }

  State draw() {
    return drawn(drawn + 1);
  }

  State drawn(long count) {
    return new State(tables, agenda, count);
  }

  State scheduled(Due due) {
    return new State(tables, agenda.with(due, due), drawn);
  }

  State done(Due due) {
    return new State(tables, agenda.without(due), drawn);
  }

  /** What is due first, if it is due by then. */
  Optional<Due> firstBy(Instant time) {
    return agenda.first().filter(due -> !due.at().isAfter(time));
  }
}

package dev.countersign.simulator.state;

import java.time.Instant;
import java.util.Optional;

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
    return tables.get(key.name()).orElseGet(() -> Table.empty(key));
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

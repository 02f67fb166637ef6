package dev.countersign.simulator.store;

import dev.countersign.simulator.state.Moment;

/** An organisation as a store has it. Does not print its seed. */
public final class KeptOrganisation {

  private final String id;
  private final long seed;
  private final String name;
  private final Moment moment;

  KeptOrganisation(String id, long seed, String name, Moment moment) {
    this.id = id;
    this.seed = seed;
    this.name = name;
    this.moment = moment;
  }

  String id() {
    return id;
  }

  /** What its keys and identifiers come from. */
  public long seed() {
    return seed;
  }

  /** What tells it apart from the organisations of the same seed. */
  public String name() {
    return name;
  }

  /** As it was last. */
  public Moment moment() {
    return moment;
  }
}

package dev.countersign.simulator.state;

import dev.countersign.simulator.control.Asset;
import dev.countersign.simulator.control.SimClock;
import dev.countersign.simulator.control.Switches;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An organisation as it was at one moment: what it remembered, how its clock stood, its prices and
 * switches. Immutable, and nothing was copied for it. Does not print.
 */
public final class Moment {

  private final State state;
  private final SimClock.Reading clock;
  private final Map<String, Asset> prices;
  private final Switches switches;

  Moment(State state, SimClock.Reading clock, Map<String, Asset> prices, Switches switches) {
    this.state = state;
    this.clock = clock;
    this.prices = prices;
    this.switches = switches;
  }

  /** What is due, in the order it happens. */
  public Stream<Due> due() {
    return state.agenda();
  }

  State state() {
    return state;
  }

  SimClock.Reading clock() {
    return clock;
  }

  Map<String, Asset> prices() {
    return prices;
  }

  Switches switches() {
    return switches;
  }
}

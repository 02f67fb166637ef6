package dev.countersign.simulator.scenario;

import dev.countersign.error.ConfigurationException;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a scenario, each with its file, line and field. Not thread-safe. */
final class Faults {

  private final ScenarioText text;
  private final List<String> lines = new ArrayList<>();

  Faults(ScenarioText text) {
    this.text = text;
  }

  void add(Place place, String sentence) {
    String where = place.equals(Place.ROOT) ? "" : place + ": ";
    lines.add(text.name() + ":" + text.line(place) + ": " + where + sentence);
  }

  boolean any() {
    return !lines.isEmpty();
  }

  /**
   * Goes on if nothing is wrong.
   *
   * @throws ConfigurationException with a line for each fault
   */
  void throwIfAny() {
    if (any()) {
      throw new ConfigurationException(String.join("\n", lines));
    }
  }
}

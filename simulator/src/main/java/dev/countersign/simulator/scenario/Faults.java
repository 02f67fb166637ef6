package dev.countersign.simulator.scenario;

import dev.countersign.error.ConfigurationException;
import dev.countersign.simulator.json.Nearest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is wrong with a scenario, each with its file, line and field. Not thread-safe. */
final class Faults {

  /** How the validator begins to say that a value is none of those that would do. */
  private static final String ENUMERATION = "does not have a value in the enumeration ";

  private static final int LONG = 200;

  private static final Pattern LINE_BREAKS = Pattern.compile("(\\R|\\p{Cntrl})+");

  private final ScenarioText text;
  private final List<Fault> faults = new ArrayList<>();

  private record Fault(int line, String sentence) {}

  Faults(ScenarioText text) {
    this.text = text;
  }

  void add(Place place, String sentence) {
    String where = place.equals(Place.ROOT) ? "" : place + ": ";
    faults.add(new Fault(text.line(place), onOneLine(where + shortened(place, sentence))));
  }

  /** Names of YAML may have line breaks in them. */
  static String onOneLine(String sentence) {
    return LINE_BREAKS.matcher(sentence).replaceAll(" ");
  }

  /** Of a long list of what would do, only what comes nearest. */
  private String shortened(Place place, String sentence) {
    if (!sentence.startsWith(ENUMERATION) || sentence.length() < LONG) {
      return sentence;
    }
    List<String> values =
        List.of(sentence.substring(ENUMERATION.length()).replaceAll("[\\[\\]\"]", "").split(", "));
    String written = text.root().at(place.pointer()).asText();
    return "there is no " + written + "; the nearest is " + Nearest.to(written, values);
  }

  /**
   * Goes on if nothing is wrong.
   *
   * @throws ConfigurationException with a line for each fault
   */
  void throwIfAny() {
    if (!faults.isEmpty()) {
      throw new ConfigurationException(
          faults.stream()
              .sorted(Comparator.comparingInt(Fault::line))
              .map(fault -> text.name() + ":" + fault.line() + ": " + fault.sentence())
              .collect(Collectors.joining("\n")));
    }
  }
}

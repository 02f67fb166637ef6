package dev.countersign.simulator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.error.ConfigurationException;
import java.io.IOException;
import java.util.Optional;

/** A scenario that is as the schema has it. Immutable. */
public final class ScenarioFile {

  /** Reads the files that a scenario names. */
  @FunctionalInterface
  public interface Files {

    /**
     * The text of a file.
     *
     * @param path as the scenario has it, from where the scenario is
     * @throws IOException if there is none
     */
    String read(String path) throws IOException;
  }

  private final String name;
  private final ScenarioText text;
  private final Files files;

  private ScenarioFile(String name, ScenarioText text, Files files) {
    this.name = name;
    this.text = text;
    this.files = files;
  }

  /**
   * Reads a scenario.
   *
   * @param name what errors call it; JSON if it ends with {@code .json}, else YAML
   * @throws ConfigurationException with a line for each fault, with its line and field
   */
  public static ScenarioFile parse(String name, String text, Files files) {
    ScenarioText parsed = ScenarioText.parse(name, text);
    Faults faults = new Faults(parsed);
    ScenarioSchema.check(parsed, faults);
    faults.throwIfAny();
    return new ScenarioFile(parsed.root().path("name").textValue(), parsed, files);
  }

  /** The same with another name of the organisation. */
  public ScenarioFile named(String other) {
    return new ScenarioFile(other, text, files);
  }

  /** The name of the organisation. */
  public String name() {
    return name;
  }

  /** The seed of the organisation, if it has one of its own. */
  public Optional<Long> seed() {
    JsonNode seed = text.root().path("seed");
    return seed.isMissingNode() ? Optional.empty() : Optional.of(seed.longValue());
  }

  /** File, line and name of a field, as errors begin. */
  public String place(String field) {
    return text.name() + ":" + text.line(Place.ROOT.field(field)) + ": " + field;
  }

  ScenarioText text() {
    return text;
  }

  Files files() {
    return files;
  }

  /** What errors call it. */
  @Override
  public String toString() {
    return text.name();
  }
}

package dev.countersign.simulator;

import dev.countersign.error.ConfigurationException;
import dev.countersign.simulator.scenario.ScenarioFile;
import dev.countersign.simulator.scenario.ScenarioSchema;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The description of an organisation in a file of YAML or JSON: people, service accounts, roles,
 * wallets, webhooks, policies, prices, switches and the clock. Immutable.
 *
 * <p>What it may say, {@link #schema()} says; {@link #example()} shows it. Whatever is wrong with
 * it is told in a {@link ConfigurationException} with a line for each fault, such as {@code
 * payouts.yaml:14: wallets[2].network: …}.
 */
public final class Scenario {

  private final ScenarioFile file;

  private Scenario(ScenarioFile file) {
    this.file = file;
  }

  /**
   * Reads a file; as JSON if its name ends with {@code .json}, else as YAML. Key files are looked
   * for beside it.
   *
   * @throws ConfigurationException if it cannot be read, or is not as the schema has it
   */
  public static Scenario read(Path path) {
    try {
      return new Scenario(
          ScenarioFile.parse(
              String.valueOf(path.getFileName()),
              Files.readString(path),
              name -> Files.readString(resolved(path, name))));
    } catch (IOException e) {
      throw new ConfigurationException("The scenario " + path + " cannot be read (" + e + ")", e);
    }
  }

  /**
   * Reads a resource of the class path. Key files are looked for beside it.
   *
   * @param beside the class whose package a relative name is looked for in
   * @param name such as {@code payouts.yaml} or {@code /scenarios/payouts.yaml}
   * @throws ConfigurationException if there is none, or it is not as the schema has it
   */
  public static Scenario resource(Class<?> beside, String name) {
    String folder = name.substring(0, name.lastIndexOf('/') + 1);
    try {
      return new Scenario(
          ScenarioFile.parse(
              name.substring(folder.length()),
              text(beside, name),
              key -> text(beside, folder + key)));
    } catch (IOException e) {
      throw new ConfigurationException("The scenario " + name + " cannot be read (" + e + ")", e);
    }
  }

  /**
   * Reads a text, which names no key files.
   *
   * @param name what errors call it; it is JSON if this ends with {@code .json}, else YAML
   * @throws ConfigurationException if it is not as the schema has it
   */
  public static Scenario parse(String name, String text) {
    return new Scenario(
        ScenarioFile.parse(
            name,
            text,
            key -> {
              throw new FileNotFoundException(key);
            }));
  }

  /** What a scenario may say, as a JSON Schema 2020-12. */
  public static String schema() {
    return ScenarioSchema.text();
  }

  /** A scenario in YAML that shows everything, with comments. */
  public static String example() {
    return ScenarioSchema.example();
  }

  /**
   * The same for an organisation of another name, so that one simulator can have several of a
   * scenario; their identifiers differ.
   */
  public Scenario named(String name) {
    return new Scenario(file.named(Objects.requireNonNull(name, "name")));
  }

  /** The name of the organisation. */
  public String name() {
    return file.name();
  }

  ScenarioFile file() {
    return file;
  }

  /** What errors call it. */
  @Override
  public String toString() {
    return file.toString();
  }

  private static Path resolved(Path scenario, String name) throws IOException {
    try {
      return scenario.resolveSibling(name);
    } catch (InvalidPathException e) {
      throw new IOException("not a path", e);
    }
  }

  private static String text(Class<?> beside, String name) throws IOException {
    try (InputStream stream = beside.getResourceAsStream(name)) {
      if (stream == null) {
        throw new FileNotFoundException(name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

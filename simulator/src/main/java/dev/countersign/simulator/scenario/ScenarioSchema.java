package dev.countersign.simulator.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.json.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The published schema of scenarios. */
public final class ScenarioSchema {

  private static final String SCHEMA = "scenario.schema.json";
  private static final String EXAMPLE = "init.yaml";

  private ScenarioSchema() {}

  /** The schema, JSON Schema 2020-12. */
  public static String text() {
    return resource(SCHEMA);
  }

  /** A scenario that shows everything, with comments. */
  public static String example() {
    return resource(EXAMPLE);
  }

  /** Adds what in a text is not as the schema has it. */
  static void check(ScenarioText text, Faults faults) {
    ObjectNode document =
        (ObjectNode) Json.parse(text().getBytes(StandardCharsets.UTF_8)).orElseThrow();
    Schema schema = SchemaRegistry.withDialect(Dialects.getDraft202012()).getSchema(document);
    for (Error error : schema.validate(text.root())) {
      Place place = new Place(error.getInstanceLocation().toString());
      String property = error.getProperty();
      switch (error.getKeyword()) {
        case "additionalProperties" ->
            faults.add(place.field(Objects.requireNonNull(property)), unknown(error, property));
        case "required" -> faults.add(place, "the field " + property + " is missing");
        default -> faults.add(place, sentence(error));
      }
    }
  }

  private static String unknown(Error error, String field) {
    List<String> names = new ArrayList<>();
    String at = error.getSchemaLocation().toString();
    String pointer = at.substring(at.indexOf('#') + 1).replaceFirst("/additionalProperties$", "");
    Json.parse(text().getBytes(StandardCharsets.UTF_8))
        .orElseThrow()
        .at(pointer + "/properties")
        .fieldNames()
        .forEachRemaining(names::add);
    return "there is no such field; the nearest is " + Nearest.to(field, names);
  }

  /** The validator's message without the location it starts with. */
  private static String sentence(Error error) {
    String message = error.getMessage();
    String location = error.getInstanceLocation() + ": ";
    return message.startsWith(location) ? message.substring(location.length()) : message;
  }

  private static String resource(String name) {
    try (InputStream stream =
        Objects.requireNonNull(
            ScenarioSchema.class.getResourceAsStream(name), "the simulator's jar lacks " + name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.countersign.simulator.scenario;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.countersign.error.ConfigurationException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A document of YAML or JSON and the line of each of its values. Immutable once parsed.
 *
 * <p>Of YAML it takes what JSON can say: anchors, aliases and tags are refused, so that a file does
 * not grow when it is read, and makes nothing but texts, numbers and truths.
 */
final class ScenarioText {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final Pattern LINE = Pattern.compile("(?m)^ in .*, line ([0-9]{1,9}), column");
  private static final YAMLFactory YAML =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String name;
  private final JsonNode root;
  private final Map<String, Integer> lines;

  private ScenarioText(String name, JsonNode root, Map<String, Integer> lines) {
    this.name = name;
    this.root = root;
    this.lines = lines;
  }

  /**
   * Reads a text; as JSON if its name ends with {@code .json}, else as YAML.
   *
   * @throws ConfigurationException if it is neither
   */
  static ScenarioText parse(String name, String text) {
    JsonFactory factory = name.toLowerCase(Locale.ROOT).endsWith(".json") ? JSON : YAML;
    Map<String, Integer> lines = new HashMap<>();
    try (JsonParser parser = factory.createParser(text)) {
      JsonNode root =
          parser.nextToken() == null
              ? JsonNodeFactory.instance.objectNode()
              : value(name, parser, Place.ROOT, lines);
      if (parser.nextToken() != null) {
        throw new ConfigurationException(
            name + ":" + line(parser) + ": a file describes one organisation");
      }
      return new ScenarioText(name, root, Map.copyOf(lines));
    } catch (JacksonException e) {
      throw new ConfigurationException(
          name + ":" + line(e) + ": " + Faults.onOneLine(reason(e)), e);
    } catch (IOException e) {
      throw new ConfigurationException(name + " cannot be read (" + e + ")", e);
    }
  }

  /** The sentences of a parser's message, without the pictures of the place between them. */
  private static String reason(JacksonException e) {
    return e.getOriginalMessage()
        .replaceFirst(" \\(start marker at .*", "")
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith(" "))
        .collect(Collectors.joining(", "));
  }

  /**
   * YAML's messages name the line of the fault last; the exception has that of the token before.
   */
  private static int line(JacksonException e) {
    int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    Matcher named = LINE.matcher(e.getOriginalMessage());
    while (named.find()) {
      line = Integer.parseInt(named.group(1));
    }
    return line;
  }

  private static JsonNode value(
      String name, JsonParser parser, Place place, Map<String, Integer> lines) throws IOException {
    lines.putIfAbsent(place.pointer(), line(parser));
    refuseWhatJsonLacks(name, parser);
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    JsonToken token = parser.currentToken();
    switch (token) {
      case START_OBJECT -> {
        ObjectNode object = nodes.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String field = parser.currentName();
          Place inner = place.field(field);
          lines.put(inner.pointer(), line(parser));
          parser.nextToken();
          object.set(field, value(name, parser, inner, lines));
        }
        return object;
      }
      case START_ARRAY -> {
        ArrayNode array = nodes.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(name, parser, place.element(array.size()), lines));
        }
        return array;
      }
      case VALUE_NUMBER_INT -> {
        return integer(parser);
      }
      case VALUE_NUMBER_FLOAT -> {
        return nodes.numberNode(parser.getDecimalValue());
      }
      case VALUE_TRUE, VALUE_FALSE -> {
        return nodes.booleanNode(token == JsonToken.VALUE_TRUE);
      }
      case VALUE_NULL -> {
        return nodes.nullNode();
      }
      default -> {
        return nodes.textNode(parser.getText());
      }
    }
  }

  private static JsonNode integer(JsonParser parser) throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> JsonNodeFactory.instance.numberNode(parser.getIntValue());
      case LONG -> JsonNodeFactory.instance.numberNode(parser.getLongValue());
      default -> JsonNodeFactory.instance.numberNode(parser.getBigIntegerValue());
    };
  }

  private static void refuseWhatJsonLacks(String name, JsonParser parser) throws IOException {
    boolean alias = parser instanceof YAMLParser yaml && yaml.isCurrentAlias();
    if (alias || parser.getObjectId() != null || parser.getTypeId() != null) {
      throw new ConfigurationException(
          name
              + ":"
              + line(parser)
              + ": a scenario has no anchors, aliases and tags; write what they stand for");
    }
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  /** The file's name, without its directory. */
  String name() {
    return name;
  }

  JsonNode root() {
    return root;
  }

  /** The line of a value, or of the innermost that is there and holds it. */
  int line(Place place) {
    Integer line = lines.get(place.pointer());
    return line != null ? line : place.equals(Place.ROOT) ? 1 : line(place.parent());
  }
}

package dev.countersign.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.countersign.error.ProtocolException;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonBoolean;
import dev.countersign.json.JsonCodec;
import dev.countersign.json.JsonNull;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON codec on Jackson's streaming parser: bytes become values in one pass, without databind and
 * without annotations. Values become bytes in a {@link JsonTextBuilder}, faster than in Jackson.
 *
 * <p>Only UTF-8 is read; a byte order mark is refused. Jackson's own messages quote the text, so
 * none of them is passed on, not even as a cause.
 */
public final class JacksonCodec implements JsonCodec {

  static final int MAX_DEPTH = 200;

  /** Most arrays have no more elements. */
  private static final int FEW = 4;

  private static final int MAX_NUMBER_LENGTH = 1_000;

  private final JsonFactory factory;

  /** A codec. One is enough for a program: it keeps the names of members it has seen. */
  public JacksonCodec() {
    factory =
        JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(
                // depth and numbers are checked here, with a message of their own; the size of a
                // text is the transport's limit
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH + 1)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();
  }

  @Override
  public JsonValue parse(byte[] utf8) {
    Utf8.requireValid(utf8);
    try (JsonParser parser = factory.createParser(utf8)) {
      return document(parser, utf8.length);
    } catch (IOException e) {
      throw new IllegalStateException("Reading from memory cannot fail");
    }
  }

  private static JsonValue document(JsonParser parser, int length) throws IOException {
    try {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new ProtocolException("There is no JSON: the text of " + length + " bytes is blank");
      }
      JsonValue value = value(parser, first, 0);
      if (parser.nextToken() != null) {
        throw refused("something stands after the JSON value", tokenOffset(parser));
      }
      return value;
    } catch (StreamConstraintsException e) {
      throw refused("the JSON goes beyond the limits of the parser", offset(parser));
    } catch (JsonProcessingException e) {
      throw refused("this is not JSON", offset(parser));
    }
  }

  private static JsonValue value(JsonParser parser, @Nullable JsonToken token, int depth)
      throws IOException {
    if (token == null) {
      throw refused("the JSON ends too early", offset(parser));
    }
    return switch (token) {
      case START_OBJECT -> object(parser, deeper(parser, depth));
      case START_ARRAY -> array(parser, deeper(parser, depth));
      case VALUE_STRING -> JsonString.of(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_TRUE -> JsonBoolean.TRUE;
      case VALUE_FALSE -> JsonBoolean.FALSE;
      case VALUE_NULL -> JsonNull.NULL;
      case END_ARRAY, END_OBJECT, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw refused("a value is missing", tokenOffset(parser));
    };
  }

  private static JsonObject object(JsonParser parser, int depth) throws IOException {
    JsonObject.Builder object = JsonObject.builder();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      String text = parser.nextTextValue(); // most values are text
      JsonValue value =
          text != null ? JsonString.of(text) : value(parser, parser.currentToken(), depth);
      // where the name stands is asked only if it is needed: a location is an allocation
      if (!object.add(name, value)) {
        throw refused("a member's name stands twice in the object that goes on", offset(parser));
      }
    }
    return object.build();
  }

  private static JsonArray array(JsonParser parser, int depth) throws IOException {
    List<JsonValue> elements = new ArrayList<>(FEW);
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      elements.add(value(parser, token, depth));
    }
    return JsonArray.of(elements);
  }

  private static JsonNumber number(JsonParser parser) throws IOException {
    if (parser.getTextLength() > MAX_NUMBER_LENGTH) {
      throw refused(
          "a number is longer than " + MAX_NUMBER_LENGTH + " characters", tokenOffset(parser));
    }
    try {
      return JsonNumber.parse(parser.getText());
    } catch (IllegalArgumentException e) {
      throw refused("a number's exponent has more than 9 digits", tokenOffset(parser));
    }
  }

  private static int deeper(JsonParser parser, int depth) {
    if (depth == MAX_DEPTH) {
      throw refused("the JSON is nested deeper than " + MAX_DEPTH + " levels", tokenOffset(parser));
    }
    return depth + 1;
  }

  private static long offset(JsonParser parser) {
    return parser.currentLocation().getByteOffset();
  }

  private static long tokenOffset(JsonParser parser) {
    return parser.currentTokenLocation().getByteOffset();
  }

  private static ProtocolException refused(String what, long offset) {
    return new ProtocolException("At byte offset " + offset + ", " + what);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Characters beyond ASCII are written as they are; only half a surrogate pair, which UTF-8
   * cannot hold, is escaped.
   */
  @Override
  public byte[] write(JsonValue value) {
    return JsonTextBuilder.text(value);
  }
}

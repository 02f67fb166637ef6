package dev.countersign.json;

/** JSON for people: compact, secrets masked, cut off where it gets long. */
final class JsonPrinter {

  private static final int MAX_LENGTH = 10_000;
  private static final String MASK = "\"***\"";

  private final StringBuilder out = new StringBuilder();

  private JsonPrinter() {}

  static String print(JsonValue value) {
    JsonPrinter printer = new JsonPrinter();
    printer.append(value);
    if (printer.full()) {
      printer.out.setLength(MAX_LENGTH);
      printer.out.append('…');
    }
    return printer.out.toString();
  }

  private boolean full() {
    return out.length() > MAX_LENGTH;
  }

  private void append(JsonValue value) {
    if (full()) {
      return;
    }
    if (value instanceof JsonObject object) {
      append(object);
    } else if (value instanceof JsonArray array) {
      append(array);
    } else if (value instanceof JsonString string) {
      quote(string.value());
    } else {
      out.append(value);
    }
  }

  private void append(JsonObject object) {
    out.append('{');
    String separator = "";
    for (String name : object.names()) {
      out.append(separator);
      separator = ",";
      quote(name);
      out.append(':');
      JsonValue value = object.get(name);
      if (value == null || (SecretNames.contains(name) && !(value instanceof JsonNull))) {
        out.append(MASK);
      } else {
        append(value);
      }
    }
    out.append('}');
  }

  private void append(JsonArray array) {
    out.append('[');
    String separator = "";
    for (JsonValue element : array.elements()) {
      out.append(separator);
      separator = ",";
      append(element);
    }
    out.append(']');
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length() && !full(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}

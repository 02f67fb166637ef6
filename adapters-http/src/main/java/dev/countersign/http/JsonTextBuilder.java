package dev.countersign.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonBoolean;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Collects compact JSON in UTF-8, straight from values to bytes. It is itself what is given the
 * members of each object, so that an object costs nothing but its text. Not thread-safe.
 */
final class JsonTextBuilder implements BiConsumer<String, JsonValue> {

  /** Bytes; most requests are smaller. */
  private static final int INITIAL_SIZE = 1_024;

  /** A long text is copied less often for it; what is left over lives for an instant. */
  private static final int GROWTH = 4;

  private static final byte[] HEX = "0123456789ABCDEF".getBytes(US_ASCII);

  /** What stands after the backslash for a character of ASCII; 0 where none is needed. */
  private static final byte[] ESCAPES = escapes();

  private byte[] bytes = new byte[INITIAL_SIZE];
  private int size;
  private int depth;
  private boolean first = true;

  private JsonTextBuilder() {}

  /**
   * The text of a value.
   *
   * @throws IllegalArgumentException if it is nested too deep
   */
  static byte[] text(JsonValue value) {
    JsonTextBuilder builder = new JsonTextBuilder();
    builder.append(value);
    return Arrays.copyOf(builder.bytes, builder.size);
  }

  private void append(JsonValue value) {
    if (value instanceof JsonString string) {
      quote(string.value());
    } else if (value instanceof JsonObject object) {
      open('{');
      object.forEach(this);
      close('}');
    } else if (value instanceof JsonArray array) {
      appendAll(array.elements());
    } else if (value instanceof JsonNumber number) {
      ascii(number.literal());
    } else if (value instanceof JsonBoolean bool) {
      ascii(bool.value() ? "true" : "false");
    } else {
      ascii("null");
    }
  }

  private void appendAll(List<JsonValue> elements) {
    open('[');
    for (int i = 0; i < elements.size(); i++) {
      separate();
      append(elements.get(i));
    }
    close(']');
  }

  /** Appends a member of the object that was opened last. */
  @Override
  public void accept(String name, JsonValue member) {
    separate();
    quote(name);
    put(':');
    append(member);
  }

  private void separate() {
    if (!first) {
      put(',');
    }
    first = false;
  }

  private void open(char bracket) {
    if (depth == JacksonCodec.MAX_DEPTH) {
      throw new IllegalArgumentException(
          "The value is nested deeper than "
              + JacksonCodec.MAX_DEPTH
              + " levels, which nobody could read back");
    }
    depth++;
    first = true;
    put(bracket);
  }

  private void close(char bracket) {
    depth--;
    first = false;
    put(bracket);
  }

  private void quote(String text) {
    int length = text.length();
    byte[] out = room(length + 2);
    int at = size + 1;
    out[size] = '"';
    int i = 0;
    while (i < length) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || c >= 0x80) {
        break;
      }
      out[at + i] = (byte) c;
      i++;
    }
    if (i == length) {
      out[at + i] = '"';
      size = at + i + 1;
      return;
    }
    size = at + i;
    rest(text, i);
    put('"');
  }

  /** Appends the rest of a text that is not all plain ASCII. */
  private void rest(String text, int from) {
    int i = from;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c < ESCAPES.length && ESCAPES[c] == 0) {
        put(c);
        i++;
      } else {
        i = special(text, i);
      }
    }
  }

  /** Appends one character that does not, and returns the index after it. */
  private int special(String text, int index) {
    char c = text.charAt(index);
    int next = index + 1;
    if (c < ESCAPES.length) {
      single(c);
    } else if (c < 0x800) {
      put(0xC0 | (c >> 6));
      put(continuation(c));
    } else if (!Character.isSurrogate(c)) {
      put(0xE0 | (c >> 12));
      put(continuation(c >> 6));
      put(continuation(c));
    } else if (next < text.length() && Character.isSurrogatePair(c, text.charAt(next))) {
      pair(Character.toCodePoint(c, text.charAt(next++)));
    } else {
      escape(c);
    }
    return next;
  }

  private void single(char c) {
    if (ESCAPES[c] == 'u') {
      escape(c);
    } else {
      put('\\');
      put(ESCAPES[c]);
    }
  }

  private void pair(int codePoint) {
    put(0xF0 | (codePoint >> 18));
    put(continuation(codePoint >> 12));
    put(continuation(codePoint >> 6));
    put(continuation(codePoint));
  }

  private void escape(char c) {
    ascii("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      put(HEX[(c >> shift) & 0xF]);
    }
  }

  private void ascii(String text) {
    int length = text.length();
    byte[] out = room(length);
    for (int i = 0; i < length; i++) {
      out[size + i] = (byte) text.charAt(i);
    }
    size += length;
  }

  private void put(int character) {
    room(1)[size++] = (byte) character;
  }

  /** The bytes, with room for so many more. */
  private byte[] room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * GROWTH));
    }
    return bytes;
  }

  private static int continuation(int bits) {
    return 0x80 | (bits & 0x3F);
  }

  private static byte[] escapes() {
    byte[] escapes = new byte[0x80];
    Arrays.fill(escapes, 0, ' ', (byte) 'u');
    escapes['\b'] = 'b';
    escapes['\t'] = 't';
    escapes['\n'] = 'n';
    escapes['\f'] = 'f';
    escapes['\r'] = 'r';
    escapes['"'] = '"';
    escapes['\\'] = '\\';
    return escapes;
  }
}

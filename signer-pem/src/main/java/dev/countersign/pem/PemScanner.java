package dev.countersign.pem;

import dev.countersign.error.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Cuts a PEM file into its blocks (RFC 7468, and RFC 1421 for headers).
 *
 * <p>It reads bytes, not lines of text, because bytes can be wiped; and it says what is wrong where
 * other readers find nothing. Lines end with LF, CRLF or CR; text outside blocks is passed over,
 * which is where certificate tools put their bag attributes.
 */
final class PemScanner {

  private static final byte[] BEGIN = ascii("-----BEGIN ");
  private static final byte[] END = ascii("-----END ");
  private static final byte[] DASHES = ascii("-----");
  private static final byte[] COLON = ascii(":");
  private static final byte[] ESCAPED_LINE_BREAK = ascii("\\n");
  private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** A label is quoted in messages, so it may hold nothing else. */
  private static final Pattern LABEL = Pattern.compile("[A-Z0-9 ]{1,40}");

  private final String source;
  private final byte[] text;
  private int line;
  private int next;
  private int start;
  private int end;

  private PemScanner(String source, byte[] text) {
    this.source = source;
    this.text = text;
  }

  /**
   * The blocks of a PEM text in their order, none if it has none.
   *
   * @param source what the text is called in messages
   * @throws ConfigurationException if a block is not written as PEM
   */
  static List<PemBlock> scan(String source, byte[] text) {
    return new PemScanner(source, text).blocks();
  }

  private List<PemBlock> blocks() {
    if (startsWith(0, new byte[] {(byte) 0xFF, (byte) 0xFE})
        || startsWith(0, new byte[] {(byte) 0xFE, (byte) 0xFF})) {
      throw refusal("is written in UTF-16; save it as plain ASCII");
    }
    if (startsWith(0, BOM)) {
      throw byteOrderMark();
    }
    List<PemBlock> blocks = new ArrayList<>();
    while (nextLine()) {
      int begin = indexOf(BEGIN, start);
      if (begin >= 0) {
        requireLineOfItsOwn(begin);
        blocks.add(block(label(BEGIN)));
      }
    }
    return blocks;
  }

  private PemBlock block(String label) {
    int first = line;
    Map<String, String> headers = new LinkedHashMap<>();
    boolean more = nextLine();
    while (more && indexOf(COLON, start) >= 0) {
      int colon = indexOf(COLON, start);
      headers.put(text(start, colon), text(colon + 1, end).trim());
      more = nextLine();
    }
    int body = start;
    while (more && indexOf(DASHES, start) < 0) {
      more = nextLine();
    }
    if (!more || indexOf(BEGIN, start) >= 0) {
      throw refusal(
          "has a block "
              + label
              + " that begins on line "
              + first
              + " and does not end; the file is cut off: copy it again, whole");
    }
    if (indexOf(END, start) != start || !label.equals(label(END))) {
      throw refusal(
          "has a block "
              + label
              + " that begins on line "
              + first
              + ", and line "
              + line
              + " is not its END line; take the file as it was generated");
    }
    return new PemBlock(source, label, first, headers, text, body, start);
  }

  /** What the current line, which starts with this marker, says between the dashes. */
  private String label(byte[] marker) {
    int from = start + marker.length;
    int to = end - DASHES.length;
    String label = from <= to && startsWith(to, DASHES) ? text(from, to) : "";
    if (!LABEL.matcher(label).matches()) {
      throw refusal(
          "has a BEGIN or END line that does not say what the block is, on line "
              + line
              + "; take the file as it was generated");
    }
    return label;
  }

  private void requireLineOfItsOwn(int begin) {
    if (indexOf(ESCAPED_LINE_BREAK, start) >= 0) {
      throw refusal(
          "has the two characters \\n where lines should end, as a text does that was pasted into an"
              + " environment variable or JSON; write it out with real line breaks, such as with:"
              + " printf '%b' \"$PEM\" > <file>");
    }
    if (begin - BOM.length >= start && startsWith(begin - BOM.length, BOM)) {
      throw byteOrderMark();
    }
    int dashes = indexOf(DASHES, begin + BEGIN.length);
    if (begin != start || dashes != end - DASHES.length) {
      throw refusal(
          "has a BEGIN line with something before or behind it, on line "
              + line
              + (indexOf(END, start) >= 0 ? ": the PEM is on one line" : "")
              + "; put line breaks after the BEGIN line and before the END line");
    }
  }

  /** Moves to the next line, without the white space around it. */
  private boolean nextLine() {
    if (next >= text.length) {
      return false;
    }
    line++;
    start = next;
    end = start;
    while (end < text.length && text[end] != '\n' && text[end] != '\r') {
      end++;
    }
    boolean crlf = end + 1 < text.length && text[end] == '\r' && text[end + 1] == '\n';
    next = end + (crlf ? 2 : 1);
    while (start < end && isSpace(text[start])) {
      start++;
    }
    while (end > start && isSpace(text[end - 1])) {
      end--;
    }
    return true;
  }

  /** Where a sequence first stands in the rest of the current line, or -1. */
  private int indexOf(byte[] wanted, int from) {
    for (int i = from; i <= end - wanted.length; i++) {
      if (startsWith(i, wanted)) {
        return i;
      }
    }
    return -1;
  }

  private boolean startsWith(int at, byte[] wanted) {
    if (at + wanted.length > text.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (text[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  /** Text of a marker or a header, never of a body. */
  private String text(int from, int to) {
    return new String(text, from, to - from, StandardCharsets.US_ASCII);
  }

  private ConfigurationException byteOrderMark() {
    return refusal(
        "has a byte order mark, as some editors write; save it as plain ASCII, without one");
  }

  private ConfigurationException refusal(String sentence) {
    return new ConfigurationException(source + " " + sentence);
  }

  static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

package dev.countersign.pem;

import dev.countersign.error.ConfigurationException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * One block of a PEM file, from its BEGIN line to its END line: a window on the file's bytes, which
 * it does not own.
 */
final class PemBlock {

  private final String source;
  private final String label;
  private final int line;
  private final Map<String, String> headers;
  private final byte[] text;
  private final int start;
  private final int end;

  PemBlock(
      String source,
      String label,
      int line,
      Map<String, String> headers,
      byte[] text,
      int start,
      int end) {
    this.source = source;
    this.label = label;
    this.line = line;
    this.headers = Map.copyOf(headers);
    this.text = text;
    this.start = start;
    this.end = end;
  }

  /** What the BEGIN line says, such as {@code EC PRIVATE KEY}. */
  String label() {
    return label;
  }

  boolean isPrivateKey() {
    return label.endsWith("PRIVATE KEY");
  }

  /** A header of RFC 1421, such as {@code DEK-Info}. */
  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The bytes that the block encodes, in a new array that the caller wipes. */
  byte[] decode() {
    int length = 0;
    for (int i = start; i < end; i++) {
      if (!PemScanner.isSpace(text[i])) {
        length++;
      }
    }
    byte[] base64 = new byte[length];
    int at = 0;
    for (int i = start; i < end; i++) {
      if (!PemScanner.isSpace(text[i])) {
        base64[at++] = text[i];
      }
    }
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      // not the cause: it quotes the character
      throw new ConfigurationException(
          source
              + " has something other than base64 in the block "
              + label
              + " that begins on line "
              + line
              + "; take the file as it was generated");
    } finally {
      Arrays.fill(base64, (byte) 0);
    }
  }

  @Override
  public String toString() {
    return "PemBlock(" + label + ", line " + line + ")";
  }
}

package dev.countersign.json;

import dev.countersign.error.ProtocolException;

/**
 * Bytes to JSON values and back. The port to a JSON library; core knows none.
 *
 * <p>Safe for use by several threads at once.
 */
public interface JsonCodec {

  /**
   * Reads one JSON text.
   *
   * <p>Numbers keep their literal, objects the order of their members. Refused are: what is not
   * JSON (RFC 8259), anything after the value, a member name that stands twice in one object,
   * nesting deeper than 200 levels, and numbers longer than 1,000 characters or with an exponent of
   * more than 9 digits. Half of a surrogate pair is kept in a string and refused in a name.
   *
   * @param utf8 the text in UTF-8; not kept and not changed
   * @throws ProtocolException with the position and never the text
   */
  JsonValue parse(byte[] utf8);

  /**
   * Writes a value as compact JSON in UTF-8: members in their order, numbers as their literals.
   *
   * @throws IllegalArgumentException if it is nested deeper than 200 levels
   */
  byte[] write(JsonValue value);
}

package dev.countersign.simulator.documents;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.function.Supplier;

/** Says which field of a document is wrong. */
public final class Field {

  private Field() {}

  /**
   * What comes of a field.
   *
   * @throws IllegalArgumentException as the supplier does, with the field in front of its message
   */
  public static <T> T of(String name, Supplier<T> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  /**
   * A duration such as {@code PT15M}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("takes a duration such as PT15M, not " + text, e);
    }
  }
}

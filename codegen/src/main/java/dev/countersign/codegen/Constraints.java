package dev.countersign.codegen;

import org.jspecify.annotations.Nullable;

/**
 * What the description demands of a property's value beyond its type.
 *
 * @param pattern the regular expression a string matches as a whole, or null
 * @param elementPattern the same for the elements of an array
 * @param length how many characters, or null
 * @param size how many elements, or null
 * @param range between which numbers, or null
 */
public record Constraints(
    @Nullable String pattern,
    @Nullable String elementPattern,
    @Nullable Span length,
    @Nullable Span size,
    @Nullable Span range) {

  /** No constraints. */
  public static final Constraints NONE = new Constraints(null, null, null, null, null);

  /**
   * Both ends included.
   *
   * @param min the smallest
   * @param max the largest; {@link Long#MAX_VALUE} if there is none
   */
  public record Span(long min, long max) {

    @Override
    public String toString() {
      return max == Long.MAX_VALUE ? "at least " + min : min + " to " + max;
    }

    /** The same of countable things. */
    String of(String thing) {
      boolean single = min == 1 && max == Long.MAX_VALUE;
      return this + " " + thing + (single ? "" : "s");
    }
  }
}

package dev.countersign.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A value out of a set that grows: what the enumerations of the API are. A value that this version
 * does not know is kept as it is.
 *
 * <p>Immutable. Two values are equal if they are of the same type and their texts are equal.
 */
public abstract class OpenEnum {

  private final String value;
  private final boolean known;

  /** A value by its text in JSON. */
  protected OpenEnum(String value, boolean known) {
    this.value = Objects.requireNonNull(value, "value");
    this.known = known;
  }

  /** The text in JSON. */
  public final String value() {
    return value;
  }

  /** Whether this version knows the value. */
  public final boolean isKnown() {
    return known;
  }

  /** The known values by their text, in their order; unmodifiable. */
  @SafeVarargs
  protected static <E extends OpenEnum> Map<String, E> index(E... known) {
    Map<String, E> index = new LinkedHashMap<>();
    for (E value : known) {
      index.put(value.value(), value);
    }
    return Collections.unmodifiableMap(index);
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof OpenEnum that
        && getClass() == that.getClass()
        && value.equals(that.value());
  }

  @Override
  public final int hashCode() {
    return value.hashCode();
  }

  /** The text in JSON. */
  @Override
  public final String toString() {
    return value;
  }
}

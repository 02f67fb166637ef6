package dev.countersign.json;

/** JSON's {@code true} and {@code false}. */
public enum JsonBoolean implements JsonValue {
  /** {@code false}. */
  FALSE,
  /** {@code true}. */
  TRUE;

  /** The JSON value of a boolean. */
  public static JsonBoolean of(boolean value) {
    return value ? TRUE : FALSE;
  }

  /** The boolean. */
  public boolean value() {
    return this == TRUE;
  }

  @Override
  public String toString() {
    return value() ? "true" : "false";
  }
}

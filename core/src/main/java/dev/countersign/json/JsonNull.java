package dev.countersign.json;

/** JSON's {@code null}, which differs from a member that is not there. */
public enum JsonNull implements JsonValue {
  /** The one value. */
  NULL;

  @Override
  public String toString() {
    return "null";
  }
}

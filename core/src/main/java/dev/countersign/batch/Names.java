package dev.countersign.batch;

/** The names that callers give batches, items and order keys. */
final class Names {

  /** What fits into a key of every database. */
  private static final int MAX = 200;

  private Names() {}

  static String require(String what, String name) {
    if (name.isBlank() || name.length() > MAX) {
      throw new IllegalArgumentException(
          "A batch's " + what + " has 1 to " + MAX + " characters, not " + name.length());
    }
    for (int i = 0; i < name.length(); i++) {
      if (Character.isISOControl(name.charAt(i)) || Character.isSurrogate(name.charAt(i))) {
        throw new IllegalArgumentException(
            "A batch's " + what + " has no control characters or surrogates; there is one at " + i);
      }
    }
    return name;
  }
}

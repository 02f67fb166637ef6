package dev.countersign.simulator.scenario;

import java.util.Objects;

/**
 * Where something is in a document, such as {@code wallets[2].network}.
 *
 * @param pointer as a JSON pointer, such as {@code /wallets/2/network}
 */
record Place(String pointer) {

  static final Place ROOT = new Place("");

  Place {
    Objects.requireNonNull(pointer, "pointer");
  }

  Place field(String name) {
    return new Place(pointer + "/" + name.replace("~", "~0").replace("/", "~1"));
  }

  Place element(int index) {
    return new Place(pointer + "/" + index);
  }

  /** What it is in. */
  Place parent() {
    return new Place(pointer.substring(0, Math.max(0, pointer.lastIndexOf('/'))));
  }

  /** The path, as people write it. */
  @Override
  public String toString() {
    return pointer
        .replaceAll("/([0-9]+)(?=/|$)", "[$1]")
        .replaceFirst("^/", "")
        .replace('/', '.')
        .replace("~1", "/")
        .replace("~0", "~");
  }
}

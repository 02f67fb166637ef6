package dev.countersign.simulator.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Values that were judged lately and are recognised, the very same objects and not their equals:
 * what an organisation remembers is frozen and answered again and again. Forgets as it likes. Safe
 * for use by several threads at once.
 */
final class Recognised {

  private static final int PLACES = 1 << 12;

  private record Seen(String by, WeakReference<JsonNode> value) {}

  private final AtomicReferenceArray<Seen> seen = new AtomicReferenceArray<>(PLACES);

  /** Whether a value was found valid by a schema. */
  boolean contains(String by, JsonNode value) {
    Seen found = seen.get(place(value));
    return found != null && found.by().equals(by) && found.value().refersTo(value);
  }

  void add(String by, JsonNode value) {
    seen.set(place(value), new Seen(by, new WeakReference<>(value)));
  }

  private static int place(JsonNode value) {
    return System.identityHashCode(value) & (PLACES - 1);
  }
}

package dev.countersign.simulator.crypto;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What was worked out lately from texts, found again by the whole text and by nothing less. Forgets
 * as it likes, and never grows. Does not print. Safe for use by several threads at once.
 */
public final class Recent<V> {

  private static final int PLACES = 64;

  private static final class Known<V> {
    private final String text;
    private final V value;

    private Known(String text, V value) {
      this.text = text;
      this.value = value;
    }
  }

  private final AtomicReferenceArray<Known<V>> known = new AtomicReferenceArray<>(PLACES);

  /** Nothing yet. */
  public Recent() {}

  /** What belongs to a text, if it is remembered. */
  public Optional<V> find(String text) {
    Known<V> found = known.get(place(text));
    return found != null && found.text.equals(text) ? Optional.of(found.value) : Optional.empty();
  }

  /** Remembers what belongs to a text, in the place of another perhaps. */
  public void add(String text, V value) {
    known.set(place(text), new Known<>(text, value));
  }

  private static int place(String text) {
    int hash = text.hashCode();
    return (hash ^ hash >>> 16) & (PLACES - 1);
  }
}

package dev.countersign.simulator.state;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/**
 * Something that happens to an entity at a time.
 *
 * @param at when
 * @param number tells apart what is due at the same time, in the order it was scheduled
 * @param what what happens, a name the engine knows
 * @param subject the entity's identifier
 */
public record Due(Instant at, long number, String what, String subject) implements Comparable<Due> {

  private static final Comparator<Due> ORDER =
      Comparator.comparing(Due::at).thenComparingLong(Due::number);

  /** Checks the components. */
  public Due {
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(subject, "subject");
  }

  @Override
  public int compareTo(Due other) {
    return ORDER.compare(this, other);
  }
}

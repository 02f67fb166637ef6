package dev.countersign.simulator.control;

import java.time.Instant;
import java.util.Objects;

/**
 * Something that happened by itself because its time had come.
 *
 * @param at when it was due
 * @param what what happened, such as {@code approval expires}
 * @param subject the identifier of what it happened to
 */
public record Fired(Instant at, String what, String subject) {

  /** Checks the components. */
  public Fired {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(subject, "subject");
  }

  /** Time, what and subject. */
  @Override
  public String toString() {
    return at + " " + what + " " + subject;
  }
}

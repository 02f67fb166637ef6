package dev.countersign.signing;

import dev.countersign.error.SigningException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One switch between a primary and a secondary key. Immutable; holds no secret, may be printed. */
public final class FailoverEvent {

  private final Direction direction;
  private final Instant at;
  private final @Nullable SigningException failure;

  private FailoverEvent(Direction direction, Instant at, @Nullable SigningException failure) {
    this.direction = direction;
    this.at = at;
    this.failure = failure;
  }

  static FailoverEvent toSecondary(Instant at, SigningException failure) {
    return new FailoverEvent(
        Direction.TO_SECONDARY, at, Objects.requireNonNull(failure, "failure"));
  }

  static FailoverEvent toPrimary(Instant at) {
    return new FailoverEvent(Direction.TO_PRIMARY, at, null);
  }

  /** Which way it went. */
  public Direction direction() {
    return direction;
  }

  /** When. */
  public Instant at() {
    return at;
  }

  /** Why, in a sentence. */
  public String reason() {
    return failure == null
        ? "the primary key signs again"
        : Objects.requireNonNullElse(failure.getMessage(), "the primary key cannot sign");
  }

  /** What the primary failed with; empty on the way back. */
  public Optional<SigningException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public String toString() {
    return direction + " at " + at + ": " + reason();
  }

  /** The ways a switch can go. */
  public enum Direction {
    /** The primary failed; the secondary signs from now on. */
    TO_SECONDARY,
    /** The primary signed again, and signs from now on. */
    TO_PRIMARY
  }
}

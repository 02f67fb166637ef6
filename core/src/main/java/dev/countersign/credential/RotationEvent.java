package dev.countersign.credential;

import dev.countersign.error.DfnsException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something that became of a source in {@link RotatingCredentials}. Immutable; no secret. */
public final class RotationEvent {

  private final Kind kind;
  private final CredentialSource source;
  private final Instant at;
  private final @Nullable DfnsException reason;

  RotationEvent(Kind kind, CredentialSource source, Instant at, @Nullable DfnsException reason) {
    this.kind = Objects.requireNonNull(kind, "kind");
    this.source = Objects.requireNonNull(source, "source");
    this.at = Objects.requireNonNull(at, "at");
    this.reason = reason;
  }

  /** What happened. */
  public Kind kind() {
    return kind;
  }

  /** The source to which it happened: the very object that was given. */
  public CredentialSource source() {
    return source;
  }

  /** When. */
  public Instant at() {
    return at;
  }

  /** On {@link Kind#ROLLED_BACK}: why the source was given up. */
  public Optional<DfnsException> reason() {
    return Optional.ofNullable(reason);
  }

  @Override
  public String toString() {
    return kind + " " + source + " at " + at + (reason == null ? "" : ": " + reason.getMessage());
  }

  /** What can become of a source. */
  public enum Kind {
    /** A call has gone through with it for the first time: it is proven, the former one retired. */
    COMMITTED,
    /** It was refused before it was proven: the former one is used again. */
    ROLLED_BACK,
    /** Another one replaced it before it was proven. */
    SUPERSEDED,
    /** It is retired and the last call that began with it has ended: its signer may be closed. */
    DRAINED
  }
}

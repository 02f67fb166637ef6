package dev.countersign.hsm;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How an {@link HsmSigner} is, at the moment it was asked. Immutable. */
public final class HsmHealth {

  private final boolean healthy;
  private final Instant since;
  private final @Nullable String lastError;
  private final @Nullable Instant lastSignature;

  HsmHealth(
      boolean healthy, Instant since, @Nullable String lastError, @Nullable Instant lastSignature) {
    this.healthy = healthy;
    this.since = since;
    this.lastError = lastError;
    this.lastSignature = lastSignature;
  }

  /** Whether the next signature is expected to be made. */
  public boolean healthy() {
    return healthy;
  }

  /** Since when it is so. */
  public Instant since() {
    return since;
  }

  /** What went wrong last, in a sentence without a secret; it may be over. */
  public Optional<String> lastError() {
    return Optional.ofNullable(lastError);
  }

  /** When the token last signed; opening a signer and probing count. */
  public Optional<Instant> lastSignature() {
    return Optional.ofNullable(lastSignature);
  }

  @Override
  public String toString() {
    return (healthy ? "healthy since " : "not healthy since ")
        + since
        + (lastError == null ? "" : "; last error: " + lastError);
  }
}

package dev.countersign.call;

import dev.countersign.credential.CredentialId;
import dev.countersign.error.DfnsException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What became of one run of a call. Immutable; it holds no secret and may be printed.
 *
 * <p>A path holds ids of wallets and the like, as they are in the address of the request.
 */
public final class CallReport {

  private final Operation<?> operation;
  private final String path;
  private final @Nullable String payloadSha256;
  private final @Nullable CredentialId signedBy;
  private final Instant startedAt;
  private final Duration took;
  private final Duration waited;
  private final int attempts;
  private final int exchanges;
  private final OptionalInt status;
  private final @Nullable String requestId;
  private final End end;
  private final @Nullable DfnsException failure;

  CallReport(Journey journey, Duration took, End end, @Nullable DfnsException failure) {
    this.operation = journey.operation();
    this.path = journey.action().path();
    this.payloadSha256 = journey.payloadSha256();
    this.signedBy = journey.signedBy();
    this.startedAt = journey.startedAt();
    this.took = took;
    this.waited = journey.waited();
    this.attempts = journey.attempts();
    this.exchanges = journey.exchanges();
    this.status = journey.status();
    this.requestId = journey.requestId();
    this.end = end;
    this.failure = failure;
  }

  /** The operation. */
  public Operation<?> operation() {
    return operation;
  }

  /** The percent-encoded path, without query. */
  public String path() {
    return path;
  }

  /**
   * SHA-256 of the signed payload in lower-case hexadecimal, if the call had to be signed: tells
   * which bytes a signature was for.
   */
  public Optional<String> payloadSha256() {
    return Optional.ofNullable(payloadSha256);
  }

  /** The key that signed here; empty if nobody did, or somebody elsewhere. */
  public Optional<CredentialId> signedBy() {
    return Optional.ofNullable(signedBy);
  }

  /** When it was begun. */
  public Instant startedAt() {
    return startedAt;
  }

  /** How long it took, signing included. */
  public Duration took() {
    return took;
  }

  /** How much of that it waited: for its turn in the rate budget, and before further attempts. */
  public Duration waited() {
    return waited;
  }

  /** How many attempts were begun: one for a call that went well at once. */
  public int attempts() {
    return attempts;
  }

  /** How many requests were sent: three for a signed call that went well at once. */
  public int exchanges() {
    return exchanges;
  }

  /** The HTTP status of the last reply, if there was one. */
  public OptionalInt status() {
    return status;
  }

  /** The {@code X-Request-ID} of the last reply, to quote to Dfns support, if there was one. */
  public Optional<String> requestId() {
    return Optional.ofNullable(requestId);
  }

  /** How it ended. */
  public End end() {
    return end;
  }

  /** What the caller was told, if it did not end well. */
  public Optional<DfnsException> failure() {
    return Optional.ofNullable(failure);
  }

  /** One line with all of it but the failure. */
  @Override
  public String toString() {
    return end
        + " "
        + operation.name()
        + " "
        + operation.method()
        + " "
        + path
        + " in "
        + took.toMillis()
        + " ms, "
        + exchanges
        + " requests"
        + (attempts > 1 ? ", " + attempts + " attempts" : "")
        + (waited.toMillis() > 0 ? ", waited " + waited.toMillis() + " ms" : "")
        + (status.isPresent() ? ", status " + status.getAsInt() : "")
        + (requestId == null ? "" : ", request " + requestId)
        + (signedBy == null ? "" : ", signed by " + signedBy)
        + (payloadSha256 == null ? "" : ", payload " + payloadSha256);
  }

  /** How a run of a call can end. */
  public enum End {
    /** Dfns did it. */
    DONE,
    /** Dfns asks people first. */
    AWAITING_APPROVAL,
    /** The challenge is there, and somebody else has to sign it. */
    BEGUN,
    /** Dfns understood and refused. */
    REFUSED,
    /** It may have taken effect. */
    UNKNOWN,
    /** It did not take effect: it was not sent, not signed, or given up before. */
    NO_EFFECT,
    /** Dfns answered, and the answer cannot be read. */
    UNREADABLE
  }
}

package dev.countersign.call;

import dev.countersign.action.Challenge;
import dev.countersign.action.UserAction;
import dev.countersign.credential.CredentialId;
import dev.countersign.error.DfnsException;
import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.error.ProtocolException;
import dev.countersign.error.RequestRejectedException;
import dev.countersign.rate.Timer;
import dev.countersign.transport.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is noted of one run of a call while it is under way, for its report. */
final class Journey {

  /** What an id may look like that is passed on: nothing that could be a token. */
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:/=-]{1,128}");

  private final Operation<?> operation;
  private final UserAction action;
  private final Instant startedAt;
  private final Timer timer;
  private final long startedNanos;
  private final AtomicInteger exchanges = new AtomicInteger();
  private final AtomicInteger attempts = new AtomicInteger();
  private final AtomicLong waitedNanos = new AtomicLong();
  private final AtomicReference<@Nullable CredentialId> signedBy = new AtomicReference<>();
  private final AtomicReference<@Nullable Reply> last = new AtomicReference<>();
  private final List<String> secrets;

  /**
   * A run that begins now.
   *
   * @param secrets what must not be passed on; grows while the call is under way
   */
  Journey(
      Operation<?> operation, UserAction action, Clock clock, Timer timer, List<String> secrets) {
    this.operation = operation;
    this.action = action;
    this.startedAt = clock.instant();
    this.timer = timer;
    this.startedNanos = timer.nanos();
    this.secrets = secrets;
  }

  /** Another attempt begins. */
  void attempted() {
    attempts.incrementAndGet();
  }

  /** Nothing was under way for so long, in a queue or before another attempt. */
  void waited(long nanos) {
    waitedNanos.addAndGet(nanos);
  }

  void signed(CredentialId key) {
    signedBy.set(key);
  }

  void sent() {
    exchanges.incrementAndGet();
  }

  void replied(Reply reply) {
    last.set(reply);
  }

  CallReport report(CallReport.End end, @Nullable DfnsException failure) {
    return new CallReport(this, Duration.ofNanos(timer.nanos() - startedNanos), end, failure);
  }

  /** The report of a run that gave a value. */
  CallReport done(@Nullable Object value) {
    return report(
        value instanceof Outcome.AwaitingApproval
            ? CallReport.End.AWAITING_APPROVAL
            : value instanceof Challenge || value instanceof DelegatedCall
                ? CallReport.End.BEGUN
                : CallReport.End.DONE,
        null);
  }

  /** The report of a run that failed. */
  CallReport failed(Throwable error) {
    DfnsException failure = error instanceof DfnsException known ? known : null;
    if (error instanceof RequestRejectedException) {
      return report(CallReport.End.REFUSED, failure);
    }
    if (error instanceof OutcomeUnknownException) {
      return report(CallReport.End.UNKNOWN, failure);
    }
    return report(
        error instanceof ProtocolException ? CallReport.End.UNREADABLE : CallReport.End.NO_EFFECT,
        failure);
  }

  Operation<?> operation() {
    return operation;
  }

  UserAction action() {
    return action;
  }

  Instant startedAt() {
    return startedAt;
  }

  int exchanges() {
    return exchanges.get();
  }

  int attempts() {
    return attempts.get();
  }

  Duration waited() {
    return Duration.ofNanos(waitedNanos.get());
  }

  @Nullable CredentialId signedBy() {
    return signedBy.get();
  }

  OptionalInt status() {
    Reply reply = last.get();
    return reply == null ? OptionalInt.empty() : OptionalInt.of(reply.status());
  }

  @Nullable String requestId() {
    Reply reply = last.get();
    return reply == null
        ? null
        : reply
            .header("X-Request-ID")
            .filter(id -> REQUEST_ID.matcher(id).matches())
            .filter(id -> secrets.stream().noneMatch(id::contains))
            .orElse(null);
  }

  @Nullable String payloadSha256() {
    return operation.security() == Operation.Security.USER_ACTION
        ? Sha256.hex(action.payload())
        : null;
  }
}

package dev.countersign.approval;

import dev.countersign.api.policies.ApprovalDecision;
import dev.countersign.api.policies.ApprovalValue;
import dev.countersign.api.policies.PolicyApproval;
import dev.countersign.error.DfnsException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of waiting: {@link Succeeded}, {@link Rejected}, {@link Failed}, or {@link
 * StillPending}, which is no failure.
 *
 * @param <T> what was looked at
 */
public sealed interface Waited<T> {

  /** What was asked for has happened. */
  sealed interface Succeeded<T> extends Waited<T> {
    /** What was looked at, as it was last seen. */
    T entity();
  }

  /** It is in a block of the chain, as Dfns's indexer saw. */
  record Confirmed<T>(T entity) implements Succeeded<T> {}

  /** The signature is there. */
  record Signed<T>(T entity) implements Succeeded<T> {}

  /**
   * The people who were asked approved.
   *
   * <p>For a {@link WaitKind#CHANGE}: Dfns still did not show the change as applied when it was
   * looked at 5 times more; read the entity to be sure.
   */
  record Approved<T>(T entity) implements Succeeded<T> {}

  /** The change took effect. */
  record Applied<T>(T entity) implements Succeeded<T> {}

  /** It will not happen, by a policy's rule or by somebody's decision; nothing has happened. */
  sealed interface Rejected<T> extends Waited<T> {
    /** What was looked at, as it was last seen. */
    T entity();
  }

  /**
   * Somebody who was asked said no.
   *
   * @param approval who, when and why
   */
  record Denied<T>(T entity, PolicyApproval approval) implements Rejected<T> {
    /** The decisions against it: each with the user's id and, if they gave one, the reason. */
    public List<ApprovalDecision> denials() {
      return approval.decisions().stream()
          .filter(decision -> decision.value().equals(ApprovalValue.DENIED))
          .toList();
    }
  }

  /**
   * Those who were asked did not answer in time.
   *
   * @param approval who was asked, and until when
   */
  record Expired<T>(T entity, PolicyApproval approval) implements Rejected<T> {}

  /** A policy blocked it: Dfns rejected it and names no approval. */
  record Blocked<T>(T entity) implements Rejected<T> {}

  /**
   * Dfns rejected it, and its approval does not tell why.
   *
   * @param why what is wrong with the approval, in a sentence: not to be read, or not denied
   */
  record Unexplained<T>(T entity, String why) implements Rejected<T> {}

  /**
   * Dfns could not do it. A transfer or transaction that failed may have cost a fee, and one with a
   * {@code txHash} is on the chain (docs.dfns.co/guides/developers/transaction-monitoring).
   */
  record Failed<T>(T entity) implements Waited<T> {}

  /** Nothing has ended yet: the deadline was reached first, or the {@link Waits} was closed. */
  final class StillPending<T> implements Waited<T> {
    private final WaitId<T> id;
    private final @Nullable T lastSeen;
    private final @Nullable DfnsException trouble;

    StillPending(WaitId<T> id, @Nullable T lastSeen, @Nullable DfnsException trouble) {
      this.id = Objects.requireNonNull(id, "id");
      this.lastSeen = lastSeen;
      this.trouble = trouble;
    }

    /** What to go on waiting for, here or elsewhere. */
    public WaitId<T> id() {
      return id;
    }

    /** How it was last seen, if it was seen at all. */
    public Optional<T> lastSeen() {
      return Optional.ofNullable(lastSeen);
    }

    /** Why the last look did not see it, if it did not. */
    public Optional<DfnsException> trouble() {
      return Optional.ofNullable(trouble);
    }

    @Override
    public String toString() {
      return "StillPending(" + id + ")";
    }
  }
}

package dev.countersign.approval;

import org.jspecify.annotations.Nullable;

/** What one look says of something that is waited for. */
sealed interface Verdict<T> {

  /** How many more looks are spent on what has ended but does not say yet how: 5. */
  int LOOKS_TO_SETTLE = 5;

  /**
   * It goes on.
   *
   * @param approvalId of the approval that holds it, if one does
   */
  record Going<T>(@Nullable String approvalId) implements Verdict<T> {}

  /** It has ended so. */
  record Ended<T>(Waited<T> how) implements Verdict<T> {}

  /** It has ended, and how may be seen better soon; so, unless it is. */
  record Settling<T>(Waited<T> otherwise) implements Verdict<T> {}

  /**
   * It was rejected.
   *
   * @param approvalId of the approval that tells why, if there is one
   */
  record Rejected<T>(T entity, @Nullable String approvalId) implements Verdict<T> {}
}

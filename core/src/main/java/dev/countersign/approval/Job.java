package dev.countersign.approval;

import dev.countersign.api.policies.PolicyApproval;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request that looking takes, and for whom. */
sealed interface Job {

  /** One entity, by itself. */
  record Single<T>(Entry<T> entry) implements Job {}

  /** The approval that tells why an entity was rejected. */
  record Explain<T>(Entry<T> entry, T entity, String approvalId) implements Job {
    Verdict<T> verdict(PolicyApproval approval) {
      return Judge.explain(entity, approval);
    }
  }

  /**
   * The next page of a list.
   *
   * @param unseen by their ids on the list, those that no page has shown yet; changes
   * @param tokens of the pages so far; changes
   */
  record Walk(
      Shelf shelf, Map<String, List<Entry<?>>> unseen, @Nullable String token, Set<String> tokens)
      implements Job {}
}

package dev.countersign.approval;

import dev.countersign.api.keys.SignatureRequest;
import dev.countersign.api.keys.SignatureStatus;
import dev.countersign.api.policies.ApprovalStatus;
import dev.countersign.api.policies.PolicyApproval;
import dev.countersign.api.wallets.TransactionRequest;
import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.api.wallets.TransferStatus;
import dev.countersign.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which statuses are ends (docs.dfns.co/guides/developers/transaction-monitoring). A status that
 * this version does not know is none: it is waited through.
 */
final class Judge {

  private Judge() {}

  static Verdict<TransferRequest> transfer(TransferRequest seen) {
    return onChain(seen, seen.status(), seen.approvalId().orElse(null));
  }

  static Verdict<TransactionRequest> transaction(TransactionRequest seen) {
    return onChain(seen, seen.status(), seen.approvalId().orElse(null));
  }

  private static <T> Verdict<T> onChain(
      T seen, TransferStatus status, @Nullable String approvalId) {
    return switch (status.value()) {
      case "Confirmed" -> new Verdict.Ended<>(new Waited.Confirmed<>(seen));
      case "Failed" -> new Verdict.Ended<>(new Waited.Failed<>(seen));
      case "Rejected" -> new Verdict.Rejected<>(seen, approvalId);
      default -> new Verdict.Going<>(status.equals(TransferStatus.PENDING) ? approvalId : null);
    };
  }

  static Verdict<SignatureRequest> signature(SignatureRequest seen) {
    @Nullable String approvalId = seen.approvalId().orElse(null);
    return switch (seen.status().value()) {
      case "Signed" -> new Verdict.Ended<>(new Waited.Signed<>(seen));
      case "Confirmed" -> new Verdict.Ended<>(new Waited.Confirmed<>(seen));
      case "Failed" -> new Verdict.Ended<>(new Waited.Failed<>(seen));
      case "Rejected" -> new Verdict.Rejected<>(seen, approvalId);
      default ->
          new Verdict.Going<>(seen.status().equals(SignatureStatus.PENDING) ? approvalId : null);
    };
  }

  static Verdict<PolicyApproval> approval(PolicyApproval seen) {
    return seen.status().equals(ApprovalStatus.APPROVED)
        ? new Verdict.Ended<>(new Waited.Approved<>(seen))
        : refused(seen, seen).<Verdict<PolicyApproval>>map(Verdict.Ended::new).orElse(going());
  }

  /** The approval says whether it may be, the change request within it whether it was done. */
  static Verdict<PolicyApproval> change(PolicyApproval seen) {
    Optional<Waited<PolicyApproval>> refused = refused(seen, seen);
    if (refused.isPresent()) {
      return new Verdict.Ended<>(refused.get());
    }
    return switch (statusOfChange(seen)) {
      case "Applied" -> new Verdict.Ended<>(new Waited.Applied<>(seen));
      case "Failed" -> new Verdict.Ended<>(new Waited.Failed<>(seen));
      case "Rejected" ->
          new Verdict.Settling<>(
              new Waited.Unexplained<>(seen, "Its approval is " + seen.status().value() + "."));
      default ->
          seen.status().equals(ApprovalStatus.APPROVED)
              ? new Verdict.Settling<>(new Waited.Approved<>(seen))
              : going();
    };
  }

  private static String statusOfChange(PolicyApproval seen) {
    return seen.activity().json().get("changeRequest") instanceof JsonObject change
        ? change.text("status").orElse("")
        : "";
  }

  /** Why an entity was rejected, by its approval. */
  static <T> Verdict<T> explain(T entity, PolicyApproval approval) {
    Optional<Waited<T>> refused = refused(entity, approval);
    return refused.isPresent()
        ? new Verdict.Ended<>(refused.get())
        : new Verdict.Settling<>(
            new Waited.Unexplained<>(
                entity,
                "Its approval " + approval.id() + " is " + approval.status().value() + "."));
  }

  private static <T> Optional<Waited<T>> refused(T entity, PolicyApproval approval) {
    return switch (approval.status().value()) {
      case "Denied" -> Optional.of(new Waited.Denied<>(entity, approval));
      case "Expired" -> Optional.of(new Waited.Expired<>(entity, approval));
      default -> Optional.empty();
    };
  }

  private static Verdict<PolicyApproval> going() {
    return new Verdict.Going<>(null);
  }
}

package dev.countersign.approval;

import dev.countersign.api.keys.SignatureRequest;
import dev.countersign.api.policies.PolicyApproval;
import dev.countersign.api.policies.PolicyChangeRequest;
import dev.countersign.api.wallets.TransactionRequest;
import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.call.Outcome;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of something that is waited for: ids and nothing else, so that it can be stored, logged
 * and resumed in another process. Immutable; holds no secret.
 *
 * <p>Its text is the kind and two ids, such as {@code transfer:wa-…:xfr-…}.
 *
 * @param <T> what is looked at
 */
public final class WaitId<T> {

  /** Dfns's ids are up to 64 characters (docs.dfns.co/api-reference); more is room to grow. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.~-]{1,128}");

  /** In place of what an approval does not have. */
  static final String NO_PARENT = "-";

  private final WaitKind<T> kind;
  private final String parent;
  private final String id;

  private WaitId(WaitKind<T> kind, String parent, String id) {
    this.kind = kind;
    this.parent = requireId(parent);
    this.id = requireId(id);
  }

  /** A transfer of a wallet. */
  public static WaitId<TransferRequest> transfer(String walletId, String transferId) {
    return new WaitId<>(WaitKind.TRANSFER, walletId, transferId);
  }

  /** A transaction of a wallet. */
  public static WaitId<TransactionRequest> transaction(String walletId, String transactionId) {
    return new WaitId<>(WaitKind.TRANSACTION, walletId, transactionId);
  }

  /** A signature of a key. */
  public static WaitId<SignatureRequest> signature(String keyId, String signatureId) {
    return new WaitId<>(WaitKind.SIGNATURE, keyId, signatureId);
  }

  /** An approval. */
  public static WaitId<PolicyApproval> approval(String approvalId) {
    return new WaitId<>(WaitKind.APPROVAL, NO_PARENT, approvalId);
  }

  /** A change of a policy, a permission or an assignment, and the approval that it needs. */
  public static WaitId<PolicyApproval> change(String changeRequestId, String approvalId) {
    return new WaitId<>(WaitKind.CHANGE, changeRequestId, approvalId);
  }

  /** A transfer as Dfns answered it. */
  public static WaitId<TransferRequest> of(TransferRequest transfer) {
    return transfer(transfer.walletId(), transfer.id());
  }

  /** A transaction as Dfns answered it. */
  public static WaitId<TransactionRequest> of(TransactionRequest transaction) {
    return transaction(transaction.walletId(), transaction.id());
  }

  /** A signature as Dfns answered it. */
  public static WaitId<SignatureRequest> of(SignatureRequest signature) {
    return signature(signature.keyId(), signature.id());
  }

  /**
   * The pending change of a policy, from {@code Policy.pendingChangeRequest}.
   *
   * @throws IllegalArgumentException if it names no approval
   */
  public static WaitId<PolicyApproval> of(PolicyChangeRequest change) {
    return of(Outcome.AwaitingApproval.of(change.json()));
  }

  /**
   * A change that awaits approval.
   *
   * @throws IllegalArgumentException if it names no approval
   */
  public static WaitId<PolicyApproval> of(Outcome.AwaitingApproval<?> awaiting) {
    return change(
        awaiting.changeRequestId(),
        awaiting
            .approvalId()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Dfns named no approval for the change request "
                            + awaiting.changeRequestId()
                            + "; read the entity's pendingChangeRequest until it has one")));
  }

  /** The name of a kind and two ids as Dfns sent them; empty if they can be none. */
  static Optional<WaitId<?>> find(WaitKind<?> kind, String parent, String id) {
    return isId(parent) && isId(id)
        ? Optional.of(new WaitId<>(kind, parent, id))
        : Optional.empty();
  }

  /**
   * The name that a text is.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static WaitId<?> parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "What is waited for is named by a kind and two ids, such as transfer:wa-…:xfr-…; this"
              + " text has "
              + parts.length
              + (parts.length == 1 ? " part" : " parts"));
    }
    for (WaitKind<?> kind : WaitKind.all()) {
      if (kind.name().equals(parts[0])) {
        return new WaitId<>(kind, parts[1], parts[2]);
      }
    }
    throw new IllegalArgumentException(
        "What is waited for is one of " + WaitKind.all() + ", and this text begins otherwise");
  }

  /**
   * The same if it is of a kind.
   *
   * @throws IllegalArgumentException if it is of another
   */
  @SuppressWarnings("unchecked") // the kinds are constants, each of its own type
  public <K> WaitId<K> as(WaitKind<K> wanted) {
    if (kind != wanted) {
      throw new IllegalArgumentException(this + " is no " + wanted);
    }
    return (WaitId<K>) this;
  }

  /** What it is. */
  public WaitKind<T> kind() {
    return kind;
  }

  /** The id of what is looked at: the approval's of a change. */
  String id() {
    return id;
  }

  /** The id of the wallet, key or change request; a dash for an approval. */
  String parent() {
    return parent;
  }

  private static String requireId(String id) {
    if (!isId(Objects.requireNonNull(id, "id"))) {
      throw new IllegalArgumentException(
          "An id is 1 to 128 letters, digits and any of _ . ~ - (and not only a dot or two), which"
              + " this one of "
              + id.length()
              + " characters is not");
    }
    return id;
  }

  private static boolean isId(String text) {
    return ID.matcher(text).matches() && !text.equals(".") && !text.equals("..");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WaitId<?> that
        && kind == that.kind
        && parent.equals(that.parent)
        && id.equals(that.id);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind.name(), parent, id);
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    return kind.name() + ":" + parent + ":" + id;
  }
}

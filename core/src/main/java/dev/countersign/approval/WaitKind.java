package dev.countersign.approval;

import dev.countersign.api.keys.SignatureRequest;
import dev.countersign.api.policies.PolicyApproval;
import dev.countersign.api.wallets.TransactionRequest;
import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/**
 * What can be waited for. Immutable.
 *
 * @param <T> what it is a view of
 */
public final class WaitKind<T> {

  /** A transfer: until it is confirmed, rejected or failed. */
  public static final WaitKind<TransferRequest> TRANSFER =
      new WaitKind<>("transfer", TransferRequest::of, Judge::transfer);

  /** A transaction: until it is confirmed, rejected or failed. */
  public static final WaitKind<TransactionRequest> TRANSACTION =
      new WaitKind<>("transaction", TransactionRequest::of, Judge::transaction);

  /** A signature: until it is signed, confirmed, rejected or failed. */
  public static final WaitKind<SignatureRequest> SIGNATURE =
      new WaitKind<>("signature", SignatureRequest::of, Judge::signature);

  /** An approval: until it is approved, denied or expired. */
  public static final WaitKind<PolicyApproval> APPROVAL =
      new WaitKind<>("approval", PolicyApproval::of, Judge::approval);

  /**
   * A change of a policy, a permission or an assignment that people are asked about: until it is
   * applied, rejected or failed. It is seen through its approval.
   */
  public static final WaitKind<PolicyApproval> CHANGE =
      new WaitKind<>("change", PolicyApproval::of, Judge::change);

  private static final List<WaitKind<?>> ALL =
      List.of(TRANSFER, TRANSACTION, SIGNATURE, APPROVAL, CHANGE);

  private final String name;
  private final Function<JsonObject, T> view;
  private final Function<T, Verdict<T>> judge;

  private WaitKind(String name, Function<JsonObject, T> view, Function<T, Verdict<T>> judge) {
    this.name = name;
    this.view = view;
    this.judge = judge;
  }

  /** All of them, unmodifiable. */
  static List<WaitKind<?>> all() {
    return ALL;
  }

  /** Its name in the text of a {@link WaitId}. */
  public String name() {
    return name;
  }

  /** Whether it is seen through an approval. */
  boolean isApproval() {
    return this == APPROVAL || this == CHANGE;
  }

  T view(JsonObject json) {
    return view.apply(json);
  }

  /** What a view of it says; throws ProtocolException if it cannot be read. */
  Verdict<T> judge(T seen) {
    return judge.apply(seen);
  }

  @Override
  public String toString() {
    return name;
  }
}

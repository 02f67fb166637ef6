package dev.countersign.simulator.requests;

import dev.countersign.simulator.state.TableKey;
import dev.countersign.simulator.state.Tables;
import java.util.Objects;

/**
 * A kind of request.
 *
 * @param noun what the API calls it, such as {@code transfer}
 * @param subject the name approvals and events show it under, such as {@code transferRequest}
 * @param prefix what its identifiers begin with
 * @param table where it is
 * @param broadcasts whether it ends on a chain rather than with a signature
 */
public record RequestKind(
    String noun, String subject, String prefix, TableKey table, boolean broadcasts) {

  /** Transfers of assets. */
  public static final RequestKind TRANSFER =
      new RequestKind("transfer", "transferRequest", "xfr", Tables.TRANSFERS, true);

  /** Transactions, composed by the caller or by Dfns. */
  public static final RequestKind TRANSACTION =
      new RequestKind("transaction", "transactionRequest", "tx", Tables.TRANSACTIONS, true);

  /** Signatures. */
  public static final RequestKind SIGNATURE =
      new RequestKind("signature", "signatureRequest", "sig", Tables.SIGNATURES, false);

  /** Checks the components. */
  public RequestKind {
    Objects.requireNonNull(noun, "noun");
    Objects.requireNonNull(table, "table");
  }

  /** The kind of the event that tells webhooks of a step. */
  String event(String step) {
    return "wallet." + noun + "." + step;
  }

  /** What happens by itself: the request's next step. */
  public String step() {
    return noun + " step";
  }
}

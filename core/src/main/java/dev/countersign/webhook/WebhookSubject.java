package dev.countersign.webhook;

import dev.countersign.api.keys.SignatureRequest;
import dev.countersign.api.policies.PolicyApproval;
import dev.countersign.api.wallets.Offer;
import dev.countersign.api.wallets.TransactionRequest;
import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.api.wallets.Wallet;
import dev.countersign.api.webhooks.WebhookEvent;
import dev.countersign.api.webhooks.WebhookEventData;
import dev.countersign.api.webhooks.WebhookPolicyEvaluation;
import dev.countersign.error.ProtocolException;
import dev.countersign.json.JsonNull;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * What an event is about, by what its data holds and not by its kind: an event of a kind that this
 * version does not know still has the subject that its data shows, or is {@link Other}
 * (docs.dfns.co/api-reference/webhook-events).
 */
public sealed interface WebhookSubject {

  /** A transfer. */
  record Transfer(TransferRequest transfer) implements WebhookSubject {}

  /** A transaction. */
  record Transaction(TransactionRequest transaction) implements WebhookSubject {}

  /** A signature. */
  record Signature(SignatureRequest signature) implements WebhookSubject {}

  /** An approval: asked for, or resolved. */
  record Approval(PolicyApproval approval) implements WebhookSubject {}

  /** A policy that was evaluated. */
  record Evaluation(WebhookPolicyEvaluation evaluation) implements WebhookSubject {}

  /** An offer to a wallet. */
  record WalletOffer(Offer offer) implements WebhookSubject {}

  /** Something that happened on a chain; its shape depends on the chain. */
  record OnChain(JsonObject event) implements WebhookSubject {}

  /** Something that happened to a vault. */
  record Vault(JsonObject event) implements WebhookSubject {}

  /**
   * A wallet.
   *
   * @param tagsAdded empty unless tags were modified
   * @param tagsRemoved empty unless tags were modified
   */
  record OfWallet(Wallet wallet, List<String> tagsAdded, List<String> tagsRemoved)
      implements WebhookSubject {
    /** Keeps copies. */
    public OfWallet {
      tagsAdded = List.copyOf(tagsAdded);
      tagsRemoved = List.copyOf(tagsRemoved);
    }
  }

  /** Something that this version does not know: the data as it is, null if there is none. */
  record Other(JsonValue data) implements WebhookSubject {}

  /** What an event is about; never throws because of what the data holds. */
  static WebhookSubject of(WebhookEvent event) {
    JsonValue data = event.json().get("data");
    if (!(data instanceof JsonObject object)) {
      return new Other(data == null ? JsonNull.NULL : data);
    }
    return member(object, "transferRequest")
        .<WebhookSubject>map(json -> new Transfer(TransferRequest.of(json)))
        .or(
            () ->
                member(object, "transactionRequest")
                    .map(json -> new Transaction(TransactionRequest.of(json))))
        .or(
            () ->
                member(object, "signatureRequest")
                    .map(json -> new Signature(SignatureRequest.of(json))))
        .or(() -> member(object, "approval").map(json -> new Approval(PolicyApproval.of(json))))
        .or(
            () ->
                member(object, "policyEvaluation")
                    .map(json -> new Evaluation(WebhookPolicyEvaluation.of(json))))
        .or(() -> member(object, "offer").map(json -> new WalletOffer(Offer.of(json))))
        .or(() -> member(object, "blockchainEvent").map(OnChain::new))
        .or(() -> member(object, "vaultEvent").map(Vault::new))
        .or(() -> member(object, "wallet").map(json -> wallet(object, json)))
        .orElseGet(() -> new Other(object));
  }

  private static OfWallet wallet(JsonObject data, JsonObject wallet) {
    return new OfWallet(Wallet.of(wallet), texts(data, "tagsAdded"), texts(data, "tagsRemoved"));
  }

  private static List<String> texts(JsonObject data, String name) {
    WebhookEventData typed = WebhookEventData.of(data);
    try {
      return (name.equals("tagsAdded") ? typed.tagsAdded() : typed.tagsRemoved())
          .map(List::copyOf)
          .orElse(List.of());
    } catch (ProtocolException e) {
      return List.of(); // no list of texts: it is still in the event's own data
    }
  }

  private static Optional<JsonObject> member(JsonObject data, String name) {
    return data.get(name) instanceof JsonObject json ? Optional.of(json) : Optional.empty();
  }
}

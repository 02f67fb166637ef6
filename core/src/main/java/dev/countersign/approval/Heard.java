package dev.countersign.approval;

import dev.countersign.api.webhooks.WebhookEvent;
import dev.countersign.error.ProtocolException;
import dev.countersign.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an event means for those who wait. It ends what it says has ended, and ends are for ever; an
 * approval that was resolved has what it held looked at. Anything else means nothing, so that
 * events may come late, twice, and in any order.
 */
final class Heard {

  private final Poller poller;
  private final JsonObject data;

  Heard(Poller poller, WebhookEvent event) {
    this.poller = poller;
    this.data = event.json().get("data") instanceof JsonObject object ? object : JsonObject.empty();
  }

  /** Whether it concerned anything. Guarded by the poller. */
  boolean apply(List<Runnable> after) {
    boolean any = hear(entity(data, WaitKind.TRANSFER), "transferRequest", after);
    any |= hear(entity(data, WaitKind.TRANSACTION), "transactionRequest", after);
    any |= hear(entity(data, WaitKind.SIGNATURE), "signatureRequest", after);
    if (data.get("approval") instanceof JsonObject approval) {
      any |= approval(approval, after);
    }
    return any;
  }

  /** The entity that is waited for among those that an object is about. */
  private Optional<Entry<?>> entity(JsonObject in, WaitKind<?> kind) {
    String parent = kind == WaitKind.SIGNATURE ? "keyId" : "walletId";
    return in.get(kind.name() + "Request") instanceof JsonObject json
        ? poller.awaited(kind, json.text(parent), json.text("id"))
        : Optional.empty();
  }

  private boolean hear(Optional<Entry<?>> entry, String member, List<Runnable> after) {
    if (entry.isPresent() && data.get(member) instanceof JsonObject json) {
      end(entry.get(), json, after);
    }
    return entry.isPresent();
  }

  /** Ends it if that is what it says; else it changes nothing, and the answer is false. */
  private <T> boolean end(Entry<T> entry, JsonObject json, List<Runnable> after) {
    Verdict<T> verdict;
    try {
      verdict = entry.hear(json);
    } catch (ProtocolException e) {
      poller.soon(entry); // a look will tell
      return false;
    }
    if (verdict == null) {
      return false;
    }
    poller.conclude(entry, verdict, after);
    return true;
  }

  private boolean approval(JsonObject approval, List<Runnable> after) {
    Optional<String> id = approval.text("id");
    if (id.isEmpty() || approval.text("status").orElse("Pending").equals("Pending")) {
      return false;
    }
    JsonObject activity =
        approval.get("activity") instanceof JsonObject object ? object : JsonObject.empty();
    List<Entry<?>> concerned = new ArrayList<>();
    for (WaitKind<?> kind : List.of(WaitKind.TRANSFER, WaitKind.TRANSACTION, WaitKind.SIGNATURE)) {
      entity(activity, kind).ifPresent(concerned::add);
    }
    concerned.forEach(entry -> entry.approvalIs(id.get()));
    concerned.forEach(poller::soon);
    List<Entry<?>> itself = new ArrayList<>();
    poller.awaited(WaitKind.APPROVAL, Optional.of(WaitId.NO_PARENT), id).ifPresent(itself::add);
    if (activity.get("changeRequest") instanceof JsonObject change) {
      poller.awaited(WaitKind.CHANGE, change.text("id"), id).ifPresent(itself::add);
    }
    for (Entry<?> entry : itself) {
      if (!end(entry, approval, after)) {
        poller.soon(entry);
      }
    }
    return !concerned.isEmpty() || !itself.isEmpty();
  }
}

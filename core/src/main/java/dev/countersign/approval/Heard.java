package dev.countersign.approval;

import dev.countersign.api.webhooks.WebhookEvent;
import dev.countersign.error.ProtocolException;
import dev.countersign.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  /** Whether anything came of it. Guarded by the poller. */
  boolean apply(List<Runnable> after) {
    boolean any = entity("transferRequest", WaitKind.TRANSFER, "walletId", data, after);
    any |= entity("transactionRequest", WaitKind.TRANSACTION, "walletId", data, after);
    any |= entity("signatureRequest", WaitKind.SIGNATURE, "keyId", data, after);
    if (data.get("approval") instanceof JsonObject approval) {
      any |= approval(approval, after);
    }
    return any;
  }

  private <T> boolean entity(
      String member, WaitKind<T> kind, String parent, JsonObject in, List<Runnable> after) {
    if (!(in.get(member) instanceof JsonObject json)) {
      return false;
    }
    for (Entry<?> entry : poller.awaited()) {
      if (entry.id.kind() == kind
          && Optional.of(entry.id.id()).equals(json.text("id"))
          && Optional.of(entry.id.parent()).equals(json.text(parent))) {
        return hear(entry, json, after);
      }
    }
    return false;
  }

  private <T> boolean hear(Entry<T> entry, JsonObject json, List<Runnable> after) {
    @Nullable Verdict<T> verdict;
    try {
      verdict = entry.hear(json);
    } catch (ProtocolException e) {
      verdict = null; // the look will tell
      poller.soon(entry);
    }
    if (verdict != null) {
      poller.conclude(entry, verdict, after);
      return true;
    }
    return false;
  }

  private boolean approval(JsonObject approval, List<Runnable> after) {
    Optional<String> id = approval.text("id");
    boolean resolved = !approval.text("status").orElse("Pending").equals("Pending");
    if (id.isEmpty() || !resolved) {
      return false;
    }
    boolean any = false;
    for (Entry<?> entry : poller.awaited()) {
      if (entry.id.kind().isApproval()) {
        if (entry.id.id().equals(id.get())) {
          if (!hear(entry, approval, after)) {
            poller.soon(entry);
          }
          any = true;
        }
      } else if (entry.isOf(id.get()) || isSubject(entry.id, approval)) {
        entry.approvalIs(id.get());
        poller.soon(entry);
        any = true;
      }
    }
    return any;
  }

  /** Whether the approval's activity is what is waited for. */
  private static boolean isSubject(WaitId<?> id, JsonObject approval) {
    return approval.get("activity") instanceof JsonObject activity
        && activity.get(id.kind().name() + "Request") instanceof JsonObject entity
        && Optional.of(id.id()).equals(entity.text("id"));
  }
}

package dev.countersign.simulator.webhooks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Times;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The attempts to deliver what happened: five at most, each an event of its own (docs.dfns.co,
 * Webhooks). All of it is the organisation's state: what is to be sent waits in an outbox until it
 * is known how sending ended.
 */
public final class Attempts {

  /** What happens by itself: a failed delivery is tried again. */
  public static final String RETRY = "webhook retry";

  static final String OUTBOX = "outbox";

  private static final String ATTEMPT = "deliveryAttempt";
  private static final String NEXT = "nextAttemptDate";

  /** When the second to fifth attempt is, counted from the first. */
  private static final List<Duration> DELAYS =
      List.of(
          Duration.ofMinutes(1), Duration.ofMinutes(12), Duration.ofHours(2), Duration.ofDays(1));

  private Attempts() {}

  /** Keeps an event for a webhook and has it be sent, if it may be sent where the webhook is. */
  static void first(Tenant tenant, Entity webhook, ObjectNode event) {
    if (!Reach.includes(tenant, webhook)) {
      keep(tenant, webhook.id(), event.put("error", Reach.REFUSED), false);
      return;
    }
    keep(tenant, webhook.id(), event.put(ATTEMPT, 1), true);
  }

  /** What waits to be sent. */
  public static List<Parcel> outbox(Tenant tenant) {
    return tenant
        .table(Tables.WEBHOOK_EVENTS)
        .where(OUTBOX, "yes")
        .map(event -> Parcel.of(webhook(tenant, event).orElseThrow(), event.shown()))
        .toList();
  }

  /** Notes how an attempt ended, and plans the next one if there is to be one. */
  public static void ended(Tenant tenant, String eventId, Receipt receipt) {
    Optional<Entity> found = tenant.find(Tables.WEBHOOK_EVENTS, eventId);
    if (found.isEmpty()) {
      return; // its webhook was deleted meanwhile
    }
    ObjectNode change = Json.object();
    if (receipt.status() > 0) {
      change.put("status", String.valueOf(receipt.status()));
    }
    if (!receipt.error().isEmpty()) {
      change.put("error", receipt.error());
    }
    int attempts = found.get().get(ATTEMPT).asInt();
    if (!receipt.delivered() && attempts <= DELAYS.size()) {
      Instant next = Instant.parse(found.get().text("date")).plus(DELAYS.get(attempts - 1));
      change.put(NEXT, Times.text(next));
      tenant.scheduleApart(next, RETRY, eventId);
    }
    tenant.put(
        Tables.WEBHOOK_EVENTS, found.get().with(change).withHidden(Json.object().putNull(OUTBOX)));
  }

  /** Tries again; a webhook that is not enabled just then is not tried any more. */
  public static void retry(Tenant tenant, String eventId) {
    Optional<Entity> failed = tenant.find(Tables.WEBHOOK_EVENTS, eventId);
    if (failed.isEmpty()) {
      return;
    }
    tenant.put(Tables.WEBHOOK_EVENTS, failed.get().with(Json.object().putNull(NEXT)));
    if (webhook(tenant, failed.get()).orElseThrow().text("status").equals("Enabled")) {
      // not drawn: how a delivery ends must not change which identifiers come next
      again(tenant, failed.get(), tenant.idOf("whe", "retry of " + eventId));
    }
  }

  /**
   * Sends an event once more, as an event of its own.
   *
   * @param id the new event's identifier
   */
  public static void again(Tenant tenant, Entity event, String id) {
    String original = event.get("retryOf").asText(event.id());
    int attempt = event.get(ATTEMPT).asInt() + 1;
    ObjectNode shown =
        event
            .shown()
            .deepCopy()
            .put("id", id)
            .put("timestampSent", tenant.now().getEpochSecond())
            .put(ATTEMPT, attempt)
            .put("retryOf", original);
    shown.remove(List.of("status", "error", NEXT));
    keep(tenant, event.hiddenText(Events.WEBHOOK), shown, true);
  }

  private static void keep(Tenant tenant, String webhookId, ObjectNode shown, boolean send) {
    ObjectNode hidden = Json.object().put(Events.WEBHOOK, webhookId);
    if (send) {
      hidden.put(OUTBOX, "yes");
    }
    tenant.put(
        Tables.WEBHOOK_EVENTS, Entity.of(shown.path("id").asText(), shown).withHidden(hidden));
  }

  private static Optional<Entity> webhook(Tenant tenant, Entity event) {
    return tenant.find(Tables.WEBHOOKS, event.hiddenText(Events.WEBHOOK));
  }
}

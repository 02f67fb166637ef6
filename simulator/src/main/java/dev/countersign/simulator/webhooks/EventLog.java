package dev.countersign.simulator.webhooks;

import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Pages;
import dev.countersign.simulator.call.Resource;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Looking at the events of a webhook, for 31 days. */
final class EventLog {

  private static final Duration RETENTION = Duration.ofDays(31);

  private EventLog() {}

  static Map<String, Behaviour> behaviours() {
    return Map.of("listWebhookEvents", EventLog::list, "getWebhookEvent", EventLog::get);
  }

  private static Answer list(Call call) {
    String kind = call.query("kind");
    String failed = call.query("deliveryFailed");
    String webhook = call.resource(Resource.WEBHOOK).id();
    return Pages.page(
        call,
        Pages.USUAL,
        after ->
            call.tenant()
                .table(Tables.WEBHOOK_EVENTS)
                .after(after, Events.WEBHOOK, webhook)
                .filter(
                    row -> failed.isEmpty() || failed.equals(String.valueOf(failed(row.entity()))))
                .filter(row -> kind.isEmpty() || row.entity().text("kind").equals(kind))
                .filter(row -> isKept(call, row.entity())),
        Entity::shown,
        Json.object());
  }

  private static Answer get(Call call) {
    Entity event = call.resource(Resource.WEBHOOK_EVENT);
    return isKept(call, event)
        ? Answer.ok(event.shown())
        : Answer.refused(404, "webhook event not found").detail("webhookEventId", event.id());
  }

  /** Whether it was not delivered; what is on its way has not failed. */
  private static boolean failed(Entity event) {
    return event.shown().has("error") || !event.get("status").asText("200").equals("200");
  }

  private static boolean isKept(Call call, Entity event) {
    return Instant.parse(event.text("date")).plus(RETENTION).isAfter(call.now());
  }
}

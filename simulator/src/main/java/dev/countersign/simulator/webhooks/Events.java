package dev.countersign.simulator.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Times;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.util.List;

/** Keeps an event for each webhook that wants it, and has it be delivered. */
public final class Events {

  static final String WEBHOOK = "webhookId";

  private static final String ALL = "*";

  private Events() {}

  /** Records that something happened to an entity. */
  public static void record(Tenant tenant, String kind, String name, JsonNode entity) {
    record(tenant, kind, Json.object().set(name, entity));
  }

  /**
   * Records that something happened.
   *
   * @param kind such as {@code wallet.created}
   * @param data what the event shows; it must hold no secret, and is not to be changed any more
   */
  public static void record(Tenant tenant, String kind, ObjectNode data) {
    List<Entity> webhooks = tenant.table(Tables.WEBHOOKS).where("status", "Enabled").toList();
    for (Entity webhook : webhooks) {
      if (wants(webhook, kind)) {
        String id = tenant.newId("whe");
        ObjectNode shown =
            Json.object()
                .put("id", id)
                .put("date", Times.text(tenant.now()))
                .put("kind", kind)
                .put("timestampSent", tenant.now().getEpochSecond());
        shown.set("data", data);
        Attempts.first(tenant, webhook, shown);
      }
    }
  }

  private static boolean wants(Entity webhook, String kind) {
    return webhook
        .get("events")
        .valueStream()
        .map(JsonNode::asText)
        .anyMatch(wanted -> wanted.equals(ALL) || wanted.equals(kind));
  }
}

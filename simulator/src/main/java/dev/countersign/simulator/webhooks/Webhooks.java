package dev.countersign.simulator.webhooks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Pages;
import dev.countersign.simulator.call.Resource;
import dev.countersign.simulator.call.Times;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The webhooks themselves. A webhook's secret is told once, when it is made. */
public final class Webhooks {

  private static final int MOST = 5;
  private static final String PING = "webhook.ping";

  private Webhooks() {}

  /** By the operation's name, events included. */
  public static Map<String, Behaviour> behaviours(Courier courier) {
    Map<String, Behaviour> all = new HashMap<>(EventLog.behaviours());
    all.put("createWebhook", Webhooks::create);
    all.put("listWebhooks", Webhooks::list);
    all.put("getWebhook", call -> Answer.ok(webhook(call).shown()));
    all.put("updateWebhook", Webhooks::update);
    all.put("deleteWebhook", Webhooks::delete);
    all.put("pingWebhook", call -> ping(call, courier));
    return all;
  }

  private static Answer create(Call call) {
    Optional<Answer> fault = fault(call);
    if (fault.isPresent()) {
      return fault.get();
    }
    Tenant tenant = call.tenant();
    if (tenant.table(Tables.WEBHOOKS).size() >= MOST) {
      return Answer.refused(412, "An organisation has at most " + MOST + " webhooks");
    }
    String id = tenant.newId("wh");
    String secret = tenant.newId("whs");
    String now = Times.text(tenant.now());
    ObjectNode shown = Json.object().put("id", id).put("status", "Enabled");
    shown.setAll(call.body());
    shown.put("dateCreated", now).put("dateUpdated", now);
    tenant.put(
        Tables.WEBHOOKS, Entity.of(id, shown).withHidden(Json.object().put("secret", secret)));
    return Answer.ok(shown.deepCopy().put("secret", secret));
  }

  private static Answer list(Call call) {
    return Pages.page(
        call,
        Pages.USUAL,
        after -> call.tenant().table(Tables.WEBHOOKS).after(after),
        Entity::shown,
        Json.object());
  }

  private static Answer update(Call call) {
    Optional<Answer> fault = fault(call);
    if (fault.isPresent()) {
      return fault.get();
    }
    Entity webhook = webhook(call).with(call.body()).with("dateUpdated", Times.text(call.now()));
    call.tenant().put(Tables.WEBHOOKS, webhook);
    return Answer.ok(webhook.shown());
  }

  private static Answer delete(Call call) {
    Tenant tenant = call.tenant();
    Entity webhook = webhook(call);
    tenant
        .table(Tables.WEBHOOK_EVENTS)
        .where(Events.WEBHOOK, webhook.id())
        .toList()
        .forEach(event -> tenant.remove(Tables.WEBHOOK_EVENTS, event.id()));
    tenant.remove(Tables.WEBHOOKS, webhook.id());
    return Answer.ok(Json.object().put("deleted", true));
  }

  /** Sends an event that is not kept, and answers how that ended. */
  private static Answer ping(Call call, Courier courier) {
    Tenant tenant = call.tenant();
    Entity webhook = webhook(call);
    if (!Reach.includes(tenant, webhook)) {
      return Answer.ok(pong(Receipt.unanswered(Reach.REFUSED)));
    }
    ObjectNode event =
        Json.object()
            .put("id", tenant.newId("whe"))
            .put("date", Times.text(tenant.now()))
            .put("kind", PING)
            .put("timestampSent", tenant.now().getEpochSecond())
            .put("deliveryAttempt", 1);
    event.putObject("data");
    Parcel parcel = Parcel.of(webhook, event);
    return Answer.ok(Json.object()).afterwards(() -> pong(courier.send(parcel)));
  }

  private static ObjectNode pong(Receipt receipt) {
    ObjectNode answer = Json.object().put("status", String.valueOf(receipt.status()));
    return receipt.error().isEmpty() ? answer : answer.put("error", receipt.error());
  }

  /** What is wrong with a body beyond its schema. */
  private static Optional<Answer> fault(Call call) {
    if (call.body().has("url") && !isAddress(call.text("url"))) {
      return Optional.of(
          Answer.refused(400, "Validation error: url: must be an absolute http or https address"));
    }
    return call.body().has("events") && call.body().path("events").isEmpty()
        ? Optional.of(Answer.refused(400, "Validation error: events: must not be empty"))
        : Optional.empty();
  }

  private static boolean isAddress(String url) {
    try {
      URI uri = URI.create(url);
      return uri.getHost() != null
          && ("https".equalsIgnoreCase(uri.getScheme())
              || "http".equalsIgnoreCase(uri.getScheme()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Entity webhook(Call call) {
    return call.resource(Resource.WEBHOOK);
  }
}

package dev.countersign.simulator.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events are part of the state they tell of. */
final class EventsTest {

  private final Tenant tenant =
      new Tenant(1, "events", Clock.systemUTC(), Switches.defaults(), (it, due) -> {});

  private void webhook(String id, String status, String... events) {
    tenant.put(
        Tables.WEBHOOKS,
        Entity.of(
            id, Json.object().put("status", status).set("events", Json.texts(List.of(events)))));
  }

  private int record(String kind) {
    return tenant.alone(
        () -> {
          Events.record(tenant, kind, "wallet", Json.object());
          return tenant.table(Tables.WEBHOOK_EVENTS).size();
        });
  }

  @Test
  void whatIsTakenBackWasNotTold() {
    webhook("wh-1", "Enabled", "*");
    Runnable takeBack = tenant.mark();
    assertThat(record("wallet.created")).isEqualTo(1);

    takeBack.run();

    assertThat(tenant.table(Tables.WEBHOOK_EVENTS).size()).isZero();
  }

  @Test
  void everyWebhookHasAnEventOfItsOwn() {
    webhook("wh-1", "Enabled", "*");
    webhook("wh-2", "Enabled", "wallet.created", "wallet.delegated");
    webhook("wh-3", "Enabled", "wallet.delegated");
    webhook("wh-4", "Disabled", "*");

    assertThat(record("wallet.created")).isEqualTo(2);
    assertThat(record("wallet.exported")).isEqualTo(3);
    assertThat(tenant.table(Tables.WEBHOOK_EVENTS).where("webhookId", "wh-2")).hasSize(1);
  }
}

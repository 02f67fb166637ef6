package dev.countersign.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.delivery.Dispatcher;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.webhooks.Attempts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an organisation's webhooks were sent, and how that ended. Deliveries leave after the change
 * they tell of, in no order that could be relied on, by threads of the simulator. Safe for use by
 * several threads at once.
 */
public final class Deliveries {

  private final Tenant tenant;
  private final Dispatcher dispatcher;

  Deliveries(Tenant tenant, Dispatcher dispatcher) {
    this.tenant = tenant;
    this.dispatcher = dispatcher;
  }

  /** All attempts, oldest first. */
  public List<Delivery> list() {
    return tenant.alone(
        () -> tenant.table(Tables.WEBHOOK_EVENTS).all().map(Deliveries::delivery).toList());
  }

  /**
   * Waits until nothing is on its way. Attempts that are planned for later do not count: they are
   * made when the organisation's clock gets there.
   *
   * @return whether nothing is on its way; false if the time was up before
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public boolean awaitIdle(Duration timeout) throws InterruptedException {
    return dispatcher.awaitIdle(tenant, timeout);
  }

  /**
   * Sends an event once more, as an event of its own, whatever became of it.
   *
   * @return the new event's identifier
   * @throws IllegalStateException if there is no such event, or it must not leave the machine
   */
  public String redeliver(String eventId) {
    return tenant.alone(
        () -> {
          Entity event = tenant.get(Tables.WEBHOOK_EVENTS, eventId);
          if (!event.shown().has("deliveryAttempt")) {
            throw new IllegalStateException(event.id() + " was " + event.text("error"));
          }
          String id = tenant.newId("whe");
          Attempts.again(tenant, event, id);
          return id;
        });
  }

  private static Delivery delivery(Entity event) {
    String status = text(event, "status");
    String next = text(event, "nextAttemptDate");
    return new Delivery(
        event.id(),
        event.hiddenText("webhookId"),
        event.text("kind"),
        event.get("deliveryAttempt").asInt(),
        text(event, "retryOf"),
        status == null ? null : Integer.valueOf(status),
        text(event, "error"),
        next == null ? null : Instant.parse(next));
  }

  private static @Nullable String text(Entity event, String field) {
    JsonNode value = event.get(field);
    return value.isTextual() ? value.asText() : null;
  }
}

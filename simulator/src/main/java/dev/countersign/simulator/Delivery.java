package dev.countersign.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.state.Entity;
import java.time.Instant;
import java.util.Optional;

/** One attempt to deliver an event to a webhook, as it was when it was asked for. Immutable. */
public final class Delivery {

  private static final int SUCCESS = 200;

  private final Entity event;

  Delivery(Entity event) {
    this.event = event;
  }

  /** The event's identifier, {@code whe-…}, another one for each attempt. */
  public String eventId() {
    return event.id();
  }

  /** The webhook's identifier, {@code wh-…}. */
  public String webhookId() {
    return event.hiddenText("webhookId");
  }

  /** The event's kind, such as {@code wallet.created}. */
  public String kind() {
    return event.text("kind");
  }

  /** Which attempt it is, from 1; 0 for one that must not leave the machine. */
  public int attempt() {
    return event.get("deliveryAttempt").asInt();
  }

  /** The first attempt's event, if this is a later one. */
  public Optional<String> retryOf() {
    return text("retryOf");
  }

  /** The HTTP status that was answered; empty if there was no answer, or is none yet. */
  public Optional<Integer> status() {
    return text("status").map(Integer::valueOf);
  }

  /** Why there was no answer. */
  public Optional<String> error() {
    return text("error");
  }

  /** When it is tried again, if it is. */
  public Optional<Instant> nextAttempt() {
    return text("nextAttemptDate").map(Instant::parse);
  }

  /** Whether the receiver has it. */
  public boolean isDelivered() {
    return status().filter(it -> it == SUCCESS).isPresent();
  }

  /** Event, kind and attempt, and how it ended; nothing of the event's data. */
  @Override
  public String toString() {
    return eventId()
        + " "
        + kind()
        + ", attempt "
        + attempt()
        + ": "
        + status().map(String::valueOf).or(this::error).orElse("under way");
  }

  private Optional<String> text(String field) {
    return Optional.of(event.get(field)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }
}

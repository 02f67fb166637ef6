package dev.countersign.simulator;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One attempt to deliver an event to a webhook.
 *
 * @param eventId the event's identifier, {@code whe-…}, another one for each attempt
 * @param webhookId the webhook's identifier, {@code wh-…}
 * @param kind the event's kind, such as {@code wallet.created}
 * @param attempt which attempt it is, from 1; 0 for one that must not leave the machine
 * @param retryOf the first attempt's event, if this is a later one
 * @param status the HTTP status that was answered; empty if there was no answer, or is none yet
 * @param error why there was no answer
 * @param nextAttempt when it is tried again, if it is
 */
public record Delivery(
    String eventId,
    String webhookId,
    String kind,
    int attempt,
    Optional<String> retryOf,
    Optional<Integer> status,
    Optional<String> error,
    Optional<Instant> nextAttempt) {

  private static final int SUCCESS = 200;

  /** Checks the components. */
  public Delivery {
    Objects.requireNonNull(eventId, "eventId");
    Objects.requireNonNull(webhookId, "webhookId");
    Objects.requireNonNull(kind, "kind");
  }

  /** Whether the receiver has it. */
  public boolean isDelivered() {
    return status.filter(it -> it == SUCCESS).isPresent();
  }
}

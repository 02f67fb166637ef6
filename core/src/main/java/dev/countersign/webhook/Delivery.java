package dev.countersign.webhook;

import dev.countersign.api.webhooks.WebhookEvent;

/** What a verifier found a delivery to be. */
public sealed interface Delivery {

  /**
   * It is from Dfns and fresh. Deliveries have no order and can come twice: act on {@link
   * WebhookEvent#id()} and {@link WebhookEvent#retryOf()} once.
   *
   * @param event what it says
   */
  record Genuine(WebhookEvent event) implements Delivery {}

  /**
   * It is not to be acted on; answer it with 401.
   *
   * @param reason why, in a sentence for the log, without anything of the delivery's body
   */
  record Refused(String reason) implements Delivery {}
}

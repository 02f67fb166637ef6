package dev.countersign.webhook;

import dev.countersign.api.webhooks.WebhookEvent;

/**
 * What an application does with an event.
 *
 * <p>Called by several threads at once, and in no order: Dfns promises none. When it has returned
 * the event counts as handled; if it throws, Dfns delivers the event again, five times within a day
 * (docs.dfns.co/guides/developers/webhooks). A process that dies after handling and before that is
 * remembered handles the event a second time, and during a change of secrets, when two webhooks are
 * there, each event comes from both with different ids: handling twice must do no harm.
 */
@FunctionalInterface
public interface WebhookHandler {

  /** Handles one. Dfns waits meanwhile: do what takes long elsewhere. */
  void handle(WebhookEvent event);
}

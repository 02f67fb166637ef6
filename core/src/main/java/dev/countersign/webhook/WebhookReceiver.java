package dev.countersign.webhook;

import dev.countersign.api.webhooks.WebhookEvent;
import dev.countersign.call.CheckReturnValue;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

/**
 * Takes deliveries from any web server: verifies them, leaves out those that were handled before,
 * has the rest handled, and says how to answer. Safe for use by several threads at once.
 */
public final class WebhookReceiver {

  private final WebhookVerifier verifier;
  private final DeliveryLog log;
  private final WebhookHandler handler;
  private final Clock clock;

  private WebhookReceiver(
      WebhookVerifier verifier, DeliveryLog log, WebhookHandler handler, Clock clock) {
    this.verifier = Objects.requireNonNull(verifier, "verifier");
    this.log = Objects.requireNonNull(log, "log");
    this.handler = Objects.requireNonNull(handler, "handler");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /** A receiver by the system's clock. */
  public static WebhookReceiver of(
      WebhookVerifier verifier, DeliveryLog log, WebhookHandler handler) {
    return new WebhookReceiver(verifier, log, handler, Clock.systemUTC());
  }

  /** The same with another clock for the log of deliveries. */
  public WebhookReceiver withClock(Clock clock) {
    return new WebhookReceiver(verifier, log, handler, clock);
  }

  /**
   * Takes one delivery, and returns when it is handled. Throws nothing.
   *
   * @param body the bytes of the body as they arrived
   * @param signatures the values of every {@link WebhookVerifier#HEADER} that arrived
   */
  @CheckReturnValue
  public Reception receive(byte[] body, List<String> signatures) {
    Delivery delivery;
    try {
      delivery = verifier.judge(body, signatures);
    } catch (RuntimeException e) {
      return Reception.failed(503, "The delivery could not be verified", e);
    }
    return delivery instanceof Delivery.Genuine genuine
        ? handleOnce(genuine.event())
        : Reception.of(401, ((Delivery.Refused) delivery).reason());
  }

  private Reception handleOnce(WebhookEvent event) {
    String name = "The event " + event.id();
    try {
      return switch (log.claim(event.id(), event.retryOf().orElse(null), clock.instant())) {
        case DONE -> Reception.of(200, name + " was handled before");
        case BUSY -> Reception.of(503, name + " is being handled already");
        case FIRST -> handle(event, name);
      };
    } catch (RuntimeException e) {
      return Reception.failed(503, name + " could not be claimed", e);
    }
  }

  /** Throws nothing: an event that was claimed is handled, released, or lapses. */
  private Reception handle(WebhookEvent event, String name) {
    try {
      handler.handle(event);
    } catch (RuntimeException e) {
      return released(event, Reception.failed(500, name + " could not be handled", e));
    }
    try {
      log.confirm(event.id(), clock.instant());
      return Reception.of(200, name + " was handled");
    } catch (RuntimeException e) {
      return Reception.failed(503, name + " was handled, which could not be remembered", e);
    }
  }

  private Reception released(WebhookEvent event, Reception failed) {
    try {
      log.release(event.id());
    } catch (RuntimeException e) {
      failed.failure().ifPresent(first -> first.addSuppressed(e)); // the claim lapses by itself
    }
    return failed;
  }
}

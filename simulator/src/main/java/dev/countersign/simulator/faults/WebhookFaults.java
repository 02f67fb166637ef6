package dev.countersign.simulator.faults;

import java.util.Optional;

/** What goes wrong with deliveries of events. Whoever delivers asks once for each attempt. */
@FunctionalInterface
public interface WebhookFaults {

  /**
   * What goes wrong with the next attempt, if anything.
   *
   * @param event the event's kind, such as {@code wallet.transfer.requested}
   * @return an effect of the kind {@code ANSWER} (the receiver seems to answer with that status),
   *     {@code STALL} (it seems not to answer in time), {@code RESET}, {@code DUPLICATE} or {@code
   *     OUT_OF_ORDER}
   */
  Optional<Effect> next(String event);
}

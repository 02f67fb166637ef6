package dev.countersign.simulator.steering;

import dev.countersign.simulator.wire.SimResponse;

/** What an operation of the control API does. */
@FunctionalInterface
interface Handler {

  /**
   * Does it and answers.
   *
   * @throws IllegalArgumentException for what the caller has to change; the message starts with the
   *     field
   * @throws IllegalStateException if the organisation is not as the call needs it
   */
  SimResponse handle(ControlCall call);
}

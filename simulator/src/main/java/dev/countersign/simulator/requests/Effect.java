package dev.countersign.simulator.requests;

import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tenant;

/** What requests do in the world: when their turn comes, and when a chain has confirmed them. */
@FunctionalInterface
public interface Effect {

  /** Does it; called once a request. */
  Execution execute(Tenant tenant, Entity request);

  /** Lets follow what follows from its being confirmed; nothing unless overridden. */
  default void confirmed(Tenant tenant, Entity request) {}
}

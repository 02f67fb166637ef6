package dev.countersign.simulator.call;

/** What an operation does once a call has passed all checks. */
@FunctionalInterface
public interface Behaviour {

  /** Does it and answers. */
  Answer answer(Call call);
}

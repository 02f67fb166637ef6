package dev.countersign.signing;

/**
 * Is told of every switch between a primary and a secondary key: for an alarm, as somebody has to
 * look after the primary.
 *
 * <p>Called in the order of the switches, one at a time, on the thread whose signature made the
 * switch; so it must not block. What it throws goes to that thread's uncaught exception handler and
 * does not touch the signature.
 */
@FunctionalInterface
public interface FailoverListener {

  /** From now on another key signs. */
  void switched(FailoverEvent event);
}

package dev.countersign.call;

/**
 * Is told of every call when it has ended: for logs, metrics and the trail that an audit asks for.
 *
 * <p>Called once a run, by several threads at once, on the thread that ends the call; so it must
 * not block. What it throws goes to that thread's uncaught exception handler and does not touch the
 * call.
 */
@FunctionalInterface
public interface CallListener {

  /** A call has ended, well or not. */
  void ended(CallReport report);
}

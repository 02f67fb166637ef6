package dev.countersign.credential;

/**
 * Is told what becomes of the sources in {@link RotatingCredentials}: to close the signer of one
 * that is drained, and for an alarm when one is rolled back.
 *
 * <p>Called in the order of what happens, one event at a time, on a thread that makes a call or
 * replaces the source, with no lock held; so it may close a signer, but had better not block for
 * long. What it throws goes to that thread's uncaught exception handler and does not touch the
 * call.
 */
@FunctionalInterface
public interface RotationListener {

  /** Something became of a source. */
  void happened(RotationEvent event);
}

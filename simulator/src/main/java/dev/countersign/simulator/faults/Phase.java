package dev.countersign.simulator.faults;

/** When a fault strikes. */
public enum Phase {
  /** Before anybody looks at the token: nothing happens, no user action is spent. */
  BEFORE_AUTHENTICATION,
  /** After all checks: the user action is spent, what the operation would change is not changed. */
  BEFORE_COMMIT,
  /** After the operation: it is done, and its answer is lost or altered. */
  AFTER_COMMIT,
  /** When an event is delivered to a webhook. */
  WEBHOOK
}

package dev.countersign.error;

import org.jspecify.annotations.Nullable;

/**
 * Dfns answered what cannot be read. The message names the operation and never quotes the body.
 *
 * <p>On a call that changes something it says nothing about whether the change took place.
 */
public final class ProtocolException extends DfnsException {

  private static final long serialVersionUID = 1L;

  /** An error that says what is wrong and what to do, in one sentence. */
  public ProtocolException(String message) {
    this(message, null);
  }

  /** The same, with what caused it. The cause must not print a secret. */
  public ProtocolException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package dev.countersign.error;

import org.jspecify.annotations.Nullable;

/**
 * The key refused to sign, is gone, or is not among those that Dfns allows for this user action.
 * Nothing was sent that could have had an effect.
 */
public final class SigningException extends DfnsException {

  private static final long serialVersionUID = 1L;

  /** An error that says what is wrong and what to do, in one sentence. */
  public SigningException(String message) {
    this(message, null);
  }

  /** The same, with what caused it. The cause must not print a secret. */
  public SigningException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

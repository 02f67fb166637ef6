package dev.countersign.error;

import org.jspecify.annotations.Nullable;

/**
 * What was configured cannot work. Thrown at start, never in the middle of a call; the message says
 * what to set.
 */
public final class ConfigurationException extends DfnsException {

  private static final long serialVersionUID = 1L;

  /** An error that says what is wrong and what to do, in one sentence. */
  public ConfigurationException(String message) {
    this(message, null);
  }

  /** The same, with what caused it. The cause must not print a secret. */
  public ConfigurationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

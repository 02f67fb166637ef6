package dev.countersign.error;

import org.jspecify.annotations.Nullable;

/**
 * Something a call to Dfns, or the preparation of one, could not do.
 *
 * <p>The hierarchy is sealed and small: a leaf exists only if a caller would act differently. A
 * {@code 202} (awaiting approval) is not an error. Messages never contain a token, a key, a PIN, a
 * user action or a challenge identifier.
 */
public abstract sealed class DfnsException extends RuntimeException
    permits ConfigurationException,
        OutcomeUnknownException,
        ProtocolException,
        RequestRejectedException,
        ServiceUnavailableException,
        SigningException {

  private static final long serialVersionUID = 1L;

  DfnsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

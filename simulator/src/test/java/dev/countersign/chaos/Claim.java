package dev.countersign.chaos;

import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.error.ProtocolException;
import dev.countersign.error.ServiceUnavailableException;
import java.util.concurrent.CancellationException;

/** What a caller was told of one run of a call. */
enum Claim {
  DONE,
  /** It certainly did nothing. */
  NO_EFFECT,
  /** It may have taken effect. */
  UNKNOWN,
  /** Nothing: the caller cancelled it. */
  NONE,
  /** Something that nothing here gives a reason for, such as a refusal. */
  WRONG;

  static Claim of(Throwable failure) {
    if (failure instanceof OutcomeUnknownException) {
      return UNKNOWN;
    }
    if (failure instanceof CancellationException) {
      return NONE;
    }
    // an answer that cannot be read is this only at the exchanges that change nothing
    return failure instanceof ServiceUnavailableException || failure instanceof ProtocolException
        ? NO_EFFECT
        : WRONG;
  }
}

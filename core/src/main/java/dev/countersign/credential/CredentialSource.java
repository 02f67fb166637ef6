package dev.countersign.credential;

/**
 * Gives the credential to make the next call with. It may give another one while the program runs;
 * a call that has begun keeps the one it began with.
 *
 * <p>Asked once a call, by several threads at once, and answers without blocking for long.
 */
@FunctionalInterface
public interface CredentialSource {

  /** The credential as of now. */
  Credential current();

  /** A source that always gives the same credential. */
  static CredentialSource of(Credential credential) {
    return () -> credential;
  }
}

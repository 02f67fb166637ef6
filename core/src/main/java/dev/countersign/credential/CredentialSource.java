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

  /**
   * Begins a call's use of the credential. A source that watches how its credentials fare gives a
   * use that tells it; any other need not define this.
   */
  default CredentialUse use(CredentialUse.Purpose purpose) {
    return CredentialUse.of(current());
  }

  /** A source that always gives the same credential. */
  static CredentialSource of(Credential credential) {
    return () -> credential;
  }
}

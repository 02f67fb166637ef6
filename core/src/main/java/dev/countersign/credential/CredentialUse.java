package dev.countersign.credential;

import dev.countersign.error.DfnsException;
import java.util.Optional;

/**
 * One call's use of a credential, from its beginning to its end; whoever makes the call tells how
 * the credential fares. For sources that change credentials and must know.
 *
 * <p>Told by one thread at a time, perhaps not always the same. It must not block.
 */
@FunctionalInterface
public interface CredentialUse {

  /** What a credential is used for. */
  enum Purpose {
    /** The token alone is needed: for what is not signed. */
    TOKEN,
    /** The call is signed. */
    SIGNATURE
  }

  /** The credential; the same until the end. */
  Credential credential();

  /** Dfns took what it was used for: the signature, or the token where nothing is signed. */
  default void accepted() {}

  /**
   * The credential is no good for this call, and the call has had no effect: the key cannot sign or
   * is not among those that the challenge allows ({@link dev.countersign.error.SigningException}),
   * or Dfns refused its signature or its token ({@link
   * dev.countersign.error.RequestRejectedException}). This use still has to be ended.
   *
   * @return the use of another credential, to make the whole call again with; empty if the caller
   *     has to be told of the refusal
   */
  default Optional<CredentialUse> refused(DfnsException why) {
    return Optional.empty();
  }

  /** The call does nothing more with the credential, whatever came of it. Told once. */
  default void ended() {}

  /** A use of a credential whose source need not know how it fares. */
  static CredentialUse of(Credential credential) {
    return () -> credential;
  }
}

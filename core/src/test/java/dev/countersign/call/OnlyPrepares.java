package dev.countersign.call;

import dev.countersign.credential.CredentialSource;

/** Calls of a test that prepares them and does nothing else. */
public interface OnlyPrepares extends Calls {

  @Override
  default <T> FrozenCall<T> resume(Operation<T> operation, String frozen) {
    throw new AssertionError("Nothing is resumed here");
  }

  @Override
  default Calls as(CredentialSource credentials) {
    throw new AssertionError("Nobody else calls here");
  }
}

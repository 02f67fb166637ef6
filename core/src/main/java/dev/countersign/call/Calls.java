package dev.countersign.call;

import dev.countersign.credential.CredentialSource;

/** Prepares calls: what the generated API stands on. {@link CallEngine} is the real one. */
public interface Calls {

  /** A call of an operation, ready to be run. Nothing is sent. */
  @CheckReturnValue
  <T> Call<T> prepare(Operation<T> operation, Arguments arguments);

  /**
   * A call that was frozen, perhaps in another process. Nothing is sent.
   *
   * @param frozen what {@link FrozenCall#freeze()} gave
   * @throws IllegalArgumentException if it is something else, or a call of another operation
   */
  @CheckReturnValue
  <T> FrozenCall<T> resume(Operation<T> operation, String frozen);

  /** The same for calls by somebody else. */
  @CheckReturnValue
  Calls as(CredentialSource credentials);
}

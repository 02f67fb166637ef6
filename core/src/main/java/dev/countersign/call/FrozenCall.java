package dev.countersign.call;

import dev.countersign.action.UserAction;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A call whose request is fixed to the byte. Its signature comes from somebody else: another
 * process, or a person's browser; or, with {@link #execute()}, from the client's own key. Immutable
 * and safe for use by several threads.
 *
 * <p>It can be stored between the challenge and its signature, as {@link #freeze()} tells, and go
 * on in another process with {@link Calls#resume}.
 *
 * @param <T> what Dfns answers
 */
@CheckReturnValue
public interface FrozenCall<T> {

  /** The frozen request. */
  UserAction action();

  /**
   * The frozen request as JSON text that {@link Calls#resume} takes. It holds what the request
   * holds, and no token, challenge identifier or signature; keep it where the one who signs cannot
   * change it, since the query of a request is not signed.
   *
   * @throws IllegalStateException if the request's own body holds a secret, such as an exchange's
   *     API key: that does not belong into storage
   */
  String freeze();

  /**
   * Asks for a challenge for this very request; a new one, should there have been one before. Tried
   * again within the deadline, as nothing can have an effect yet.
   */
  DelegatedCall<T> begin();

  /** The same without a thread waiting for it. */
  CompletableFuture<DelegatedCall<T>> beginAsync();

  /**
   * Redeems a challenge that was signed elsewhere, sends the frozen request and waits for the
   * answer. Nothing of this is tried again, as a signature is good for one attempt. After a {@link
   * dev.countersign.error.ServiceUnavailableException} nothing took effect: {@link #begin()} anew
   * and have another challenge signed. After an {@link
   * dev.countersign.error.OutcomeUnknownException} the same is safe for transfers, transactions and
   * signatures alone, as they carry an {@code externalId}.
   *
   * @param signedChallenge the JSON text that {@code POST /auth/action} takes, as the official SDKs
   *     for browsers send it: {@code challengeIdentifier}, {@code firstFactor} and, where Dfns asks
   *     for one, {@code secondFactor}
   *     (docs.dfns.co/api-reference/auth/create-user-action-signature)
   * @throws IllegalArgumentException if it is something else; nothing was sent
   */
  T complete(String signedChallenge);

  /** The same without a thread waiting for it. */
  CompletableFuture<T> completeAsync(String signedChallenge);

  /**
   * Signs the frozen request with the client's own key, as {@link Call#execute()} does, sends it
   * and waits for the answer. A call that has begun signs the challenge it has, and so can be
   * executed once.
   */
  T execute();

  /** The same without a thread waiting for it, as {@link Call#executeAsync()} does. */
  CompletableFuture<T> executeAsync();

  /** The same call with another deadline over each of its steps. */
  FrozenCall<T> within(Duration deadline);
}

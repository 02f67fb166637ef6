package dev.countersign.call;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * One prepared API call. Nothing is sent until it is run; each run is a request of its own.
 *
 * <p>Immutable and safe for use by several threads. What can go wrong is a {@link
 * dev.countersign.error.DfnsException} in all three ways of running.
 *
 * @param <T> what Dfns answers
 */
@CheckReturnValue
public interface Call<T> {

  /**
   * Runs the call and waits for the answer. Signing happens on the calling thread.
   *
   * <p>A thread that is interrupted while it waits cancels the exchange, keeps its interrupt, and
   * gets an exception that says whether the request may have taken effect.
   */
  T execute();

  /**
   * Runs the call without a thread waiting for it. Signing happens on the executor of the client,
   * never on a thread of the HTTP client. Cancelling the future cancels the exchange.
   */
  CompletableFuture<T> executeAsync();

  /**
   * Freezes the request and asks Dfns for the challenge, so that somebody else signs it.
   *
   * @throws IllegalStateException if the operation needs no user action
   */
  DelegatedCall<T> begin();

  /** The same without a thread waiting for it. */
  CompletableFuture<DelegatedCall<T>> beginAsync();

  /**
   * The request as JSON text, as {@link FrozenCall#freeze()} gives it, so that it can be stored
   * before it is sent. {@link Calls#resume} goes on with the very same request, also in another
   * process. Nothing is sent.
   *
   * @throws IllegalStateException if the operation needs no user action, or the body holds a secret
   */
  String freeze();

  /**
   * The same call with another deadline over everything: all exchanges, signing, and the bodies.
   */
  Call<T> within(Duration deadline);
}

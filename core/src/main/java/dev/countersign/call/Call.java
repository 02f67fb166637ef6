package dev.countersign.call;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One prepared API call. Nothing is sent until it is run; each run is a request of its own.
 *
 * <p>Immutable and safe for use by several threads. What can go wrong is a {@link
 * dev.countersign.error.DfnsException} in all three ways of running.
 *
 * <p>{@code execute} and {@code executeAsync} try again within the deadline and the {@link
 * RetryPolicy} what certainly had no effect: a read, a challenge that was not there or not
 * redeemed, a request that could not be sent or was refused for its rate (429). A change whose
 * answer was lost is sent again only if Dfns recognises it by its {@link #externalId()} ({@link
 * Operation#isIdempotent()}). Each attempt of a signed call is the whole flow with the same bytes:
 * a new challenge, a new signature, a new user action. Once an answer was lost, only an answer of
 * Dfns to a repeat ends the doubt; whatever else comes is an {@link
 * dev.countersign.error.OutcomeUnknownException}. What is refused otherwise is not tried again.
 *
 * @param <T> what Dfns answers
 */
@CheckReturnValue
public interface Call<T> {

  /**
   * The {@code externalId} in the request. Transfers, transactions and signatures always have one:
   * the caller's own, or one made when the call was prepared ({@code cs-} and 32 hexadecimal
   * digits).
   *
   * <p>Store it before the first run: every run of this call carries the same one, and so does what
   * {@link FrozenCall#freeze()} gives; however often and wherever it is run, it takes effect once.
   */
  default Optional<String> externalId() {
    return Optional.empty();
  }

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

package dev.countersign.call;

import dev.countersign.action.Assertion;
import dev.countersign.action.Challenge;
import dev.countersign.action.UserAction;
import java.util.concurrent.CompletableFuture;

/**
 * A call that has begun and waits for somebody else's signature. The challenge is single use and
 * valid for 15 minutes, so a call can be completed once.
 *
 * @param <T> what Dfns answers
 */
@CheckReturnValue
public interface DelegatedCall<T> {

  /** The frozen request. */
  UserAction action();

  /** What is to be signed. */
  Challenge challenge();

  /** Redeems the signed challenge, sends the frozen request and waits for the answer. */
  T complete(Assertion assertion);

  /** The same without a thread waiting for it. */
  CompletableFuture<T> completeAsync(Assertion assertion);
}

package dev.countersign.call;

import dev.countersign.action.Assertion;
import dev.countersign.action.Challenge;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A call that has begun and waits for somebody else's signature. The challenge is single use and
 * valid for 15 minutes, so a call can be completed once; {@link #begin()} asks for another one.
 *
 * @param <T> what Dfns answers
 */
@CheckReturnValue
public interface DelegatedCall<T> extends FrozenCall<T> {

  /** What is to be signed. */
  Challenge challenge();

  /**
   * The challenge as JSON text, as Dfns sent it: for a browser, or whoever signs. It holds the
   * challenge identifier, which is for that one only.
   */
  String challengeText();

  /** Redeems the signed challenge, sends the frozen request and waits for the answer. */
  T complete(Assertion assertion);

  /** The same without a thread waiting for it. */
  CompletableFuture<T> completeAsync(Assertion assertion);

  @Override
  DelegatedCall<T> within(Duration deadline);
}

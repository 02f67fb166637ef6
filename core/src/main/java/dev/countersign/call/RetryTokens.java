package dev.countersign.call;

import java.util.concurrent.atomic.AtomicInteger;

/** The bucket that an engine and those derived from it take their retries from. */
final class RetryTokens {

  private final RetryPolicy policy;
  private final AtomicInteger tokens;

  RetryTokens(RetryPolicy policy) {
    this.policy = policy;
    this.tokens = new AtomicInteger(policy.bucketSize());
  }

  /** Takes what a retry costs, or nothing if there is not enough. */
  boolean take() {
    int before = tokens.getAndUpdate(now -> now >= policy.cost() ? now - policy.cost() : now);
    return before >= policy.cost();
  }

  /** A call ended well after so many attempts. */
  void succeeded(int attempts) {
    if (tokens.get() < policy.bucketSize()) {
      int back = attempts > 1 ? policy.cost() : policy.refill();
      tokens.updateAndGet(now -> (int) Math.min((long) now + back, policy.bucketSize()));
    }
  }
}

package dev.countersign.call;

import java.time.Duration;
import java.util.Objects;

/**
 * How often, and after how long, a call that could not be served is tried again. Immutable.
 *
 * <p>Before attempt <var>n</var>+1 a call waits a random time between zero and {@code base} ×
 * 2<sup><var>n</var>−1</sup>, at most {@code cap} (full jitter), and if Dfns sent {@code
 * Retry-After}, that long and the random time on top. It is not tried again when the wait would
 * reach its deadline.
 *
 * <p>A bucket of tokens, shared by an engine and all that are derived from it with {@code as},
 * keeps an outage from being answered by a storm: each retry takes {@code cost} tokens; a call that
 * ends well gives back what its last retry took, or {@code refill} if it needed none; without
 * tokens nothing is tried again.
 *
 * <table>
 *   <caption>Defaults</caption>
 *   <tr><td>attempts</td><td>4, the first included</td></tr>
 *   <tr><td>base, cap</td><td>100 ms, 5 s</td></tr>
 *   <tr><td>bucket</td><td>500 tokens; a retry costs 5; a success gives back 1</td></tr>
 * </table>
 *
 * <p>What is repeated at all is not a matter of policy: {@link Call} says it.
 */
public final class RetryPolicy {

  private static final RetryPolicy STANDARD = builder().build();
  private static final RetryPolicy NONE = builder().maxAttempts(1).build();

  private final int maxAttempts;
  private final Duration base;
  private final Duration cap;
  private final int bucketSize;
  private final int cost;
  private final int refill;

  private RetryPolicy(Builder builder) {
    this.maxAttempts = builder.maxAttempts;
    this.base = builder.base;
    this.cap = builder.cap;
    this.bucketSize = builder.bucketSize;
    this.cost = builder.cost;
    this.refill = builder.refill;
    if (base.compareTo(cap) > 0) {
      throw new IllegalArgumentException(
          "The first wait, " + base + ", cannot be longer than the longest, " + cap);
    }
  }

  /** The defaults, as the table above says. */
  public static RetryPolicy standard() {
    return STANDARD;
  }

  /** One attempt and no other. */
  public static RetryPolicy none() {
    return NONE;
  }

  /** Starts with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** How many attempts a call has, the first included. */
  public int maxAttempts() {
    return maxAttempts;
  }

  /** The longest wait before the second attempt. */
  public Duration base() {
    return base;
  }

  /** The longest wait before any attempt, {@code Retry-After} apart. */
  public Duration cap() {
    return cap;
  }

  /** How many tokens there are at most, and at first. */
  public int bucketSize() {
    return bucketSize;
  }

  /** How many tokens a retry takes. */
  public int cost() {
    return cost;
  }

  /** How many tokens a call gives back that ended well at its first attempt. */
  public int refill() {
    return refill;
  }

  /**
   * The wait after so many attempts, without {@code Retry-After}.
   *
   * @param random from 0 to below 1
   */
  Duration backoff(int attempts, double random) {
    int doublings = Math.min(attempts - 1, 40);
    double ceiling =
        Math.min((double) base.toNanos() * Math.pow(2, doublings), (double) cap.toNanos());
    return Duration.ofNanos((long) (ceiling * random));
  }

  @Override
  public String toString() {
    return "RetryPolicy("
        + maxAttempts
        + " attempts, "
        + base
        + " to "
        + cap
        + ", "
        + bucketSize
        + " tokens)";
  }

  /** Collects a policy. Not thread-safe. */
  public static final class Builder {
    private int maxAttempts = 4;
    private Duration base = Duration.ofMillis(100);
    private Duration cap = Duration.ofSeconds(5);
    private int bucketSize = 500;
    private int cost = 5;
    private int refill = 1;

    private Builder() {}

    /**
     * Sets how many attempts a call has, the first included.
     *
     * @throws IllegalArgumentException if it is less than one
     */
    public Builder maxAttempts(int attempts) {
      if (attempts < 1) {
        throw new IllegalArgumentException("A call has at least one attempt, not " + attempts);
      }
      this.maxAttempts = attempts;
      return this;
    }

    /**
     * Sets the longest wait before the second attempt, and before any.
     *
     * @throws IllegalArgumentException if one is negative or longer than an hour
     */
    public Builder waits(Duration base, Duration cap) {
      this.base = requireWait(base);
      this.cap = requireWait(cap);
      return this;
    }

    /**
     * Sets the bucket of tokens that all retries of an engine share.
     *
     * @param size how many tokens there are at most, and at first; with none nothing is retried
     * @param cost how many a retry takes, at least 1
     * @param refill how many a call gives back that ended well at its first attempt
     */
    public Builder bucket(int size, int cost, int refill) {
      if (size < 0 || cost < 1 || refill < 0) {
        throw new IllegalArgumentException(
            "A bucket has no negative size or refill, and a retry costs at least one token");
      }
      this.bucketSize = size;
      this.cost = cost;
      this.refill = refill;
      return this;
    }

    /**
     * The policy.
     *
     * @throws IllegalArgumentException if the first wait is longer than the longest
     */
    public RetryPolicy build() {
      return new RetryPolicy(this);
    }

    private static Duration requireWait(Duration wait) {
      Objects.requireNonNull(wait, "wait");
      if (wait.isNegative() || wait.compareTo(Duration.ofHours(1)) > 0) {
        throw new IllegalArgumentException("A wait is from zero to an hour, not " + wait);
      }
      return wait;
    }
  }
}

package dev.countersign.rate;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a client under its share of Dfns' rate limit: calls queue here for {@link Permits},
 * and one that has its turn may send all its requests.
 *
 * <p>Within a lane calls are served in the order they came; lanes are served in turn, so a flood in
 * one does not starve another. A call takes what all its requests need at its start (3 for a signed
 * one, 1 for a read), so none holds a challenge while it queues; each further attempt queues anew.
 *
 * <p>If the permits themselves fail (the store of a fleet is down), calls fail as unavailable, or,
 * with {@link Builder#fallback}, live on a share of this process's own meanwhile.
 *
 * <p>Safe for use by several threads at once. Nobody's thread waits.
 */
public final class RateBudget {

  /** How long nothing is sent after a 429 without {@code Retry-After}: 1 second. */
  public static final Duration DEFAULT_PAUSE = Duration.ofSeconds(1);

  /**
   * The longest pause that a {@code Retry-After} can bring about: 1 minute, as limits are by it.
   */
  public static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Turnstile turnstile;
  private final String lane;

  private RateBudget(Turnstile turnstile, String lane) {
    this.turnstile = turnstile;
    this.lane = lane;
  }

  /** A budget over permits, with the defaults. */
  public static RateBudget over(Permits permits) {
    return builder(permits).build();
  }

  /** Starts a budget. */
  public static Builder builder(Permits permits) {
    return new Builder(permits);
  }

  /**
   * The same budget for one kind of caller, such as {@code batch}: a queue of its own that takes
   * turns with the others.
   */
  public RateBudget lane(String name) {
    return new RateBudget(turnstile, Objects.requireNonNull(name, "name"));
  }

  /**
   * Queues for so many requests. Cancelling gives the place back.
   *
   * @param requests at least 1
   * @param within how long to wait at most
   * @return completes with its turn; exceptionally with {@link
   *     dev.countersign.error.ServiceUnavailableException} as soon as it is known that the turn
   *     would come too late, or the permits fail
   */
  public CompletableFuture<Void> acquire(int requests, Duration within) {
    if (requests < 1) {
      throw new IllegalArgumentException("A call has at least one request, not " + requests);
    }
    return turnstile.queue(lane, requests, within);
  }

  /**
   * Lets nothing through for a while, because Dfns answered 429.
   *
   * @param retryAfter what Dfns asked for, {@link #LONGEST_PAUSE} at most; null: {@link
   *     #DEFAULT_PAUSE}
   */
  public void pause(@Nullable Duration retryAfter) {
    Duration pause = retryAfter == null ? DEFAULT_PAUSE : retryAfter;
    turnstile.pause(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
  }

  /** How busy it is now, all lanes together. */
  public Load load() {
    return turnstile.load();
  }

  @Override
  public String toString() {
    return "RateBudget(" + lane + ", " + load() + ")";
  }

  /** Collects the settings of a budget. Not thread-safe. */
  public static final class Builder {
    private final Permits permits;
    private @Nullable Permits fallback;
    private Duration patience = Duration.ofSeconds(5);
    private Timer timer = Timer.system();

    private Builder(Permits permits) {
      this.permits = Objects.requireNonNull(permits, "permits");
    }

    /**
     * Sets what calls live on while the permits fail, such as {@code TokenBucket.perMinute(50)};
     * none unless set. Each call asks the permits first.
     */
    public Builder fallback(Permits fallback) {
      this.fallback = Objects.requireNonNull(fallback, "fallback");
      return this;
    }

    /**
     * Sets after how long permits that do not answer have failed; 5 seconds unless set.
     *
     * @throws IllegalArgumentException unless it is positive
     */
    public Builder patience(Duration patience) {
      if (patience.isNegative() || patience.isZero()) {
        throw new IllegalArgumentException("Patience is positive, not " + patience);
      }
      this.patience = patience;
      return this;
    }

    /** Sets the timer to wait by; the system's unless set. */
    public Builder timer(Timer timer) {
      this.timer = Objects.requireNonNull(timer, "timer");
      return this;
    }

    /** The budget; its first lane is called {@code default}. */
    public RateBudget build() {
      return new RateBudget(new Turnstile(permits, fallback, patience, timer), "default");
    }
  }
}

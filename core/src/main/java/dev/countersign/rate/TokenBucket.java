package dev.countersign.rate;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Permits of one process: so many in any minute, spread evenly, with a small burst.
 *
 * <p>The bucket holds {@code burst} permits, full at first, and is refilled evenly with {@code
 * limit − burst} a minute, so that not even a minute that begins with a burst has more than {@code
 * limit}. Safe for use by several threads at once.
 */
public final class TokenBucket implements Permits {

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final int LARGEST_CALL = 3;
  private static final int BURSTS_A_MINUTE = 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Timer timer;
  private final int burst;

  /** How many nanoseconds one permit takes to come. */
  private final double period;

  /** The state: when the bucket was, or will be, empty, as it is refilled from then on. */
  private final AtomicLong emptyAt;

  private TokenBucket(int limit, int burst, Timer timer) {
    if (burst < LARGEST_CALL || limit <= burst) {
      throw new IllegalArgumentException(
          "A limit of "
              + limit
              + " requests a minute with a burst of "
              + burst
              + " cannot work: the burst is at least 3, which is one signed call, and less than the"
              + " limit");
    }
    this.timer = timer;
    this.burst = burst;
    this.period = (double) MINUTE / (limit - burst);
    this.emptyAt = new AtomicLong(timer.nanos() - full());
  }

  /**
   * So many requests a minute, of which a tenth, and at least 3, may come at once.
   *
   * @param limit at least 4; of the 1000 a minute that Dfns allows an organisation (100 on trial),
   *     what this process may take
   * @throws IllegalArgumentException if it is less
   */
  public static TokenBucket perMinute(int limit) {
    return perMinute(limit, Math.max(LARGEST_CALL, limit / BURSTS_A_MINUTE), Timer.system());
  }

  /**
   * The same with a burst of one's own, by a timer.
   *
   * @param burst how many may come at once, at least 3 and less than the limit
   * @throws IllegalArgumentException if it is something else
   */
  public static TokenBucket perMinute(int limit, int burst, Timer timer) {
    return new TokenBucket(limit, burst, timer);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if it is not from 1 to the burst
   */
  @Override
  public CompletableFuture<Duration> take(int requests) {
    if (requests < 1 || requests > burst) {
      throw new IllegalArgumentException(
          "From 1 to " + burst + " requests can be taken at once, not " + requests);
    }
    lock.lock();
    try {
      Duration wait = waitFor(requests);
      if (wait.isZero()) {
        emptyAt.set(start() + cost(requests));
      }
      return CompletableFuture.completedFuture(wait);
    } finally {
      lock.unlock();
    }
  }

  /** How long until so many could have been taken in all, if nobody else takes any. */
  Duration waitFor(long requests) {
    long missing = start() + cost(requests) - timer.nanos();
    return missing <= 0 ? Duration.ZERO : Duration.ofNanos(missing);
  }

  /** When the bucket was empty last; not so long ago that more than the burst is in it. */
  private long start() {
    long empty = emptyAt.get();
    long earliest = timer.nanos() - full();
    return empty - earliest < 0 ? earliest : empty;
  }

  private long full() {
    return cost(burst);
  }

  private long cost(long requests) {
    return (long) Math.ceil(requests * period);
  }

  @Override
  public String toString() {
    return "TokenBucket("
        + Math.round(MINUTE / period + burst)
        + " a minute, "
        + burst
        + " at once)";
  }
}

package dev.countersign.bucket4j;

import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.rate.Permits;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Permits that a fleet shares: one bucket in a store that Bucket4j knows, for all processes that
 * name the same key. Tested with Redis, through {@code bucket4j_jdk17-lettuce}.
 *
 * <p>The bucket holds {@code burst} permits, full at first, and is refilled evenly with {@code
 * limit − burst} a minute, so that no minute has more than {@code limit}. Who uses a key first
 * decides these numbers; other numbers need another key.
 *
 * <p>Time comes from the processes' own clocks. A clock that runs ahead by some seconds adds, once,
 * what those seconds are worth, and at most a burst; the others then get nothing for as long. Keep
 * clocks together (NTP), and the limit that much below what Dfns allows.
 *
 * <p>Safe for use by several threads. It owns nothing: whoever connected to the store closes it.
 */
public final class Bucket4jPermits implements Permits {

  /** How long the store may take to answer unless told otherwise: 2 seconds. */
  public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(2);

  private static final int LARGEST_CALL = 3;

  private final AsyncBucketProxy bucket;
  private final int burst;
  private final Duration deadline;

  private Bucket4jPermits(AsyncBucketProxy bucket, int burst, Duration deadline) {
    this.bucket = bucket;
    this.burst = burst;
    this.deadline = deadline;
  }

  /**
   * Permits of one bucket.
   *
   * @param store such as {@code Bucket4jLettuce.casBasedBuilder(connection).build().asAsync()}
   * @param key the bucket's own; the same for all who share it
   * @param limit how many requests a minute all of them may send
   * @param burst how many of these may come at once, at least 3 and less than the limit
   * @throws IllegalArgumentException if the numbers do not fit
   */
  public static <K> Bucket4jPermits over(AsyncProxyManager<K> store, K key, int limit, int burst) {
    if (burst < LARGEST_CALL || limit <= burst) {
      throw new IllegalArgumentException(
          "A limit of "
              + limit
              + " requests a minute with a burst of "
              + burst
              + " cannot work: the burst is at least 3, which is one signed call, and less than the"
              + " limit");
    }
    BucketConfiguration configuration =
        BucketConfiguration.builder()
            .addLimit(
                bandwidth ->
                    bandwidth.capacity(burst).refillGreedy(limit - burst, Duration.ofMinutes(1)))
            .build();
    AsyncBucketProxy bucket =
        store.getProxy(
            Objects.requireNonNull(key, "key"),
            () -> CompletableFuture.completedFuture(configuration));
    return new Bucket4jPermits(bucket, burst, DEFAULT_DEADLINE);
  }

  /**
   * The same, the store having this long to answer.
   *
   * @throws IllegalArgumentException unless it is positive
   */
  public Bucket4jPermits within(Duration deadline) {
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("A deadline is positive, not " + deadline);
    }
    return new Bucket4jPermits(bucket, burst, deadline);
  }

  /**
   * {@inheritDoc}
   *
   * <p>If the store does not answer within the deadline it completes with a {@link
   * ServiceUnavailableException}; what it takes after all is given back.
   *
   * @throws IllegalArgumentException if it is not from 1 to the burst
   */
  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // both only lead to the result
  public CompletableFuture<Duration> take(int requests) {
    if (requests < 1 || requests > burst) {
      throw new IllegalArgumentException(
          "From 1 to " + burst + " requests can be taken at once, not " + requests);
    }
    CompletableFuture<Duration> result = new CompletableFuture<>();
    ask(requests)
        .whenComplete(
            (probe, failure) -> {
              if (probe == null) {
                result.completeExceptionally(unavailable("failed", failure));
              } else if (!result.complete(wait(probe)) && probe.isConsumed()) {
                bucket.addTokens(requests);
              }
            });
    CompletableFuture<ConsumptionProbe> expiry = new CompletableFuture<>();
    expiry
        .orTimeout(TimeUnit.NANOSECONDS.convert(deadline), TimeUnit.NANOSECONDS)
        .exceptionally(
            late -> {
              result.completeExceptionally(unavailable("did not answer within " + deadline, null));
              return null;
            });
    result.whenComplete((wait, failure) -> expiry.cancel(false));
    return result;
  }

  private CompletableFuture<ConsumptionProbe> ask(int requests) {
    try {
      return bucket.tryConsumeAndReturnRemaining(requests);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static Duration wait(ConsumptionProbe probe) {
    return probe.isConsumed()
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
  }

  private static ServiceUnavailableException unavailable(String what, @Nullable Throwable failure) {
    return new ServiceUnavailableException("The store of the fleet's permits " + what, failure);
  }

  @Override
  public String toString() {
    return "Bucket4jPermits(" + burst + " at once)";
  }
}

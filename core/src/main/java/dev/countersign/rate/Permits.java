package dev.countersign.rate;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Where the permission to send requests comes from: one process's own share of the organisation's
 * limit, or a share that a fleet has in common.
 *
 * <p>Dfns allows an organisation 1000 requests a minute, 100 on trial
 * (docs.dfns.co/api-reference/rate-limits). Implementations are safe for use by several threads at
 * once. They need not be fair: who waits, and in which order, is decided in front of them.
 */
public interface Permits {

  /**
   * Takes this many at once, or none.
   *
   * <p>Completes with zero if they were taken, and else with how long to wait before it is worth
   * asking again. Completes exceptionally if nobody knows, for example because the store of a fleet
   * does not answer; nothing was taken then. Does not block.
   *
   * @param requests how many requests are to be sent, at least 1
   */
  CompletableFuture<Duration> take(int requests);

  /** Permits without limit, for where something else keeps the rate, or nothing has to. */
  static Permits unlimited() {
    return requests -> CompletableFuture.completedFuture(Duration.ZERO);
  }
}

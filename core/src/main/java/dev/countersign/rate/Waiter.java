package dev.countersign.rate;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A call that waits for its turn. */
final class Waiter {

  final String lane;
  final int requests;
  final long since;
  final long until;
  final CompletableFuture<Void> turn = new CompletableFuture<>();

  Waiter(String lane, int requests, long since, long until) {
    this.lane = lane;
    this.requests = requests;
    this.since = since;
    this.until = until;
  }

  /** What is left of its patience. */
  Duration left(long now) {
    return Duration.ofNanos(until - now);
  }
}

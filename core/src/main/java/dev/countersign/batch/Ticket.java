package dev.countersign.batch;

import dev.countersign.call.DelegatedCall;
import dev.countersign.call.FrozenCall;
import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.error.SigningException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An item that waits its turn in a run, or is under way.
 *
 * @param <T> what Dfns answers
 */
final class Ticket<T> {

  /** A challenge lives 15 minutes by Dfns's clock; one older than this is not used. */
  private static final Duration FRESH = Duration.ofMinutes(5);

  private final AtomicReference<JournalItem> item;
  private final AtomicBoolean repeat;
  private final FrozenCall<? extends T> call;
  private final boolean idempotent;
  private final Clock clock;
  private final AtomicReference<@Nullable Prefetched<? extends T>> prefetched =
      new AtomicReference<>();

  Ticket(JournalItem item, FrozenCall<? extends T> call, boolean idempotent, Clock clock) {
    this.item = new AtomicReference<>(item);
    this.repeat = new AtomicBoolean(item.startedBy() > 0);
    this.call = call;
    this.idempotent = idempotent;
    this.clock = clock;
  }

  JournalItem item() {
    return item.get();
  }

  /** It is about to be sent. */
  void started(long fence, Instant at) {
    item.set(item.get().toBuilder().started(fence, at).build());
  }

  boolean isIdempotent() {
    return idempotent;
  }

  /** Whether an earlier request of it may have taken effect, in this run or one before. */
  boolean isRepeat() {
    return repeat.get();
  }

  /** Asks for its challenge, while the one before it is in flight. */
  void prefetch() {
    if (prefetched.get() == null) {
      prefetched.set(begin(call));
    }
  }

  /** Drops a challenge that will not be used. */
  void drop() {
    Prefetched<? extends T> dropped = prefetched.getAndSet(null);
    if (dropped != null) {
      dropped.call().cancel(true);
    }
  }

  CompletableFuture<T> execute() {
    Prefetched<? extends T> challenge = prefetched.getAndSet(null);
    return challenge == null ? whole(call) : withChallenge(challenge, call);
  }

  private <V extends T> Prefetched<V> begin(FrozenCall<V> frozen) {
    Instant at = clock.instant();
    return new Prefetched<>(frozen.beginAsync(), at);
  }

  private static <T, V extends T> CompletableFuture<T> whole(FrozenCall<V> frozen) {
    return frozen.executeAsync().thenApply(Function.identity());
  }

  /**
   * With the challenge that is there; and, if it is not, or nothing came of it, or Dfns recognises
   * the repeat, from the beginning with the same bytes: then with the doubt that the first one
   * left.
   */
  private <V extends T> CompletableFuture<T> withChallenge(
      Prefetched<V> challenge, FrozenCall<? extends T> frozen) {
    boolean fresh = challenge.at().plus(FRESH).isAfter(clock.instant());
    CompletableFuture<T> first =
        challenge
            .call()
            .thenCompose(
                begun -> fresh ? begun.executeAsync() : CompletableFuture.failedFuture(stale()))
            .thenApply(Function.identity());
    return first.exceptionallyCompose(
        failure -> {
          if (unwrap(failure) instanceof OutcomeUnknownException) {
            repeat.set(true);
          }
          return mayStartOver(unwrap(failure))
              ? whole(frozen)
              : CompletableFuture.failedFuture(failure);
        });
  }

  private static ServiceUnavailableException stale() {
    return new ServiceUnavailableException("The challenge is too old", null);
  }

  private boolean mayStartOver(Throwable failure) {
    return failure instanceof ServiceUnavailableException
        || failure instanceof SigningException
        || (failure instanceof OutcomeUnknownException && idempotent);
  }

  static Throwable unwrap(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** A challenge that is there, or on its way. */
  private record Prefetched<V>(CompletableFuture<DelegatedCall<V>> call, Instant at) {}
}

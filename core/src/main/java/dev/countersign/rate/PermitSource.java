package dev.countersign.rate;

import dev.countersign.error.ServiceUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Permits that answer in time, or those of one's own that stand in for them, or an error. */
final class PermitSource {

  private static final CompletableFuture<Duration> NOTHING_NEEDED =
      CompletableFuture.completedFuture(Duration.ZERO);

  private final Permits permits;
  private final @Nullable Permits fallback;
  private final Duration patience;
  private final Timer timer;
  private final IntConsumer late;

  /**
   * Permits with their stand-in.
   *
   * @param late is told of permits that were taken after all, when nobody waited for the answer
   */
  PermitSource(
      Permits permits,
      @Nullable Permits fallback,
      Duration patience,
      Timer timer,
      IntConsumer late) {
    this.permits = permits;
    this.fallback = fallback;
    this.patience = patience;
    this.timer = timer;
    this.late = late;
  }

  CompletableFuture<Duration> take(int requests) {
    if (requests == 0) {
      return NOTHING_NEEDED;
    }
    CompletableFuture<Duration> answer = bounded(ask(permits, requests), requests);
    Permits other = fallback;
    return other == null ? answer : answer.exceptionallyCompose(failure -> ask(other, requests));
  }

  private static CompletableFuture<Duration> ask(Permits permits, int requests) {
    try {
      return permits.take(requests);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // both only lead to the result
  private CompletableFuture<Duration> bounded(CompletableFuture<Duration> answer, int requests) {
    if (answer.isDone()) {
      return answer;
    }
    CompletableFuture<Duration> result = new CompletableFuture<>();
    CompletableFuture<Void> expiry = timer.after(patience);
    expiry.thenRun(
        () ->
            result.completeExceptionally(
                new ServiceUnavailableException("No answer within " + patience, null)));
    answer.whenComplete(
        (wait, failure) -> {
          expiry.cancel(false);
          if (failure != null) {
            result.completeExceptionally(failure);
          } else if (!result.complete(wait) && wait.isZero()) {
            late.accept(requests);
          }
        });
    return result;
  }

  /** What can be known of the wait for so many: zero if nothing. */
  Duration waitFor(long requests) {
    return permits instanceof TokenBucket bucket && requests > 0
        ? bucket.waitFor(requests)
        : Duration.ZERO;
  }

  static ServiceUnavailableException unavailable(@Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return new ServiceUnavailableException(
        "Nobody can say whether there is room within the rate limit"
            + (cause == null ? "" : " (" + cause.getClass().getSimpleName() + ")")
            + "; nothing was sent. Mend the store of the permits, or give the rate budget a fallback",
        cause);
  }
}

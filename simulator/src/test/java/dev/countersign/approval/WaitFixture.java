package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.wallets.TransferRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Waits over a Dfns that changes, and in a time that passes, when the test says so. */
final class WaitFixture {

  static final Duration HOUR = Duration.ofHours(1);
  static final WaitId<TransferRequest> TRANSFER = WaitId.transfer("wa-1", "xfr-1");

  final WaitedDfns dfns = new WaitedDfns();
  final VirtualTime time = new VirtualTime();
  final Waits waits = open();

  Waits open() {
    return Waits.over(dfns.calls())
        .scheduler(time)
        .nanoTime(time::nanoTime)
        .executor(Runnable::run)
        .chance(() -> 0)
        .open();
  }

  <T> CompletableFuture<Waited<T>> begin(WaitId<T> id) {
    return waits.on(id).awaitAsync(HOUR);
  }

  static <T> Waited<T> ended(CompletableFuture<Waited<T>> wait) {
    assertThat(wait).isCompleted();
    return wait.join();
  }

  static <T> Waited.StillPending<T> pending(CompletableFuture<Waited<T>> wait) {
    assertThat(ended(wait)).isInstanceOf(Waited.StillPending.class);
    return (Waited.StillPending<T>) ended(wait);
  }

  static Throwable failure(CompletableFuture<?> wait) {
    assertThat(wait).isCompletedExceptionally();
    return wait.handle((value, error) -> error).join();
  }
}

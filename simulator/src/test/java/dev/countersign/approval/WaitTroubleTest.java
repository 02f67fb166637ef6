package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.error.ServiceUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That no answer, however strange, leaves a wait without a next look. */
class WaitTroubleTest {

  private final WaitedDfns dfns = new WaitedDfns();
  private final VirtualTime time = new VirtualTime();
  private final Waits waits =
      Waits.over(dfns.calls())
          .scheduler(time)
          .nanoTime(time::nanoTime)
          .executor(Runnable::run)
          .chance(() -> 0)
          .open();

  /**
   * Such as {@code Retry-After: Fri, 31 Dec 9999 23:59:59 GMT}, which no long of nanoseconds holds.
   */
  @ParameterizedTest
  @CsvSource({"1, PT70128000H", "3, PT70128000H", "10, PT70128000H", "1, PT277777H"})
  void aRetryAfterOfThousandsOfYearsIsHeededForAnHour(int count, Duration retryAfter) {
    List<CompletableFuture<Waited<TransferRequest>>> all =
        IntStream.range(0, count)
            .mapToObj(i -> waits.on(WaitId.transfer("wa-" + i, "xfr-" + i)))
            .map(wait -> wait.awaitAsync(Duration.ofDays(1)))
            .toList();
    dfns.instead =
        target ->
            CompletableFuture.failedFuture(
                new ServiceUnavailableException("away", retryAfter, null));
    time.advance(Duration.ofMinutes(1));
    int before = dfns.requests.size();
    dfns.instead = target -> null;
    for (int i = 0; i < count; i++) {
      dfns.transfer("wa-" + i, "xfr-" + i, "Confirmed", "");
    }

    time.advance(Duration.ofMinutes(55));
    assertThat(dfns.requests).hasSize(before);
    time.advance(Duration.ofMinutes(10));

    assertThat(all).allSatisfy(wait -> assertThat(wait).isCompleted());
  }
}

package dev.countersign.approval;

import static dev.countersign.approval.WaitFixture.HOUR;
import static dev.countersign.approval.WaitFixture.TRANSFER;
import static dev.countersign.approval.WaitFixture.ended;
import static dev.countersign.approval.WaitFixture.pending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.error.ServiceUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Waits that end before what they wait for. */
class WaitGivenUpTest {

  private final WaitFixture fixture = new WaitFixture();
  private final WaitedDfns dfns = fixture.dfns;
  private final VirtualTime time = fixture.time;
  private final Waits waits = fixture.waits;

  @Test
  void theDeadlineEndsTheWaitAndNotWhatIsWaitedFor() {
    dfns.transfer("xfr-1", "Broadcasted", "");
    CompletableFuture<Waited<TransferRequest>> wait =
        waits.on(TRANSFER).awaitAsync(Duration.ofMinutes(5));
    time.advance(Duration.ofMinutes(5));

    Waited.StillPending<TransferRequest> still = pending(wait);
    assertThat(still.lastSeen()).isPresent();
    assertThat(still.trouble()).isEmpty();
    assertThat(still.id()).isEqualTo(TRANSFER);
    assertThat(waits.size()).isZero();
    int before = dfns.requests.size();
    time.advance(HOUR);
    assertThat(dfns.requests).as("nobody waits any more").hasSize(before);
  }

  @Test
  void closingEndsAllAsStillPendingAndNothingIsAskedAfterwards() {
    dfns.transfer("xfr-1", "Executing", "");
    CompletableFuture<Waited<TransferRequest>> wait = fixture.begin(TRANSFER);
    time.advance(Duration.ofSeconds(5));
    int before = dfns.requests.size();

    waits.close();

    assertThat(ended(wait)).isInstanceOf(Waited.StillPending.class);
    time.advance(HOUR);
    assertThat(dfns.requests).hasSize(before);
    assertThat(time.scheduled()).isZero();
    assertThatThrownBy(() -> fixture.begin(TRANSFER))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThat(time.isShutdown()).as("it was lent").isFalse();
  }

  @Test
  void aSchedulerThatIsShutDownEndsTheWaitsInsteadOfLeavingThem() {
    dfns.transfer("xfr-1", "Executing", "");
    CompletableFuture<Waited<TransferRequest>> wait = fixture.begin(TRANSFER);
    time.shutdown();
    time.advance(Duration.ofSeconds(1));

    assertThat(ended(wait)).isInstanceOf(Waited.StillPending.class);
    assertThatThrownBy(() -> fixture.begin(TRANSFER)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whoCancelsIsForgottenAndOthersWaitOn() {
    dfns.transfer("xfr-1", "Executing", "");
    CompletableFuture<?> one = fixture.begin(TRANSFER);
    CompletableFuture<Waited<TransferRequest>> other = fixture.begin(TRANSFER);
    time.advance(Duration.ofSeconds(1));
    assertThat(dfns.requests).as("one look for both").hasSize(1);

    assertThat(one.cancel(true)).isTrue();
    assertThat(waits.size()).isOne();
    dfns.transfer("xfr-1", "Confirmed", "");
    time.advance(Duration.ofMinutes(1));
    assertThat(ended(other)).isInstanceOf(Waited.Confirmed.class);

    CompletableFuture<?> alone = fixture.begin(TRANSFER);
    assertThat(alone.cancel(true)).isTrue();
    assertThat(waits.size()).isZero();
    assertThat(time.scheduled()).isLessThanOrEqualTo(1);
  }

  @Test
  void anInterruptedThreadGivesUpAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> waits.on(TRANSFER).await(HOUR))
          .isInstanceOf(ServiceUnavailableException.class)
          .hasMessageContaining("transfer:wa-1:xfr-1");
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(waits.size()).isZero();
  }
}

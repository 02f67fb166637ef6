package dev.countersign.approval;

import static dev.countersign.approval.WaitFixture.HOUR;
import static dev.countersign.approval.WaitFixture.TRANSFER;
import static dev.countersign.approval.WaitFixture.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.error.RequestRejectedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Waits that end as what they wait for does. */
class WaitsTest {

  private final WaitFixture fixture = new WaitFixture();
  private final WaitedDfns dfns = fixture.dfns;
  private final VirtualTime time = fixture.time;
  private final Waits waits = fixture.waits;

  @Test
  void aTransferIsWaitedForThroughAllThatIsNoEnd() {
    CompletableFuture<Waited<TransferRequest>> wait = fixture.begin(TRANSFER);
    for (String status : new String[] {"Pending", "Executing", "Broadcasted", "LaterInvented"}) {
      dfns.transfer("xfr-1", status, "");
      time.advance(Duration.ofMinutes(2));
      assertThat(wait).as(status).isNotDone();
    }

    dfns.transfer("xfr-1", "Confirmed", ",\"txHash\":\"0x1\"");
    time.advance(Duration.ofMinutes(1));

    assertThat(ended(wait)).isInstanceOf(Waited.Confirmed.class);
    assertThat(((Waited.Succeeded<TransferRequest>) ended(wait)).entity().txHash()).contains("0x1");
    assertThat(waits.size()).isZero();
    assertThat(time.scheduled()).as("timers left").isLessThanOrEqualTo(1);
  }

  @Test
  void looksComeFurtherApartUpToAMinute() {
    dfns.transfer("xfr-1", "Executing", "");
    CompletableFuture<Waited<TransferRequest>> wait = fixture.begin(TRANSFER);

    time.advance(Duration.ofMillis(999));
    assertThat(dfns.requests).isEmpty();
    time.advance(Duration.ofMillis(1));
    assertThat(dfns.requests).hasSize(1);
    time.advance(Duration.ofMinutes(3));
    assertThat(dfns.requests).hasSizeBetween(11, 13);
    time.advance(Duration.ofMinutes(50));
    assertThat(dfns.requests).hasSizeBetween(60, 64);
    assertThat(wait).isNotDone();
  }

  @ParameterizedTest
  @CsvSource({
    "Signed, Signed",
    "Confirmed, Confirmed",
    "Failed, Failed",
    "Rejected, Blocked",
  })
  void aSignatureEnds(String status, String how) {
    dfns.put(
        "/keys/key-1/signatures/sig-1",
        "{\"id\":\"sig-1\",\"keyId\":\"key-1\",\"status\":\"" + status + "\"}");

    CompletableFuture<?> wait = fixture.begin(WaitId.signature("key-1", "sig-1"));
    time.advance(Duration.ofSeconds(1));

    assertThat(wait).isCompleted();
    assertThat(wait.join().getClass().getSimpleName()).isEqualTo(how);
  }

  @ParameterizedTest
  @CsvSource({"Confirmed, Confirmed", "Failed, Failed", "Rejected, Blocked"})
  void aTransactionEnds(String status, String how) {
    dfns.put(
        "/wallets/wa-1/transactions/tx-1",
        "{\"id\":\"tx-1\",\"walletId\":\"wa-1\",\"status\":\"" + status + "\"}");

    CompletableFuture<?> wait = fixture.begin(WaitId.transaction("wa-1", "tx-1"));
    time.advance(Duration.ofSeconds(1));

    assertThat(wait.join().getClass().getSimpleName()).isEqualTo(how);
  }

  @Test
  void aWaitGoesOnInAnotherProcessFromItsTextAlone() {
    String text = waits.on(TRANSFER).id().toString();
    waits.close();
    dfns.transfer("xfr-1", "Confirmed", "");

    try (Waits later = fixture.open()) {
      CompletableFuture<Waited<TransferRequest>> wait =
          later.on(WaitId.parse(text).as(WaitKind.TRANSFER)).awaitAsync(HOUR);
      time.advance(Duration.ofSeconds(1));

      assertThat(ended(wait)).isInstanceOf(Waited.Confirmed.class);
    }
  }

  @Test
  void aBlockingWaitEndsOrFailsAsItsLookDid() {
    ScheduledExecutorService real = Executors.newSingleThreadScheduledExecutor();
    WaitPace quick = new WaitPace(Duration.ofMillis(100), Duration.ofMillis(100), 1, 0);
    dfns.transfer("xfr-1", "Confirmed", "");
    try (Waits blocking = Waits.over(dfns.calls()).scheduler(real).pace(quick).open()) {
      assertThat(blocking.on(TRANSFER).await(HOUR)).isInstanceOf(Waited.Confirmed.class);
      assertThatThrownBy(() -> blocking.on(WaitId.transfer("wa-1", "xfr-none")).await(HOUR))
          .isInstanceOf(RequestRejectedException.class)
          .hasMessageContaining("404");
      assertThatThrownBy(() -> blocking.on(TRANSFER).await(Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("A deadline is positive, not PT0S");
    } finally {
      real.shutdownNow();
    }
  }
}

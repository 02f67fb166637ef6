package dev.countersign.approval;

import static dev.countersign.approval.WaitFixture.HOUR;
import static dev.countersign.approval.WaitFixture.TRANSFER;
import static dev.countersign.approval.WaitFixture.ended;
import static dev.countersign.approval.WaitFixture.failure;
import static dev.countersign.approval.WaitFixture.pending;
import static dev.countersign.approval.WaitedDfns.refused;
import static dev.countersign.approval.WaitedDfns.transferPath;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.error.ProtocolException;
import dev.countersign.error.RequestRejectedException;
import dev.countersign.error.ServiceUnavailableException;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks that fail, are refused or cannot be read. */
class WaitLooksTest {

  private final WaitFixture fixture = new WaitFixture();
  private final WaitedDfns dfns = fixture.dfns;
  private final VirtualTime time = fixture.time;
  private final Waits waits = fixture.waits;

  @Test
  void anOutageIsWaitedThroughAndItsDelayHonoured() {
    dfns.transfer("xfr-1", "Confirmed", "");
    dfns.instead =
        target ->
            CompletableFuture.failedFuture(
                new ServiceUnavailableException("429", Duration.ofMinutes(7), null));
    CompletableFuture<Waited<TransferRequest>> wait = fixture.begin(TRANSFER);
    time.advance(Duration.ofMinutes(6));
    assertThat(dfns.requests).hasSize(1);

    dfns.instead = target -> null;
    time.advance(Duration.ofMinutes(2));

    assertThat(ended(wait)).isInstanceOf(Waited.Confirmed.class);
  }

  @Test
  void whatIsStillPendingSaysThatNothingWasSeen() {
    dfns.instead =
        target -> CompletableFuture.failedFuture(new ServiceUnavailableException("down", null));
    CompletableFuture<Waited<TransferRequest>> wait = fixture.begin(TRANSFER);
    time.advance(HOUR);

    assertThat(pending(wait).lastSeen()).isEmpty();
    assertThat(pending(wait).trouble().orElseThrow()).hasMessage("down");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404})
  void aRefusedLookEndsTheWait(int status) {
    dfns.instead = target -> CompletableFuture.failedFuture(refused(status));
    CompletableFuture<Waited<TransferRequest>> wait = fixture.begin(TRANSFER);
    time.advance(Duration.ofSeconds(1));

    assertThat(failure(wait))
        .isInstanceOfSatisfying(
            RequestRejectedException.class, e -> assertThat(e.status()).isEqualTo(status));
    assertThat(waits.size()).isZero();
  }

  @Test
  void aTokenThatIsNoLongerGoodFailsAllWithFewRequests() {
    dfns.instead = target -> CompletableFuture.failedFuture(refused(401));
    CompletableFuture<?> first = fixture.begin(TRANSFER);
    for (int i = 0; i < 100; i++) {
      assertThat(fixture.begin(WaitId.transfer("wa-" + i, "xfr-x"))).isNotDone();
    }
    time.advance(Duration.ofSeconds(2));

    assertThat(failure(first)).isInstanceOf(RequestRejectedException.class);
    assertThat(waits.size()).isZero();
    assertThat(dfns.requests).hasSizeLessThan(5);
  }

  @Test
  void twoUnreadableAnswersAreForgivenAndThreeAreNot() {
    dfns.put(transferPath("xfr-1"), "{\"id\":\"xfr-1\"}");
    CompletableFuture<Waited<TransferRequest>> wait = fixture.begin(TRANSFER);
    time.advance(Duration.ofMillis(2500));
    assertThat(dfns.requests).hasSize(2);
    dfns.transfer("xfr-1", "Executing", "");
    time.advance(Duration.ofMillis(2300));
    assertThat(wait).isNotDone();

    dfns.put(transferPath("xfr-1"), "[]");
    time.advance(Duration.ofMinutes(2));

    assertThat(failure(wait)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void aLookThatFailsAtOnceFailsTheWait() {
    dfns.instead =
        target -> {
          throw new IllegalStateException("no engine");
        };
    CompletableFuture<Waited<TransferRequest>> wait = fixture.begin(TRANSFER);
    time.advance(Duration.ofSeconds(1));

    assertThat(failure(wait))
        .satisfiesAnyOf(
            e -> assertThat(e).isInstanceOf(IllegalStateException.class),
            e ->
                assertThat(e)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(IllegalStateException.class));
    assertThat(Collections.frequency(dfns.requests, transferPath("xfr-1"))).isOne();
  }
}

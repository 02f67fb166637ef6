package dev.countersign.approval;

import static dev.countersign.approval.WaitedDfns.refused;
import static dev.countersign.approval.WaitedDfns.transferPath;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.api.policies.PolicyApproval;
import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.error.RequestRejectedException;
import dev.countersign.error.ServiceUnavailableException;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitsTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final WaitId<TransferRequest> TRANSFER = WaitId.transfer("wa-1", "xfr-1");
  private static final String HELD = ",\"approvalId\":\"ap-1\"";
  private static final String NO =
      "{\"userId\":\"us-9\",\"value\":\"Denied\",\"reason\":\"too much\"}";
  private static final String YES = "{\"userId\":\"us-8\",\"value\":\"Approved\"}";

  private final WaitedDfns dfns = new WaitedDfns();
  private final VirtualTime time = new VirtualTime();
  private final Waits waits = open();

  private Waits open() {
    return Waits.over(dfns.calls())
        .scheduler(time)
        .nanoTime(time::nanoTime)
        .executor(Runnable::run)
        .chance(() -> 0)
        .open();
  }

  private <T> CompletableFuture<Waited<T>> begin(WaitId<T> id) {
    return waits.on(id).awaitAsync(HOUR);
  }

  private static <T> Waited<T> ended(CompletableFuture<Waited<T>> wait) {
    assertThat(wait).isCompleted();
    return wait.join();
  }

  private static <T> Waited.StillPending<T> pending(CompletableFuture<Waited<T>> wait) {
    assertThat(ended(wait)).isInstanceOf(Waited.StillPending.class);
    return (Waited.StillPending<T>) ended(wait);
  }

  private static Throwable failure(CompletableFuture<?> wait) {
    assertThat(wait).isCompletedExceptionally();
    return wait.handle((value, error) -> error).join();
  }

  private Waited<TransferRequest> afterRejection(String more) {
    dfns.transfer("xfr-1", "Rejected", more);
    CompletableFuture<Waited<TransferRequest>> wait = begin(TRANSFER);
    time.advance(Duration.ofMinutes(10));
    return ended(wait);
  }

  private static String activity(String changeStatus) {
    return "{\"kind\":\"Policies:Modify\",\"changeRequest\":{\"id\":\"cr-1\",\"status\":\"%s\"}}"
        .formatted(changeStatus);
  }

  @Test
  void aTransferIsWaitedForThroughAllThatIsNoEnd() {
    CompletableFuture<Waited<TransferRequest>> wait = begin(TRANSFER);
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
    CompletableFuture<Waited<TransferRequest>> wait = begin(TRANSFER);

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

    CompletableFuture<?> wait = begin(WaitId.signature("key-1", "sig-1"));
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

    CompletableFuture<?> wait = begin(WaitId.transaction("wa-1", "tx-1"));
    time.advance(Duration.ofSeconds(1));

    assertThat(wait.join().getClass().getSimpleName()).isEqualTo(how);
  }

  @Test
  void aDenialTellsWhoAndWhy() {
    dfns.approval("ap-1", "Denied", YES + "," + NO, "{}");

    Waited<TransferRequest> how = afterRejection(HELD);

    assertThat(how).isInstanceOf(Waited.Denied.class);
    assertThat(((Waited.Denied<TransferRequest>) how).denials())
        .singleElement()
        .satisfies(
            no -> {
              assertThat(no.userId()).isEqualTo("us-9");
              assertThat(no.reason()).contains("too much");
            });
  }

  @Test
  void anApprovalThatNobodyAnsweredExpires() {
    dfns.approval("ap-1", "Expired", "", "{}");

    assertThat(afterRejection(HELD)).isInstanceOf(Waited.Expired.class);
  }

  @Test
  void whatNoApprovalExplainsWasBlockedByAPolicy() {
    assertThat(afterRejection("")).isInstanceOf(Waited.Blocked.class);
  }

  @Test
  void anApprovalThatMayNotBeReadLeavesTheRejectionUnexplained() {
    dfns.instead =
        target -> target.startsWith("/v2/") ? CompletableFuture.failedFuture(refused(403)) : null;

    assertThat(afterRejection(HELD))
        .isInstanceOfSatisfying(
            Waited.Unexplained.class,
            how -> assertThat(how.why()).contains("ap-1 cannot be read").contains("403"));
  }

  @Test
  void anApprovalThatStillSaysPendingIsLookedAtAgain() {
    dfns.approval("ap-1", "Pending", "", "{}");
    dfns.transfer("xfr-1", "Rejected", HELD);
    CompletableFuture<Waited<TransferRequest>> wait = begin(TRANSFER);
    time.advance(Duration.ofSeconds(3));
    assertThat(wait).isNotDone();

    dfns.approval("ap-1", "Denied", NO, "{}");
    time.advance(Duration.ofSeconds(10));

    assertThat(ended(wait)).isInstanceOf(Waited.Denied.class);
  }

  @Test
  void anApprovalThatNeverExplainsIsNotAskedForEver() {
    dfns.approval("ap-1", "Pending", "", "{}");

    assertThat(afterRejection(HELD))
        .isInstanceOfSatisfying(
            Waited.Unexplained.class,
            how -> assertThat(how.why()).isEqualTo("Its approval ap-1 is Pending."));
  }

  @ParameterizedTest
  @CsvSource({
    "Approved, Applied, Applied",
    "Approved, Failed, Failed",
    "Approved, Pending, Approved",
    "Approved, LaterInvented, Approved",
    "Denied, Pending, Denied",
    "Expired, Rejected, Expired",
    "Pending, Rejected, Unexplained",
  })
  void aChangeIsSeenThroughItsApproval(String approval, String change, String how) {
    dfns.approval("ap-1", approval, NO, activity(change));

    CompletableFuture<?> wait = begin(WaitId.change("cr-1", "ap-1"));
    time.advance(Duration.ofMinutes(10));

    assertThat(wait).isCompleted();
    assertThat(wait.join().getClass().getSimpleName()).isEqualTo(how);
  }

  @Test
  void anApprovalOfAnUnknownStatusIsWaitedThrough() {
    dfns.approval("ap-1", "AutoApproved", "", "{}");
    CompletableFuture<Waited<PolicyApproval>> wait = begin(WaitId.approval("ap-1"));
    time.advance(Duration.ofMinutes(10));
    assertThat(wait).isNotDone();

    dfns.approval("ap-1", "Approved", YES, "{}");
    time.advance(Duration.ofMinutes(1));

    assertThat(ended(wait)).isInstanceOf(Waited.Approved.class);
  }

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
  void aWaitGoesOnInAnotherProcessFromItsTextAlone() {
    String text = waits.on(TRANSFER).id().toString();
    waits.close();
    dfns.transfer("xfr-1", "Confirmed", "");

    try (Waits later = open()) {
      CompletableFuture<Waited<TransferRequest>> wait =
          later.on(WaitId.parse(text).as(WaitKind.TRANSFER)).awaitAsync(HOUR);
      time.advance(Duration.ofSeconds(1));

      assertThat(ended(wait)).isInstanceOf(Waited.Confirmed.class);
    }
  }

  @Test
  void anOutageIsWaitedThroughAndItsDelayHonoured() {
    dfns.transfer("xfr-1", "Confirmed", "");
    dfns.instead =
        target ->
            CompletableFuture.failedFuture(
                new ServiceUnavailableException("429", Duration.ofMinutes(7), null));
    CompletableFuture<Waited<TransferRequest>> wait = begin(TRANSFER);
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
    CompletableFuture<Waited<TransferRequest>> wait = begin(TRANSFER);
    time.advance(HOUR);

    assertThat(pending(wait).lastSeen()).isEmpty();
    assertThat(pending(wait).trouble().orElseThrow()).hasMessage("down");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404})
  void aRefusedLookEndsTheWait(int status) {
    dfns.instead = target -> CompletableFuture.failedFuture(refused(status));
    CompletableFuture<Waited<TransferRequest>> wait = begin(TRANSFER);
    time.advance(Duration.ofSeconds(1));

    assertThat(failure(wait))
        .isInstanceOfSatisfying(
            RequestRejectedException.class, e -> assertThat(e.status()).isEqualTo(status));
    assertThat(waits.size()).isZero();
  }

  @Test
  void aTokenThatIsNoLongerGoodFailsAllWithFewRequests() {
    dfns.instead = target -> CompletableFuture.failedFuture(refused(401));
    CompletableFuture<?> first = begin(TRANSFER);
    for (int i = 0; i < 100; i++) {
      assertThat(begin(WaitId.transfer("wa-" + i, "xfr-x"))).isNotDone();
    }
    time.advance(Duration.ofSeconds(2));

    assertThat(failure(first)).isInstanceOf(RequestRejectedException.class);
    assertThat(waits.size()).isZero();
    assertThat(dfns.requests).hasSizeLessThan(5);
  }

  @Test
  void twoUnreadableAnswersAreForgivenAndThreeAreNot() {
    dfns.put(transferPath("xfr-1"), "{\"id\":\"xfr-1\"}");
    CompletableFuture<Waited<TransferRequest>> wait = begin(TRANSFER);
    time.advance(Duration.ofMillis(2500));
    assertThat(dfns.requests).hasSize(2);
    dfns.transfer("xfr-1", "Executing", "");
    time.advance(Duration.ofMillis(2300));
    assertThat(wait).isNotDone();

    dfns.put(transferPath("xfr-1"), "[]");
    time.advance(Duration.ofMinutes(2));

    assertThat(failure(wait)).isInstanceOf(dev.countersign.error.ProtocolException.class);
  }

  @Test
  void closingEndsAllAsStillPendingAndNothingIsAskedAfterwards() {
    dfns.transfer("xfr-1", "Executing", "");
    CompletableFuture<Waited<TransferRequest>> wait = begin(TRANSFER);
    time.advance(Duration.ofSeconds(5));
    int before = dfns.requests.size();

    waits.close();

    assertThat(ended(wait)).isInstanceOf(Waited.StillPending.class);
    time.advance(HOUR);
    assertThat(dfns.requests).hasSize(before);
    assertThat(time.scheduled()).isZero();
    assertThatThrownBy(() -> begin(TRANSFER))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThat(time.isShutdown()).as("it was lent").isFalse();
  }

  @Test
  void aSchedulerThatIsShutDownEndsTheWaitsInsteadOfLeavingThem() {
    dfns.transfer("xfr-1", "Executing", "");
    CompletableFuture<Waited<TransferRequest>> wait = begin(TRANSFER);
    time.shutdown();
    time.advance(Duration.ofSeconds(1));

    assertThat(ended(wait)).isInstanceOf(Waited.StillPending.class);
    assertThatThrownBy(() -> begin(TRANSFER)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whoCancelsIsForgottenAndOthersWaitOn() {
    dfns.transfer("xfr-1", "Executing", "");
    CompletableFuture<?> one = begin(TRANSFER);
    CompletableFuture<Waited<TransferRequest>> other = begin(TRANSFER);
    time.advance(Duration.ofSeconds(1));
    assertThat(dfns.requests).as("one look for both").hasSize(1);

    assertThat(one.cancel(true)).isTrue();
    assertThat(waits.size()).isOne();
    dfns.transfer("xfr-1", "Confirmed", "");
    time.advance(Duration.ofMinutes(1));
    assertThat(ended(other)).isInstanceOf(Waited.Confirmed.class);

    CompletableFuture<?> alone = begin(TRANSFER);
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

  @Test
  void aLookThatFailsAtOnceFailsTheWait() {
    dfns.instead =
        target -> {
          throw new IllegalStateException("no engine");
        };
    CompletableFuture<Waited<TransferRequest>> wait = begin(TRANSFER);
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

package dev.countersign.approval;

import static dev.countersign.approval.WaitedDfns.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.error.ServiceUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Many waits cost no threads and few requests. */
class ManyWaitsTest {

  private static final int MANY = 10_000;
  private static final Duration DAY = Duration.ofDays(1);

  private final WaitedDfns dfns = new WaitedDfns();
  private final VirtualTime time = new VirtualTime();
  private final Random random = new Random(7);
  private final Waits waits =
      Waits.over(dfns.calls())
          .scheduler(time)
          .nanoTime(time::nanoTime)
          .executor(Runnable::run)
          .chance(random::nextDouble)
          .open();

  private List<CompletableFuture<Waited<TransferRequest>>> begin(int wallets, int count) {
    List<CompletableFuture<Waited<TransferRequest>>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(waits.on(WaitId.transfer("wa-" + i % wallets, "xfr-" + i)).awaitAsync(DAY));
    }
    return all;
  }

  private void transfers(int wallets, int count, String status, String more) {
    for (int i = 0; i < count; i++) {
      dfns.transfer("wa-" + i % wallets, "xfr-" + i, status, more.replace("#", "" + i));
    }
  }

  private int requestsWithin(Duration duration) {
    int before = dfns.requests.size();
    time.advance(duration);
    return dfns.requests.size() - before;
  }

  private static long ended(List<? extends CompletableFuture<?>> all) {
    return all.stream().filter(CompletableFuture::isDone).count();
  }

  /** In a group of its own, where the threads are counted that it starts and no others. */
  @Test
  void tenThousandOfOneWalletTakeAHundredRequestsARound() throws InterruptedException {
    ThreadGroup group = new ThreadGroup("ten thousand waits");
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread thread =
        new Thread(group, () -> tenThousandOfOneWallet(group), "waiting for ten thousand");
    thread.setUncaughtExceptionHandler((t, error) -> failure.set(error));
    thread.start();
    thread.join();

    assertThat(failure.get()).isNull();
  }

  private void tenThousandOfOneWallet(ThreadGroup group) {
    transfers(1, MANY, "Broadcasted", "");
    List<CompletableFuture<Waited<TransferRequest>>> all = begin(1, MANY);
    assertThat(requestsWithin(Duration.ofMinutes(10))).isPositive();

    int aMinute = requestsWithin(Duration.ofMinutes(10)) / 10;

    assertThat(aMinute).as("requests a minute").isBetween(100, 200);
    assertThat(dfns.lists()).isEqualTo(dfns.requests.size());
    assertThat(group.activeCount()).as("threads, this one alone").isOne();
    assertThat(time.scheduled()).isLessThanOrEqualTo(MANY + 1);

    transfers(1, MANY, "Confirmed", "");
    time.advance(Duration.ofMinutes(2));
    assertThat(ended(all)).isEqualTo(MANY);
    assertThat(all).allSatisfy(w -> assertThat(w.join()).isInstanceOf(Waited.Confirmed.class));
  }

  @Test
  void tenThousandWalletsThatWaitForPeopleStandInOneList() {
    transfers(MANY, MANY, "Pending", ",\"approvalId\":\"ap-#\"");
    for (int i = 0; i < MANY; i++) {
      dfns.approval("ap-" + i, "Pending", "", "{}");
    }
    List<CompletableFuture<Waited<TransferRequest>>> all = begin(MANY, MANY);
    time.advance(Duration.ofMinutes(10));

    int aMinute = requestsWithin(Duration.ofMinutes(10)) / 10;

    assertThat(aMinute).as("requests a minute").isBetween(100, 200);

    for (int i = 0; i < 5; i++) {
      dfns.approval("ap-" + i, "Denied", "", "{}");
      dfns.transfer("wa-" + i, "xfr-" + i, "Rejected", ",\"approvalId\":\"ap-" + i + "\"");
    }
    time.advance(Duration.ofMinutes(2));
    assertThat(ended(all)).isEqualTo(5);
    assertThat(all.subList(0, 5))
        .allSatisfy(w -> assertThat(w.join()).isInstanceOf(Waited.Denied.class));
  }

  @Test
  void aListThatShowsOthersCostsOneRequestMore() {
    for (int i = 0; i < 5_000; i++) {
      dfns.transfer("wa-0", "xfr-old-" + i, "Confirmed", "");
    }
    transfers(1, 10, "Confirmed", "");
    List<CompletableFuture<Waited<TransferRequest>>> all = begin(1, 10);

    assertThat(requestsWithin(Duration.ofSeconds(2))).isEqualTo(11);
    assertThat(ended(all)).isEqualTo(10);
  }

  @Test
  void fewAreLookedAtOneByOne() {
    transfers(1, 2, "Confirmed", "");
    List<CompletableFuture<Waited<TransferRequest>>> all = begin(1, 2);

    assertThat(requestsWithin(Duration.ofSeconds(2))).isEqualTo(2);
    assertThat(dfns.lists()).isZero();
    assertThat(ended(all)).isEqualTo(2);
  }

  @Test
  void whoMayNotListLooksOneByOneAndDoesNotAskForTheListAgain() {
    transfers(1, 10, "Executing", "");
    dfns.instead =
        target -> target.contains("?") ? CompletableFuture.failedFuture(refused(403)) : null;
    List<CompletableFuture<Waited<TransferRequest>>> all = begin(1, 10);
    time.advance(Duration.ofMinutes(10));
    assertThat(dfns.lists()).isOne();

    transfers(1, 10, "Confirmed", "");
    time.advance(Duration.ofMinutes(1));
    assertThat(ended(all)).isEqualTo(10);
  }

  @Test
  void approvalsThatMayNotBeListedAreWaitedForThroughTheEntities() {
    transfers(1, 10, "Pending", ",\"approvalId\":\"ap-#\"");
    dfns.instead =
        target -> target.startsWith("/v2/") ? CompletableFuture.failedFuture(refused(403)) : null;
    List<CompletableFuture<Waited<TransferRequest>>> all = begin(1, 10);
    time.advance(Duration.ofMinutes(10));
    transfers(1, 10, "Confirmed", "");
    time.advance(Duration.ofMinutes(1));

    assertThat(ended(all)).isEqualTo(10);
    assertThat(dfns.requests).filteredOn(target -> target.startsWith("/v2/")).hasSize(1);
  }

  @Test
  void aPageSizeThatIsRefusedIsLeftToDfns() {
    transfers(1, 30, "Executing", "");
    dfns.instead =
        target -> target.contains("limit=") ? CompletableFuture.failedFuture(refused(400)) : null;
    List<CompletableFuture<Waited<TransferRequest>>> all = begin(1, 30);
    time.advance(Duration.ofSeconds(1));

    assertThat(dfns.requests)
        .containsExactly(
            "/wallets/wa-0/transfers?limit=100",
            "/wallets/wa-0/transfers",
            "/wallets/wa-0/transfers?paginationToken=20");
    assertThat(ended(all)).isZero();
  }

  @Test
  void pagesThatNeverEndAreNotFollowed() {
    transfers(1, 10, "Executing", "");
    String items = dfns.json("/wallets/wa-0/transfers/xfr-0");
    String more = dfns.json("/wallets/wa-0/transfers/xfr-1");
    dfns.instead =
        target ->
            target.contains("?")
                ? CompletableFuture.completedFuture(
                    "{\"items\":[" + items + "," + more + "],\"nextPageToken\":\"same\"}")
                : null;
    assertThat(begin(1, 10)).hasSize(10);

    assertThat(requestsWithin(Duration.ofSeconds(1))).isEqualTo(10);
  }

  @Test
  void atMostFourRequestsAreOnTheirWay() {
    List<CompletableFuture<String>> open = new ArrayList<>();
    dfns.instead =
        target -> {
          CompletableFuture<String> answer = new CompletableFuture<>();
          open.add(answer);
          return answer;
        };
    assertThat(begin(100, 100)).hasSize(100);
    time.advance(Duration.ofMinutes(1));
    assertThat(open).hasSize(4);

    open.get(0).complete(dfnsAnswer());
    assertThat(open).hasSize(5);
  }

  private static String dfnsAnswer() {
    return "{\"id\":\"xfr-0\",\"walletId\":\"wa-0\",\"status\":\"Confirmed\"}";
  }

  @Test
  void anOutageCostsAFewRequestsARoundAndNobodyTheWait() {
    transfers(1000, 1000, "Confirmed", "");
    dfns.instead =
        target -> CompletableFuture.failedFuture(new ServiceUnavailableException("down", null));
    List<CompletableFuture<Waited<TransferRequest>>> all = begin(1000, 1000);
    int inTheOutage = requestsWithin(Duration.ofMinutes(30));
    assertThat(ended(all)).isZero();
    assertThat(inTheOutage).isBetween(30, 200);

    dfns.instead = target -> null;
    time.advance(Duration.ofMinutes(2));
    assertThat(ended(all)).isEqualTo(1000);
  }
}

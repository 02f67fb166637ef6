package dev.countersign.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.api.Network;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.api.wallets.Wallet;
import dev.countersign.api.wallets.WalletsOperations;
import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.transport.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Batches against a simulator in the same process. */
@Timeout(60)
class BatchTest {

  private final BatchFixture fixture = new BatchFixture();
  private final MemoryJournal journal = MemoryJournal.create();
  private final List<ItemResult<TransferRequest>> results = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    fixture.close();
  }

  private Batch<TransferRequest> batch(int inFlight) {
    return fixture.batches(journal, inFlight).open("pay", WalletsOperations.transferAsset());
  }

  private static boolean pays(Request request) {
    return request.method().equals("POST") && request.uri().getPath().endsWith("/transfers");
  }

  private static boolean asks(Request request) {
    return request.uri().getPath().endsWith("/auth/action/init");
  }

  @Test
  void everyItemIsDoneOnceAndToldOfOnce() throws Exception {
    AtomicReference<BatchProgress> last = new AtomicReference<>();
    BatchProgress summary =
        batch(8)
            .start(
                fixture.transfers(50),
                new BatchListener<>() {
                  @Override
                  public void ended(ItemResult<TransferRequest> result) {
                    results.add(result);
                  }

                  @Override
                  public void progressed(BatchProgress progress) {
                    last.set(progress);
                  }
                })
            .await();

    assertThat(summary.ended()).containsExactlyEntriesOf(Map.of(ItemEnd.DONE, 50L));
    assertThat(last.get()).isEqualTo(summary);
    assertThat(results).extracting(ItemResult::itemId).doesNotHaveDuplicates().hasSize(50);
    assertThat(results)
        .allSatisfy(
            result -> {
              assertThat(result.value().orElseThrow().id()).isEqualTo(result.entityId().get());
              assertThat(result.externalId().orElseThrow()).startsWith("cs-");
              assertThat(result.startedAt()).isPresent();
            });
    assertThat(fixture.ledger()).isEqualTo(BatchFixture.upTo(50));
  }

  @Test
  void submittingAgainPaysNothingAgain() throws Exception {
    batch(8).start(fixture.transfers(10), result -> {}).await();

    BatchProgress again = batch(8).start(fixture.transfers(12), results::add).await();

    assertThat(again.ended(ItemEnd.DONE)).isEqualTo(12);
    assertThat(results.stream().filter(ItemResult::isEarlier)).hasSize(10);
    assertThat(fixture.ledger()).isEqualTo(BatchFixture.upTo(12));
  }

  @Test
  void anotherRequestUnderTheSameIdIsNotBegun() throws Exception {
    batch(2).start(fixture.transfers(1), result -> {}).await();
    BatchItem<TransferRequest> other =
        BatchItem.of(
            "i-1", fixture.dfns.wallets().transferAsset(fixture.wallet, BatchFixture.payment(9)));

    batch(2).start(List.of(other).iterator(), results::add).await();

    assertThat(results).extracting(ItemResult::end).containsExactly(ItemEnd.NOT_BEGUN);
    assertThat(results.get(0).reason().orElseThrow()).contains("another request");
    assertThat(fixture.ledger()).containsExactly(1);
  }

  @Test
  void theSameIdTwiceInOneStreamIsPaidOnce() throws Exception {
    List<BatchItem<TransferRequest>> twice =
        List.of(fixture.transfer(fixture.wallet, 1), fixture.transfer(fixture.wallet, 1));

    batch(4).start(twice.iterator(), results::add).await();

    assertThat(fixture.ledger()).containsExactly(1);
    assertThat(results).hasSize(2);
  }

  @Test
  void noMoreAreInFlightThanAllowedNorTakenThanCanWait() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    AtomicInteger mostAhead = new AtomicInteger();
    fixture.meddling.set(
        transport ->
            request -> {
              if (asks(request)) {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
              }
              return transport
                  .send(request)
                  .whenComplete(
                      (reply, failure) -> {
                        if (pays(request)) {
                          now.decrementAndGet();
                        }
                      });
            });

    batch(3)
        .start(
            IntStream.rangeClosed(1, 60)
                .mapToObj(
                    i -> {
                      int ahead = taken.incrementAndGet() - ended.get();
                      mostAhead.accumulateAndGet(ahead, Math::max);
                      return fixture.transfer(fixture.wallet, i);
                    })
                .iterator(),
            result -> ended.incrementAndGet())
        .await();

    assertThat(most.get()).isBetween(2, 3);
    // four times as many as are in flight, and what ended a moment ago
    assertThat(mostAhead.get()).isLessThanOrEqualTo(3 * 4 + 3);
  }

  @Test
  void whatIsInOrderGoesOneAfterTheOtherWithTheNextChallengeAhead() throws Exception {
    fixture.sent.clear();
    List<String> order = new CopyOnWriteArrayList<>();
    AtomicInteger unpaid = new AtomicInteger();
    AtomicBoolean overlapped = new AtomicBoolean();
    AtomicInteger aheadOfPay = new AtomicInteger();
    fixture.meddling.set(
        transport ->
            request -> {
              if (!pays(request)) {
                if (asks(request) && unpaid.get() > 0) {
                  aheadOfPay.incrementAndGet();
                }
                return transport.send(request);
              }
              if (unpaid.incrementAndGet() > 1) {
                overlapped.set(true);
              }
              order.add(
                  new String(request.body().orElseThrow())
                      .replaceAll(".*amount\":\"(\\d+).*", "$1"));
              CompletableFuture<Void> pause =
                  new CompletableFuture<Void>().completeOnTimeout(null, 20, TimeUnit.MILLISECONDS);
              return pause
                  .thenCompose(nothing -> transport.send(request))
                  .whenComplete((reply, failure) -> unpaid.decrementAndGet());
            });

    batch(4).start(fixture.inOrder(10), results::add).await();

    assertThat(order).isEqualTo(IntStream.rangeClosed(1, 10).mapToObj(i -> "" + i).toList());
    assertThat(overlapped).isFalse();
    assertThat(fixture.sent.stream().filter(BatchTest::asks)).hasSize(10);
    assertThat(results).extracting(ItemResult::end).containsOnly(ItemEnd.DONE);
  }

  @Test
  void theNextChallengeIsThereBeforeTheAnswerToTheOneBefore() throws Exception {
    fixture.sent.clear();
    CountDownLatch secondAsked = new CountDownLatch(2);
    AtomicBoolean inTime = new AtomicBoolean();
    AtomicInteger paid = new AtomicInteger();
    fixture.meddling.set(
        transport ->
            request -> {
              if (asks(request)) {
                secondAsked.countDown();
              }
              if (pays(request) && paid.incrementAndGet() == 1) {
                return CompletableFuture.supplyAsync(
                        () -> {
                          try {
                            inTime.set(secondAsked.await(20, TimeUnit.SECONDS));
                          } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                          }
                          return request;
                        },
                        fixture.executor)
                    .thenCompose(transport::send);
              }
              return transport.send(request);
            });

    batch(1).start(fixture.inOrder(3), results::add).await();

    assertThat(inTime).isTrue();
    assertThat(fixture.ledger()).isEqualTo(BatchFixture.upTo(3));
  }

  @Test
  void aRefusalIsAnEndAndTheRestGoesOn() throws Exception {
    List<BatchItem<TransferRequest>> items =
        List.of(
            fixture.transfer("wa-00000-00000-0000000000000000", 1).inOrderWith("all"),
            fixture.transfer(fixture.wallet, 2).inOrderWith("all"));

    batch(2).start(items.iterator(), results::add).await();

    assertThat(results).extracting(ItemResult::end).containsExactly(ItemEnd.REFUSED, ItemEnd.DONE);
    assertThat(results.get(0).failure()).isPresent();
    assertThat(journal.unfinished("pay", 0, 10)).isEmpty();
  }

  @Test
  void aLostAnswerIsUnknownAndTheResumedBatchPaysItOnce() throws Exception {
    fixture.meddling.set(
        transport ->
            request ->
                pays(request)
                    ? transport
                        .send(request)
                        .thenCompose(
                            reply ->
                                CompletableFuture.failedFuture(
                                    new OutcomeUnknownException(
                                        "reset", "x", null, Instant.now(), null)))
                    : transport.send(request));
    batch(4).start(fixture.transfers(3), results::add).await();
    assertThat(results).extracting(ItemResult::end).containsOnly(ItemEnd.UNKNOWN);
    assertThat(fixture.ledger()).isEqualTo(BatchFixture.upTo(3));

    fixture.meddling.set(transport -> transport);
    results.clear();
    BatchProgress resumed = batch(4).resume(results::add).await();

    assertThat(resumed.ended()).containsExactlyEntriesOf(Map.of(ItemEnd.DONE, 3L));
    assertThat(fixture.ledger()).isEqualTo(BatchFixture.upTo(3));
    assertThat(batch(4).resume(results::add).await().total()).isZero();
  }

  @Test
  void whatStaysUnknownIsNeverSaidToHaveHadNoEffect() throws Exception {
    fixture.meddling.set(
        transport ->
            request ->
                pays(request)
                    ? transport
                        .send(request)
                        .thenCompose(
                            reply ->
                                CompletableFuture.failedFuture(
                                    new OutcomeUnknownException(
                                        "reset", "x", null, Instant.now(), null)))
                    : transport.send(request));
    batch(4).start(fixture.transfers(1), result -> {}).await();
    fixture.meddling.set(
        transport ->
            request ->
                CompletableFuture.failedFuture(new ServiceUnavailableException("refused", null)));

    batch(4).resume(results::add).await();

    assertThat(results).extracting(ItemResult::end).containsExactly(ItemEnd.UNKNOWN);
    fixture.meddling.set(transport -> transport);
    assertThat(batch(4).resume(result -> {}).await().ended(ItemEnd.DONE)).isEqualTo(1);
    assertThat(fixture.ledger()).containsExactly(1);
  }

  @Test
  void whatHadNoEffectHoldsUpWhatIsInOrderWithItAndIsTriedAgain() throws Exception {
    fixture.meddling.set(
        transport ->
            request ->
                pays(request)
                    ? CompletableFuture.failedFuture(
                        new ServiceUnavailableException("refused", null))
                    : transport.send(request));

    batch(4).start(fixture.inOrder(5), results::add).await();

    assertThat(results)
        .extracting(ItemResult::end)
        .containsExactly(
            ItemEnd.NO_EFFECT,
            ItemEnd.NOT_BEGUN,
            ItemEnd.NOT_BEGUN,
            ItemEnd.NOT_BEGUN,
            ItemEnd.NOT_BEGUN);
    fixture.meddling.set(transport -> transport);
    assertThat(batch(4).resume(result -> {}).await().ended(ItemEnd.DONE)).isEqualTo(5);
    assertThat(fixture.ledger()).isEqualTo(BatchFixture.upTo(5));
  }

  @Test
  void aWalletThatMayHaveBeenCreatedIsNeverCreatedAgain() throws Exception {
    Batch<Wallet> wallets =
        fixture.batches(journal, 2).open("wallets", WalletsOperations.createWallet());
    CreateWalletBody body =
        CreateWalletBody.builder().network(Network.ETHEREUM_SEPOLIA).externalId("w-1").build();
    BatchItem<Wallet> item = BatchItem.of("w-1", fixture.dfns.wallets().createWallet(body));
    // a process that died after its last word and before the answer
    long fence = journal.acquire("wallets", Duration.ofMinutes(1)).orElseThrow();
    journal.add(
        "wallets",
        fence,
        JournalItem.of("w-1", "createWallet", item.call().freeze(), "f").externalId("w-1").build());
    journal.start("wallets", fence, "w-1", Instant.now());
    journal.release("wallets", fence);
    fixture.sent.clear();
    List<ItemResult<Wallet>> told = new ArrayList<>();

    wallets.resume(told::add).await();
    wallets.resume(told::add).await();

    assertThat(told).hasSize(1);
    assertThat(told.get(0).end()).isEqualTo(ItemEnd.UNKNOWN);
    assertThat(told.get(0).operation()).contains("createWallet");
    assertThat(told.get(0).externalId()).contains("w-1");
    assertThat(told.get(0).startedAt()).isPresent();
    assertThat(fixture.sent).isEmpty();
  }

  @Test
  void aStoppedRunFinishesWhatIsInFlightAndSaysWhatIsNotBegun() throws Exception {
    CountDownLatch paying = new CountDownLatch(2);
    CompletableFuture<Void> gate = new CompletableFuture<>();
    fixture.meddling.set(
        transport ->
            request -> {
              if (!pays(request)) {
                return transport.send(request);
              }
              paying.countDown();
              return gate.thenCompose(nothing -> transport.send(request));
            });
    BatchRun run = batch(2).start(fixture.transfers(100), results::add);
    assertThat(paying.await(20, TimeUnit.SECONDS)).isTrue();

    run.stop();
    gate.complete(null);
    BatchProgress summary = run.await();

    assertThat(summary.ended(ItemEnd.DONE)).isEqualTo(2);
    assertThat(summary.ended(ItemEnd.NOT_BEGUN)).isEqualTo(summary.total() - 2).isPositive();
    assertThat(fixture.ledger()).hasSize(2);
    fixture.meddling.set(transport -> transport);
    batch(8).start(fixture.transfers(100), result -> {}).await();
    assertThat(fixture.ledger()).isEqualTo(BatchFixture.upTo(100));
  }

  @Test
  void ofTwoRunsOfOneBatchOneWorks() throws Exception {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    fixture.meddling.set(
        transport -> request -> gate.thenCompose(nothing -> transport.send(request)));
    BatchRun first = batch(2).start(fixture.transfers(5), results::add);
    while (first.progress().inFlight() == 0) {
      Thread.sleep(5);
    }

    assertThatThrownBy(() -> batch(2).resume(result -> {}).await())
        .isInstanceOf(ServiceUnavailableException.class)
        .hasMessageStartingWith("Batch pay is being worked on by another run");
    gate.complete(null);

    assertThat(first.await().ended(ItemEnd.DONE)).isEqualTo(5);
    assertThat(batch(2).resume(result -> {}).await().total()).isZero();
  }

  @Test
  void aRunThatWasOvertakenStartsNothingMore() throws Exception {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    fixture.meddling.set(
        transport ->
            request ->
                pays(request)
                    ? gate.thenCompose(nothing -> transport.send(request))
                    : transport.send(request));
    BatchRun slow = batch(1).start(fixture.transfers(3), results::add);
    // all three are in the journal: one is under way, and two wait
    while (slow.progress().inFlight() == 0 || slow.progress().waiting() < 2) {
      Thread.sleep(5);
    }
    journal.release("pay", 1);
    fixture.meddling.set(transport -> transport);
    BatchProgress other = batch(4).resume(result -> {}).await();
    gate.complete(null);

    assertThatThrownBy(slow::await)
        .isInstanceOf(ServiceUnavailableException.class)
        .hasMessageStartingWith("Another run has taken over batch pay");
    assertThat(other.ended(ItemEnd.DONE)).isEqualTo(3);
    assertThat(results).extracting(ItemResult::end).contains(ItemEnd.DONE);
    assertThat(fixture.ledger()).isEqualTo(BatchFixture.upTo(3));
  }

  @Test
  void aPublisherIsAskedForNoMoreThanTheRunCanTake() throws Exception {
    BatchRun run;
    try (SubmissionPublisher<BatchItem<TransferRequest>> publisher =
        new SubmissionPublisher<>(fixture.executor, 256)) {
      run = batch(2).start(publisher, results::add);
      IntStream.rangeClosed(1, 30)
          .forEach(i -> publisher.submit(fixture.transfer(fixture.wallet, i)));
    }

    assertThat(run.await().ended(ItemEnd.DONE)).isEqualTo(30);
    assertThat(fixture.ledger()).isEqualTo(BatchFixture.upTo(30));
  }

  @Test
  void aSourceThatFailsIsSaidAfterWhatItGaveIsDone() {
    BatchRun run =
        batch(2)
            .start(
                IntStream.rangeClosed(1, 5)
                    .mapToObj(
                        i -> {
                          if (i == 4) {
                            throw new IllegalArgumentException("line 4 is no payment");
                          }
                          return fixture.transfer(fixture.wallet, i);
                        })
                    .iterator(),
                results::add);

    assertThatThrownBy(run::await).hasMessage("line 4 is no payment");
    assertThat(fixture.ledger()).isEqualTo(BatchFixture.upTo(3));
  }

  @Test
  void aListenerThatFailsEndsTheRun() {
    Map<String, Boolean> told = new ConcurrentHashMap<>();
    BatchRun run =
        batch(1)
            .start(
                fixture.transfers(50),
                result -> {
                  told.put(result.itemId(), true);
                  throw new IllegalStateException("the report is full");
                });

    assertThatThrownBy(run::await).hasMessage("the report is full");
    assertThat(fixture.ledger()).hasSize(1);
  }

  @Test
  void whatNeedsNoUserActionIsNotPartOfABatch() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fixture.batches(journal, 1).open("x", WalletsOperations.getWallet()))
        .withMessageStartingWith("getWallet needs no user action");
  }
}

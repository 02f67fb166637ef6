package dev.countersign.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.wallets.TransferRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How many items are under way, and in which order. */
@Timeout(60)
class BatchPaceTest {

  @RegisterExtension private final BatchFixture fixture = new BatchFixture();
  private final List<ItemResult<TransferRequest>> results = fixture.results;

  @Test
  void noMoreAreInFlightThanAllowedNorTakenThanCanWait() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    AtomicInteger mostAhead = new AtomicInteger();
    CompletableFuture<Void> asManyAsAllowed = new CompletableFuture<>();
    fixture.meddling.set(
        transport ->
            request -> {
              if (BatchFixture.asks(request)
                  && most.accumulateAndGet(now.incrementAndGet(), Math::max) == 3) {
                asManyAsAllowed.complete(null);
              }
              return (BatchFixture.pays(request)
                      ? asManyAsAllowed
                      : CompletableFuture.<Void>completedFuture(null))
                  .thenCompose(nothing -> transport.send(request))
                  .whenComplete(
                      (reply, failure) -> {
                        if (BatchFixture.pays(request)) {
                          now.decrementAndGet();
                        }
                      });
            });

    fixture
        .batch(3)
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

    assertThat(most).hasValue(3);
    // four times as many as are in flight, and what ended a moment ago
    assertThat(mostAhead.get()).isLessThanOrEqualTo(3 * 4 + 3);
  }

  @Test
  void whatIsInOrderGoesOneAfterTheOtherWithTheNextChallengeAhead() throws Exception {
    fixture.sent.clear();
    List<String> order = new CopyOnWriteArrayList<>();
    AtomicInteger unpaid = new AtomicInteger();
    AtomicBoolean overlapped = new AtomicBoolean();
    fixture.meddling.set(
        transport ->
            request -> {
              if (!BatchFixture.pays(request)) {
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

    fixture.batch(4).start(fixture.inOrder(10), results::add).await();

    assertThat(order).isEqualTo(IntStream.rangeClosed(1, 10).mapToObj(i -> "" + i).toList());
    assertThat(overlapped).isFalse();
    assertThat(fixture.sent.stream().filter(BatchFixture::asks)).hasSize(10);
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
              if (BatchFixture.asks(request)) {
                secondAsked.countDown();
              }
              if (BatchFixture.pays(request) && paid.incrementAndGet() == 1) {
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

    fixture.batch(1).start(fixture.inOrder(3), results::add).await();

    assertThat(inTime).isTrue();
    assertThat(fixture.ledger()).isEqualTo(BatchFixture.upTo(3));
  }

  @Test
  void aPublisherIsAskedForNoMoreThanTheRunCanTake() throws Exception {
    BatchRun run;
    try (SubmissionPublisher<BatchItem<TransferRequest>> publisher =
        new SubmissionPublisher<>(fixture.executor, 256)) {
      run = fixture.batch(2).start(publisher, results::add);
      IntStream.rangeClosed(1, 30)
          .forEach(
              i -> {
                // four times as many as are in flight
                assertThat(publisher.estimateMinimumDemand()).isLessThanOrEqualTo(2 * 4);
                publisher.submit(fixture.transfer(fixture.wallet, i));
              });
    }

    assertThat(run.await().ended(ItemEnd.DONE)).isEqualTo(30);
    assertThat(fixture.ledger()).isEqualTo(BatchFixture.upTo(30));
  }
}

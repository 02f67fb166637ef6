package dev.countersign.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.error.ServiceUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs that are stopped, that fail, and that meet another run of their batch. */
@Timeout(60)
class BatchRunTest {

  @RegisterExtension private final BatchFixture fixture = new BatchFixture();
  private final List<ItemResult<TransferRequest>> results = fixture.results;

  @Test
  void aStoppedRunFinishesWhatIsInFlightAndSaysWhatIsNotBegun() throws Exception {
    Gate gate = fixture.hold(BatchFixture::pays);
    BatchRun run = fixture.batch(2).start(fixture.transfers(100), results::add);
    gate.awaitRequests(2);

    run.stop();
    gate.open();
    BatchProgress summary = run.await();

    assertThat(summary.ended(ItemEnd.DONE)).isEqualTo(2);
    assertThat(summary.ended(ItemEnd.NOT_BEGUN)).isEqualTo(summary.total() - 2).isPositive();
    assertThat(fixture.ledger()).hasSize(2);
    fixture.meddleNoMore();
    fixture.batch(8).start(fixture.transfers(100), result -> {}).await();
    assertThat(fixture.ledger()).isEqualTo(BatchFixture.upTo(100));
  }

  @Test
  void ofTwoRunsOfOneBatchOneWorks() throws Exception {
    Gate gate = fixture.hold(request -> true);
    BatchRun first = fixture.batch(2).start(fixture.transfers(5), results::add);
    gate.awaitRequests(1);

    assertThatThrownBy(() -> fixture.batch(2).resume(result -> {}).await())
        .isInstanceOf(ServiceUnavailableException.class)
        .hasMessageStartingWith("Batch pay is being worked on by another run");
    gate.open();

    assertThat(first.await().ended(ItemEnd.DONE)).isEqualTo(5);
    assertThat(fixture.batch(2).resume(result -> {}).await().total()).isZero();
  }

  @Test
  void aRunThatWasOvertakenStartsNothingMore() throws Exception {
    Gate gate = fixture.hold(BatchFixture::pays);
    CountDownLatch inTheJournal = new CountDownLatch(1);
    BatchRun slow =
        fixture
            .batch(1)
            .start(
                fixture.transfers(3),
                new BatchListener<>() {
                  @Override
                  public void ended(ItemResult<TransferRequest> result) {
                    results.add(result);
                  }

                  @Override
                  public void progressed(BatchProgress progress) {
                    if (progress.waiting() == 2) {
                      inTheJournal.countDown();
                    }
                  }
                });
    gate.awaitRequests(1);
    assertThat(inTheJournal.await(20, TimeUnit.SECONDS)).isTrue();
    fixture.journal.release("pay", 1);
    fixture.meddleNoMore();
    BatchProgress other = fixture.batch(4).resume(result -> {}).await();
    gate.open();

    assertThatThrownBy(slow::await)
        .isInstanceOf(ServiceUnavailableException.class)
        .hasMessageStartingWith("Another run has taken over batch pay");
    assertThat(other.ended(ItemEnd.DONE)).isEqualTo(3);
    assertThat(results).extracting(ItemResult::end).contains(ItemEnd.DONE);
    assertThat(fixture.ledger()).isEqualTo(BatchFixture.upTo(3));
  }

  @Test
  void aSourceThatFailsIsSaidAfterWhatItGaveIsDone() {
    BatchRun run =
        fixture
            .batch(2)
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
        fixture
            .batch(1)
            .start(
                fixture.transfers(50),
                result -> {
                  told.put(result.itemId(), true);
                  throw new IllegalStateException("the report is full");
                });

    assertThatThrownBy(run::await).hasMessage("the report is full");
    assertThat(fixture.ledger()).hasSize(1);
  }
}

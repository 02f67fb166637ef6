package dev.countersign.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.api.wallets.WalletsOperations;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Batches against a simulator in the same process. */
@Timeout(60)
class BatchTest {

  @RegisterExtension private final BatchFixture fixture = new BatchFixture();
  private final List<ItemResult<TransferRequest>> results = fixture.results;

  @Test
  void everyItemIsDoneOnceAndToldOfOnce() throws Exception {
    AtomicReference<BatchProgress> last = new AtomicReference<>();
    BatchProgress summary =
        fixture
            .batch(8)
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
    fixture.batch(8).start(fixture.transfers(10), result -> {}).await();

    BatchProgress again = fixture.batch(8).start(fixture.transfers(12), results::add).await();

    assertThat(again.ended(ItemEnd.DONE)).isEqualTo(12);
    assertThat(results.stream().filter(ItemResult::isEarlier)).hasSize(10);
    assertThat(fixture.ledger()).isEqualTo(BatchFixture.upTo(12));
  }

  @Test
  void anotherRequestUnderTheSameIdIsNotBegun() throws Exception {
    fixture.batch(2).start(fixture.transfers(1), result -> {}).await();
    BatchItem<TransferRequest> other =
        BatchItem.of(
            "i-1", fixture.dfns.wallets().transferAsset(fixture.wallet, BatchFixture.payment(9)));

    fixture.batch(2).start(List.of(other).iterator(), results::add).await();

    assertThat(results).extracting(ItemResult::end).containsExactly(ItemEnd.NOT_BEGUN);
    assertThat(results.get(0).reason().orElseThrow()).contains("another request");
    assertThat(fixture.ledger()).containsExactly(1);
  }

  @Test
  void theSameIdTwiceInOneStreamIsPaidOnce() throws Exception {
    List<BatchItem<TransferRequest>> twice =
        List.of(fixture.transfer(fixture.wallet, 1), fixture.transfer(fixture.wallet, 1));

    fixture.batch(4).start(twice.iterator(), results::add).await();

    assertThat(fixture.ledger()).containsExactly(1);
    assertThat(results).hasSize(2);
  }

  @Test
  void aRefusalIsAnEndAndTheRestGoesOn() throws Exception {
    List<BatchItem<TransferRequest>> items =
        List.of(
            fixture.transfer("wa-00000-00000-0000000000000000", 1).inOrderWith("all"),
            fixture.transfer(fixture.wallet, 2).inOrderWith("all"));

    fixture.batch(2).start(items.iterator(), results::add).await();

    assertThat(results).extracting(ItemResult::end).containsExactly(ItemEnd.REFUSED, ItemEnd.DONE);
    assertThat(results.get(0).failure()).isPresent();
    assertThat(fixture.journal.unfinished("pay", 0, 10)).isEmpty();
  }

  @Test
  void whatNeedsNoUserActionIsNotPartOfABatch() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fixture.batches(1).open("x", WalletsOperations.getWallet()))
        .withMessageStartingWith("getWallet needs no user action");
  }
}

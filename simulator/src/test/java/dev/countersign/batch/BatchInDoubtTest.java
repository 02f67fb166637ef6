package dev.countersign.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.Network;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.api.wallets.Wallet;
import dev.countersign.api.wallets.WalletsOperations;
import dev.countersign.error.ServiceUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of items whose answer does not come. */
@Timeout(60)
class BatchInDoubtTest {

  @RegisterExtension private final BatchFixture fixture = new BatchFixture();
  private final List<ItemResult<TransferRequest>> results = fixture.results;

  @Test
  void aLostAnswerIsUnknownAndTheResumedBatchPaysItOnce() throws Exception {
    fixture.loseAnswersToPayments();
    fixture.batch(4).start(fixture.transfers(3), results::add).await();
    assertThat(results).extracting(ItemResult::end).containsOnly(ItemEnd.UNKNOWN);
    assertThat(fixture.ledger()).isEqualTo(BatchFixture.upTo(3));

    fixture.meddleNoMore();
    results.clear();
    BatchProgress resumed = fixture.batch(4).resume(results::add).await();

    assertThat(resumed.ended()).containsExactlyEntriesOf(Map.of(ItemEnd.DONE, 3L));
    assertThat(fixture.ledger()).isEqualTo(BatchFixture.upTo(3));
    assertThat(fixture.batch(4).resume(results::add).await().total()).isZero();
  }

  @Test
  void whatStaysUnknownIsNeverSaidToHaveHadNoEffect() throws Exception {
    fixture.loseAnswersToPayments();
    fixture.batch(4).start(fixture.transfers(1), result -> {}).await();
    fixture.meddling.set(
        transport ->
            request ->
                CompletableFuture.failedFuture(new ServiceUnavailableException("refused", null)));

    fixture.batch(4).resume(results::add).await();

    assertThat(results).extracting(ItemResult::end).containsExactly(ItemEnd.UNKNOWN);
    fixture.meddleNoMore();
    assertThat(fixture.batch(4).resume(result -> {}).await().ended(ItemEnd.DONE)).isEqualTo(1);
    assertThat(fixture.ledger()).containsExactly(1);
  }

  @Test
  void whatHadNoEffectHoldsUpWhatIsInOrderWithItAndIsTriedAgain() throws Exception {
    fixture.meddling.set(
        transport ->
            request ->
                BatchFixture.pays(request)
                    ? CompletableFuture.failedFuture(
                        new ServiceUnavailableException("refused", null))
                    : transport.send(request));

    fixture.batch(4).start(fixture.inOrder(5), results::add).await();

    assertThat(results)
        .extracting(ItemResult::end)
        .containsExactly(
            ItemEnd.NO_EFFECT,
            ItemEnd.NOT_BEGUN,
            ItemEnd.NOT_BEGUN,
            ItemEnd.NOT_BEGUN,
            ItemEnd.NOT_BEGUN);
    fixture.meddleNoMore();
    assertThat(fixture.batch(4).resume(result -> {}).await().ended(ItemEnd.DONE)).isEqualTo(5);
    assertThat(fixture.ledger()).isEqualTo(BatchFixture.upTo(5));
  }

  @Test
  void aWalletThatMayHaveBeenCreatedIsNeverCreatedAgain() throws Exception {
    Batch<Wallet> wallets = fixture.batches(2).open("wallets", WalletsOperations.createWallet());
    CreateWalletBody body =
        CreateWalletBody.builder().network(Network.ETHEREUM_SEPOLIA).externalId("w-1").build();
    BatchItem<Wallet> item = BatchItem.of("w-1", fixture.dfns.wallets().createWallet(body));
    // a process that died after its last word and before the answer
    long fence = fixture.journal.acquire("wallets", Duration.ofMinutes(1)).orElseThrow();
    fixture.journal.add(
        "wallets",
        fence,
        JournalItem.of("w-1", "createWallet", item.call().freeze(), "f").externalId("w-1").build());
    fixture.journal.start("wallets", fence, "w-1", Instant.now());
    fixture.journal.release("wallets", fence);
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
}

package dev.countersign.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.Network;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.api.wallets.Wallet;
import dev.countersign.api.wallets.WalletsOperations;
import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.transport.Reply;
import dev.countersign.transport.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is in doubt in a batch is never said to have failed, and nothing goes ahead of it. */
@Timeout(60)
class DoubtInABatchTest {

  private final BatchFixture fixture = new BatchFixture();
  private final MemoryJournal journal = MemoryJournal.create();
  private final List<ItemResult<TransferRequest>> results = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    fixture.close();
  }

  private Batch<TransferRequest> batch() {
    return fixture.batches(journal, 4).open("pay", WalletsOperations.transferAsset());
  }

  private static boolean ends(Request request, String path) {
    return request.method().equals("POST") && request.uri().getPath().endsWith(path);
  }

  private static <T> CompletableFuture<T> lost() {
    return CompletableFuture.failedFuture(
        new OutcomeUnknownException("reset", "x", null, Instant.now(), null));
  }

  private static CompletableFuture<Reply> refused(int status) {
    return CompletableFuture.completedFuture(
        Reply.of(status, Map.of(), "{\"error\":{\"message\":\"no\"}}".getBytes()));
  }

  /**
   * The second payment goes with a challenge that was fetched ahead, takes effect and loses its
   * answer; whatever is sent from then on comes to this.
   */
  private void afterTheSecondPaymentWasLost(Supplier<CompletableFuture<Reply>> then) {
    CompletableFuture<Void> ahead = new CompletableFuture<>();
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger paid = new AtomicInteger();
    AtomicBoolean over = new AtomicBoolean();
    fixture.meddling.set(
        transport ->
            request -> {
              if (over.get()) {
                return then.get();
              }
              if (ends(request, "/auth/action/init") && asked.incrementAndGet() == 2) {
                ahead.complete(null);
              }
              if (!ends(request, "/transfers")) {
                return transport.send(request);
              }
              return paid.incrementAndGet() == 1
                  ? ahead.thenCompose(nothing -> transport.send(request))
                  : transport
                      .send(request)
                      .thenCompose(
                          reply -> {
                            over.set(true);
                            return lost();
                          });
            });
  }

  @Test
  void aLostAnswerStaysInDoubtWhenTheRepeatCannotBeSent() throws Exception {
    afterTheSecondPaymentWasLost(
        () -> CompletableFuture.failedFuture(new ServiceUnavailableException("refused", null)));

    batch().start(fixture.inOrder(2), results::add).await();

    assertThat(results).extracting(ItemResult::end).containsExactly(ItemEnd.DONE, ItemEnd.UNKNOWN);
    assertThat(fixture.sent.stream().filter(one -> ends(one, "/auth/action/init"))).hasSize(2 + 1);
    fixture.meddling.set(transport -> transport);
    assertThat(batch().resume(result -> {}).await().ended(ItemEnd.DONE)).isEqualTo(1);
    assertThat(fixture.ledger()).isEqualTo(BatchFixture.upTo(2));
  }

  @Test
  void aLostAnswerStaysInDoubtWhenTheRepeatIsRefused() throws Exception {
    for (int status : new int[] {400, 403, 409, 422}) {
      results.clear();
      afterTheSecondPaymentWasLost(() -> refused(status));

      fixture
          .batches(journal, 4)
          .open("pay-" + status, WalletsOperations.transferAsset())
          .start(fixture.inOrder(2), results::add)
          .await();

      assertThat(results)
          .as("after " + status)
          .extracting(ItemResult::end)
          .containsExactly(ItemEnd.DONE, ItemEnd.UNKNOWN);
      assertThat(journal.unfinished("pay-" + status, 0, 10)).hasSize(1);
    }
  }

  private BatchItem<Wallet> creation(int number) {
    CreateWalletBody body =
        CreateWalletBody.builder()
            .network(Network.ETHEREUM_SEPOLIA)
            .externalId("w-" + number)
            .build();
    return BatchItem.of("w-" + number, fixture.dfns.wallets().createWallet(body))
        .inOrderWith("all");
  }

  private Batch<Wallet> wallets() {
    return fixture.batches(journal, 2).open("wallets", WalletsOperations.createWallet());
  }

  @Test
  void whatIsInOrderBehindAWalletThatMayExistIsNotBegun() throws Exception {
    List<ItemResult<Wallet>> told = new CopyOnWriteArrayList<>();
    fixture.meddling.set(
        transport ->
            request ->
                ends(request, "/wallets")
                    ? transport.send(request).thenCompose(reply -> lost())
                    : transport.send(request));

    wallets()
        .start(IntStream.rangeClosed(1, 3).mapToObj(this::creation).iterator(), told::add)
        .await();

    assertThat(told)
        .extracting(ItemResult::end)
        .containsExactly(ItemEnd.UNKNOWN, ItemEnd.NOT_BEGUN, ItemEnd.NOT_BEGUN);
    fixture.meddling.set(transport -> transport);
    assertThat(wallets().resume(result -> {}).await().ended(ItemEnd.DONE)).isEqualTo(2);
  }

  @Test
  void whatIsInOrderBehindAWalletOfAProcessThatDiedIsNotBegunInTheRunThatFindsIt()
      throws Exception {
    long fence = journal.acquire("wallets", Duration.ofMinutes(1)).orElseThrow();
    for (int number = 1; number <= 2; number++) {
      BatchItem<Wallet> item = creation(number);
      journal.add(
          "wallets",
          fence,
          JournalItem.of(item.id(), "createWallet", item.call().freeze(), "f" + number)
              .orderKey("all")
              .build());
    }
    journal.start("wallets", fence, "w-1", Instant.now());
    journal.release("wallets", fence);
    List<ItemResult<Wallet>> told = new CopyOnWriteArrayList<>();

    wallets().resume(told::add).await();

    assertThat(told)
        .extracting(ItemResult::end)
        .containsExactly(ItemEnd.UNKNOWN, ItemEnd.NOT_BEGUN);
    assertThat(wallets().resume(result -> {}).await().ended(ItemEnd.DONE)).isEqualTo(1);
  }
}

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
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a run promises of single items, each where breaking it would move no money twice. */
@Timeout(60)
class BatchPromisesTest {

  private final BatchFixture fixture = new BatchFixture();
  private final MemoryJournal journal = MemoryJournal.create();
  private final List<ItemResult<TransferRequest>> results = new CopyOnWriteArrayList<>();

  /** What payments wait for before they are sent. */
  private final CompletableFuture<Void> gate = new CompletableFuture<>();

  private final AtomicInteger asked = new AtomicInteger();

  @AfterEach
  void close() {
    fixture.close();
  }

  private Batches.Builder builder(BatchJournal over) {
    return Batches.builder().calls(fixture.dfns::resume).journal(over).executor(fixture.executor);
  }

  private Batch<TransferRequest> batch() {
    return builder(journal).build().open("pay", WalletsOperations.transferAsset());
  }

  private static boolean ends(Request request, String path) {
    return request.method().equals("POST") && request.uri().getPath().endsWith(path);
  }

  private long sent(String path) {
    return fixture.sent.stream().filter(request -> ends(request, path)).count();
  }

  private void holdPayments() {
    fixture.meddling.set(
        transport ->
            request -> {
              if (ends(request, "/auth/action/init")) {
                asked.incrementAndGet();
              }
              return ends(request, "/transfers")
                  ? gate.thenCompose(nothing -> transport.send(request))
                  : transport.send(request);
            });
  }

  private static void until(java.util.function.BooleanSupplier condition)
      throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(5);
    }
  }

  private Stream<BatchItem<Wallet>> wallets(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            i -> {
              CreateWalletBody body =
                  CreateWalletBody.builder()
                      .network(Network.ETHEREUM_SEPOLIA)
                      .externalId("w-" + i)
                      .build();
              return BatchItem.of("w-" + i, fixture.dfns.wallets().createWallet(body))
                  .inOrderWith("all");
            });
  }

  @Test
  void anItemThatIsUnderWayIsNotLetInASecondTime() throws Exception {
    holdPayments();
    List<BatchItem<TransferRequest>> twice =
        List.of(fixture.transfer(fixture.wallet, 1), fixture.transfer(fixture.wallet, 1));

    BatchRun run = batch().start(twice.iterator(), results::add);
    until(() -> results.size() == 1);
    gate.complete(null);
    run.await();

    assertThat(results)
        .extracting(ItemResult::end)
        .containsExactly(ItemEnd.NOT_BEGUN, ItemEnd.DONE);
    assertThat(results.get(0).reason().orElseThrow()).contains("has an item of this id already");
    assertThat(sent("/transfers")).isEqualTo(1);
  }

  @Test
  void aWalletThatCertainlyWasNotCreatedIsCreatedByTheNextRun() throws Exception {
    Batch<Wallet> batch =
        builder(journal).build().open("wallets", WalletsOperations.createWallet());
    fixture.meddling.set(
        transport ->
            request ->
                ends(request, "/wallets")
                    ? CompletableFuture.failedFuture(
                        new ServiceUnavailableException("refused", null))
                    : transport.send(request));
    assertThat(batch.start(wallets(1).iterator(), r -> {}).await().ended(ItemEnd.NO_EFFECT))
        .isEqualTo(1);
    fixture.meddling.set(transport -> transport);

    assertThat(batch.resume(r -> {}).await().ended(ItemEnd.DONE)).isEqualTo(1);
  }

  @Test
  void aWalletWhoseChallengeWasThereIsNotCreatedAgainWhenItsAnswerIsLost() throws Exception {
    fixture.sent.clear();
    CompletableFuture<Void> ahead = new CompletableFuture<>();
    AtomicInteger created = new AtomicInteger();
    fixture.meddling.set(
        transport ->
            request -> {
              if (ends(request, "/auth/action/init") && asked.incrementAndGet() == 2) {
                ahead.complete(null);
              }
              if (!ends(request, "/wallets")) {
                return transport.send(request);
              }
              CompletableFuture<Reply> reply = ahead.thenCompose(n -> transport.send(request));
              return created.incrementAndGet() == 1
                  ? reply
                  : reply.thenCompose(
                      lost ->
                          CompletableFuture.failedFuture(
                              new OutcomeUnknownException(
                                  "reset", "x", null, Instant.now(), null)));
            });
    List<ItemResult<Wallet>> told = new CopyOnWriteArrayList<>();

    builder(journal)
        .build()
        .open("wallets", WalletsOperations.createWallet())
        .start(wallets(2).iterator(), told::add)
        .await();

    assertThat(told).extracting(ItemResult::end).containsExactly(ItemEnd.DONE, ItemEnd.UNKNOWN);
    assertThat(sent("/wallets")).isEqualTo(2);
  }

  @Test
  void aChallengeThatHasWaitedTooLongIsNotUsed() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
    Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    holdPayments();
    BatchRun run =
        builder(journal)
            .clock(clock)
            .build()
            .open("pay", WalletsOperations.transferAsset())
            .start(fixture.inOrder(2), results::add);
    until(() -> asked.get() == 2);

    now.set(now.get().plus(Duration.ofMinutes(6)));
    gate.complete(null);
    run.await();

    assertThat(asked.get()).isEqualTo(3);
    assertThat(results).extracting(ItemResult::end).containsOnly(ItemEnd.DONE);
    assertThat(fixture.ledger()).isEqualTo(BatchFixture.upTo(2));
  }

  @Test
  void aRunThatTakesLongKeepsItsLease() throws Exception {
    CountDownLatch renewed = new CountDownLatch(3);
    BatchJournal counting =
        new JournalOver(journal) {
          @Override
          public boolean renew(String batchId, long fence, Duration lease) {
            renewed.countDown();
            return super.renew(batchId, fence, lease);
          }
        };
    holdPayments();
    BatchRun run =
        builder(counting)
            .lease(Duration.ofSeconds(1))
            .build()
            .open("pay", WalletsOperations.transferAsset())
            .start(fixture.transfers(1), results::add);

    assertThat(renewed.await(20, TimeUnit.SECONDS)).isTrue();
    gate.complete(null);
    assertThat(run.await().ended(ItemEnd.DONE)).isEqualTo(1);
  }

  @Test
  void aRunThatHasLostItsLeaseStopsThoughNothingElseHappens() throws Exception {
    BatchJournal overtaken =
        new JournalOver(journal) {
          @Override
          public boolean renew(String batchId, long fence, Duration lease) {
            return false;
          }
        };
    holdPayments();
    BatchRun run =
        builder(overtaken)
            .inFlight(1)
            .lease(Duration.ofSeconds(1))
            .build()
            .open("pay", WalletsOperations.transferAsset())
            .start(fixture.transfers(3), results::add);

    until(() -> results.size() == 2);
    gate.complete(null);

    assertThat(run.summary().handle((end, error) -> error).get(20, TimeUnit.SECONDS))
        .hasMessageContaining("Another run has taken over batch pay");
    assertThat(results)
        .extracting(ItemResult::end)
        .containsExactly(ItemEnd.NOT_BEGUN, ItemEnd.NOT_BEGUN, ItemEnd.DONE);
  }

  @Test
  void moreThanAPageIsResumedItemByItem() throws Exception {
    int many = 120;
    long fence = journal.acquire("pay", Duration.ofMinutes(1)).orElseThrow();
    for (int i = 1; i <= many; i++) {
      String frozen = fixture.transfer(fixture.wallet, i).call().freeze();
      journal.add("pay", fence, JournalItem.of("i-" + i, "transferAsset", frozen, "f").build());
    }
    journal.release("pay", fence);

    BatchProgress summary = batch().resume(results::add).await();

    assertThat(summary.ended(ItemEnd.DONE)).isEqualTo(many);
    assertThat(results).hasSize(many);
    assertThat(sent("/transfers")).isEqualTo(many);
  }

  @Test
  void aChallengeThatIsOnItsWayIsCancelledWithTheRun() throws Exception {
    CompletableFuture<Reply> never = new CompletableFuture<>();
    fixture.meddling.set(
        transport ->
            request -> {
              if (ends(request, "/auth/action/init") && isOfTheSecond(request)) {
                asked.incrementAndGet();
                return never;
              }
              return ends(request, "/transfers")
                  ? gate.thenCompose(nothing -> transport.send(request))
                  : transport.send(request);
            });
    BatchRun run = batch().start(fixture.inOrder(2), results::add);
    until(() -> asked.get() == 1 && run.progress().inFlight() == 1);

    run.stop();
    until(never::isCancelled);
    gate.complete(null);

    assertThat(run.await().ended(ItemEnd.DONE)).isEqualTo(1);
  }

  private static boolean isOfTheSecond(Request request) {
    String body = new String(request.body().orElseThrow(), StandardCharsets.UTF_8);
    return body.contains("\\\"amount\\\":\\\"2\\\"");
  }

  @Test
  void whatComesLaterIsHeldUpAsWell() throws Exception {
    fixture.meddling.set(
        transport ->
            request ->
                ends(request, "/transfers")
                    ? CompletableFuture.failedFuture(
                        new ServiceUnavailableException("refused", null))
                    : transport.send(request));
    Stream<BatchItem<TransferRequest>> items =
        IntStream.rangeClosed(1, 2)
            .mapToObj(
                i -> {
                  try {
                    until(() -> results.size() == i - 1);
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  return fixture.transfer(fixture.wallet, i).inOrderWith("all");
                });

    batch().start(items.iterator(), results::add).await();

    assertThat(results)
        .extracting(ItemResult::end)
        .containsExactly(ItemEnd.NO_EFFECT, ItemEnd.NOT_BEGUN);
  }
}

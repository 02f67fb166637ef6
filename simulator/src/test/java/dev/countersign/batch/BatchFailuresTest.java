package dev.countersign.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.api.Network;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.api.wallets.Wallet;
import dev.countersign.api.wallets.WalletsOperations;
import dev.countersign.call.Operation;
import dev.countersign.error.ServiceUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a run does when what it stands on fails: it ends, says so, and can be resumed. */
@Timeout(60)
class BatchFailuresTest {

  private final BatchFixture fixture = new BatchFixture();
  private final MemoryJournal memory = MemoryJournal.create();
  private final List<ItemResult<TransferRequest>> results = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    fixture.close();
  }

  private Batch<TransferRequest> batch(BatchJournal journal, int inFlight) {
    return fixture.batches(journal, inFlight).open("pay", WalletsOperations.transferAsset());
  }

  /** Waits for a run that has nothing to wait for, and not until its lease is renewed. */
  private static BatchProgress soon(BatchRun run) throws InterruptedException, TimeoutException {
    try {
      return run.summary().get(15, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw (RuntimeException) e.getCause();
    }
  }

  /** A journal that once does not answer when an item is to start; whether it starts it says. */
  private BatchJournal failingToStart(String itemId, boolean starts) {
    AtomicBoolean failed = new AtomicBoolean();
    return new JournalOver(memory) {
      @Override
      public boolean start(String batchId, long fence, String id, Instant at) {
        if (id.equals(itemId) && failed.compareAndSet(false, true)) {
          if (starts) {
            super.start(batchId, fence, id, at);
          }
          throw new ServiceUnavailableException("the journal is away", null);
        }
        return super.start(batchId, fence, id, at);
      }
    };
  }

  @Test
  void aJournalThatDoesNotLetAnItemStartEndsTheRunThoughOthersWait() throws Exception {
    BatchRun run = batch(failingToStart("i-2", false), 1).start(fixture.inOrder(3), results::add);

    assertThatThrownBy(() -> soon(run)).hasMessage("the journal is away");
    assertThat(results)
        .extracting(ItemResult::end)
        .containsExactly(ItemEnd.DONE, ItemEnd.NOT_BEGUN, ItemEnd.NOT_BEGUN);
    assertThat(run.progress().waiting()).isZero();
    assertThat(soon(batch(memory, 1).resume(result -> {})).ended(ItemEnd.DONE)).isEqualTo(2);
    assertThat(fixture.ledger()).isEqualTo(BatchFixture.upTo(3));
  }

  @Test
  void aWalletThatWasNotSentIsNotInDoubtThoughTheJournalHadItStarted() throws Exception {
    CreateWalletBody body =
        CreateWalletBody.builder().network(Network.ETHEREUM_SEPOLIA).externalId("w-1").build();
    BatchItem<Wallet> item = BatchItem.of("w-1", fixture.dfns.wallets().createWallet(body));
    Operation<Wallet> operation = WalletsOperations.createWallet();
    BatchRun run =
        fixture
            .batches(failingToStart("w-1", true), 1)
            .open("wallets", operation)
            .start(List.of(item).iterator(), result -> {});
    assertThatThrownBy(() -> soon(run)).hasMessage("the journal is away");

    BatchProgress resumed =
        soon(fixture.batches(memory, 1).open("wallets", operation).resume(result -> {}));

    assertThat(resumed.ended(ItemEnd.DONE)).isEqualTo(1);
  }

  @Test
  void anIteratorThatEndsWithAnErrorEndsTheRun() {
    Iterator<BatchItem<TransferRequest>> broken =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            throw new AssertionError("line 1 cannot be");
          }

          @Override
          public BatchItem<TransferRequest> next() {
            throw new NoSuchElementException();
          }
        };

    BatchRun run = batch(memory, 1).start(broken, results::add);

    assertThatThrownBy(() -> run.summary().get(15, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(AssertionError.class);
  }

  @Test
  void aPublisherThatTakesNoSubscriberEndsTheRunAndGivesTheBatchBack() {
    BatchRun run =
        batch(memory, 1)
            .start(
                subscriber -> {
                  throw new IllegalStateException("sold out");
                },
                results::add);

    assertThatThrownBy(() -> soon(run)).hasMessage("sold out");
    assertThat(memory.acquire("pay", Duration.ofSeconds(1))).isPresent();
  }

  @Test
  void aRenewalThatComesLateDoesNotTakeTheBatchBack() throws Exception {
    CountDownLatch renewing = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    CountDownLatch renewed = new CountDownLatch(1);
    BatchJournal slow =
        new JournalOver(memory) {
          @Override
          public boolean renew(String batchId, long fence, Duration lease) {
            renewing.countDown();
            try {
              boolean late = released.await(300, TimeUnit.MILLISECONDS);
              return super.renew(batchId, fence, lease) || late;
            } catch (InterruptedException e) {
              throw new ServiceUnavailableException("interrupted", e);
            } finally {
              renewed.countDown();
            }
          }

          @Override
          public void release(String batchId, long fence) {
            super.release(batchId, fence);
            released.countDown();
          }
        };
    CompletableFuture<Void> gate = new CompletableFuture<>();
    fixture.meddling.set(
        transport -> request -> gate.thenCompose(nothing -> transport.send(request)));
    BatchRun run =
        Batches.builder()
            .calls(fixture.dfns::resume)
            .journal(slow)
            .executor(fixture.executor)
            .lease(Duration.ofSeconds(1))
            .build()
            .open("pay", WalletsOperations.transferAsset())
            .start(fixture.transfers(1), results::add);
    assertThat(renewing.await(20, TimeUnit.SECONDS)).isTrue();
    gate.complete(null);

    soon(run);
    assertThat(renewed.await(20, TimeUnit.SECONDS)).isTrue();

    assertThat(memory.acquire("pay", Duration.ofSeconds(1))).isPresent();
  }

  @Test
  void aRunThatIsOverLeavesNothingBehind() throws Exception {
    AtomicInteger tasks = new AtomicInteger();
    Executor counting =
        task -> {
          tasks.incrementAndGet();
          fixture.executor.execute(task);
        };
    BatchRun run =
        Batches.builder()
            .calls(fixture.dfns::resume)
            .journal(memory)
            .executor(counting)
            .lease(Duration.ofSeconds(1))
            .build()
            .open("pay", WalletsOperations.transferAsset())
            .start(fixture.transfers(1), results::add);
    soon(run);
    Thread.sleep(50); // the last pull of the iterator may still be on its way
    int before = tasks.get();

    Thread.sleep(400); // longer than the time to the next renewal

    assertThat(tasks.get()).isEqualTo(before);
  }

  private void journal(String id, String operation, String request, boolean started) {
    long fence = memory.acquire("pay", Duration.ofMinutes(1)).orElseThrow();
    memory.add("pay", fence, JournalItem.of(id, operation, request, "f").orderKey("all").build());
    if (started) {
      memory.start("pay", fence, id, Instant.now());
    }
    memory.release("pay", fence);
  }

  private BatchItem<TransferRequest> ordered(int amount) {
    return fixture.transfer(fixture.wallet, amount).inOrderWith("all");
  }

  @Test
  void anItemThatCannotBeResumedHoldsUpNothingButWhatIsInOrderWithIt() throws Exception {
    journal("old-1", "transferAsset", "{\"frozen\":99}", true);
    journal("old-2", "transferAsset", ordered(2).call().freeze(), false);
    BatchItem<TransferRequest> free = fixture.transfer(fixture.wallet, 3);
    soon(batch(memory, 1).start(List.of(free).iterator(), result -> {}));

    soon(batch(memory, 1).resume(results::add));

    assertThat(results).extracting(ItemResult::itemId).containsExactly("old-1", "old-2");
    assertThat(results)
        .extracting(ItemResult::end)
        .containsExactly(ItemEnd.UNKNOWN, ItemEnd.NOT_BEGUN);
    assertThat(results.get(0).reason().orElseThrow()).contains("cannot be resumed");
  }

  @Test
  void whatWasOnItsWayIsInDoubtForABatchOfOtherOperationsToo() throws Exception {
    journal("old-1", "createWallet", "{}", true);
    journal("old-2", "createWallet", "{}", false);

    soon(batch(memory, 1).resume(results::add));

    assertThat(results)
        .extracting(ItemResult::end)
        .containsExactly(ItemEnd.UNKNOWN, ItemEnd.NOT_BEGUN);
    assertThat(memory.unfinished("pay", 0, 10)).hasSize(2);
  }
}

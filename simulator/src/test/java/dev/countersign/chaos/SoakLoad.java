package dev.countersign.chaos;

import dev.countersign.Dfns;
import dev.countersign.api.Network;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.api.wallets.TransferAssetBody;
import dev.countersign.api.wallets.TransferAssetBodyNative;
import dev.countersign.api.wallets.UpdateWalletBody;
import dev.countersign.api.wallets.WalletsOperations;
import dev.countersign.error.DfnsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Callers that call without end, in all the ways in which a call can be run: waited for, in the
 * background, cancelled, given up at a deadline, stored and resumed, begun and left.
 */
final class SoakLoad {

  private static final int CALLERS = 12;
  private static final int MOST = 1000;
  private static final String TO = "0x00000000000000000000000000000000000000Aa";

  private final Dfns dfns;
  private final String wallet;

  /** One for each call under way; fair, so that whoever takes all of them gets them. */
  private final Semaphore underWay = new Semaphore(MOST, true);

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicLong amounts = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> defect = new AtomicReference<>();
  private final List<Thread> callers = new ArrayList<>();

  SoakLoad(Dfns dfns) {
    this.dfns = dfns;
    this.wallet = dfns.wallets().createWallet(wallet("paying")).execute().id();
  }

  void start() {
    for (int i = 0; i < CALLERS; i++) {
      SplittableRandom random = new SplittableRandom(i);
      Thread caller = new Thread(() -> callWithoutEnd(random), "caller-" + i);
      caller.setDaemon(true);
      callers.add(caller);
      caller.start();
    }
  }

  /** Lets what is under way end, does something, and goes on. */
  <T> T whileQuiet(Supplier<T> something) throws InterruptedException {
    if (!underWay.tryAcquire(MOST, 2, TimeUnit.MINUTES)) {
      throw new IllegalStateException("Some calls do not end");
    }
    try {
      return something.get();
    } finally {
      underWay.release(MOST);
    }
  }

  void stop() throws InterruptedException {
    over.set(true);
    for (Thread caller : callers) {
      caller.join();
    }
  }

  /** What no caller should ever see, if one did. */
  @Nullable Throwable defect() {
    return defect.get();
  }

  private void callWithoutEnd(SplittableRandom random) {
    while (!over.get()) {
      underWay.acquireUninterruptibly();
      CompletableFuture<?> end;
      try {
        end = call(random);
      } catch (DfnsException e) {
        end = CompletableFuture.completedFuture(e);
      } catch (RuntimeException | Error e) {
        defect.compareAndSet(null, e);
        end = CompletableFuture.completedFuture(e);
      }
      var released = end.whenComplete((value, error) -> underWay.release());
      if (random.nextInt(4) > 0) {
        released.exceptionally(error -> null).join();
      }
    }
  }

  private CompletableFuture<?> call(SplittableRandom random) {
    return switch (random.nextInt(20)) {
      case 0, 1, 2, 3 -> done(dfns.wallets().transferAsset(wallet, payment()).execute());
      case 4, 5, 6 -> dfns.wallets().transferAsset(wallet, payment()).executeAsync();
      case 7 -> cancelled(random, dfns.wallets().transferAsset(wallet, payment()).executeAsync());
      case 8 ->
          done(
              dfns.wallets()
                  .transferAsset(wallet, payment())
                  .within(Duration.ofMillis(1 + random.nextInt(80)))
                  .execute());
      case 9 ->
          done(
              dfns.resume(
                      WalletsOperations.transferAsset(),
                      dfns.wallets().transferAsset(wallet, payment()).freeze())
                  .execute());
      case 10 -> dfns.wallets().transferAsset(wallet, payment()).beginAsync();
      case 11 -> done(dfns.wallets().createWallet(wallet("w" + amounts.get())).execute());
      case 12, 13 ->
          done(
              dfns.wallets()
                  .updateWallet(
                      wallet, UpdateWalletBody.builder().name("n" + amounts.get()).build())
                  .execute());
      case 14, 15 -> done(dfns.wallets().listWallets().pageSize(10).execute());
      case 16 -> done(dfns.wallets().getWallet("wa-00000-00000-0000000000000000").execute());
      default -> dfns.wallets().getWallet(wallet).executeAsync();
    };
  }

  private static CompletableFuture<?> done(Object value) {
    return CompletableFuture.completedFuture(value);
  }

  private static CompletableFuture<?> cancelled(
      SplittableRandom random, CompletableFuture<?> call) {
    CompletableFuture.delayedExecutor(random.nextInt(60), TimeUnit.MILLISECONDS)
        .execute(() -> call.cancel(true));
    return call;
  }

  private TransferAssetBody payment() {
    return TransferAssetBodyNative.builder()
        .to(TO)
        .amount(Long.toString(amounts.incrementAndGet()))
        .build();
  }

  private static CreateWalletBody wallet(String name) {
    return CreateWalletBody.builder().network(Network.ETHEREUM_SEPOLIA).name(name).build();
  }
}

package dev.countersign.chaos;

import dev.countersign.Dfns;
import dev.countersign.api.Network;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.api.wallets.TransferAssetBodyNative;
import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.api.wallets.Wallet;
import dev.countersign.call.Call;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * One caller: makes transfers, each until it is done, and now and then a wallet, once, and a
 * transfer that it does not come back to. Runs them in several ways, by chance.
 */
final class Caller implements Runnable {

  private static final String TO = "0x00000000000000000000000000000000000000Aa";

  /** More runs than chance can explain. */
  private static final int TOO_MANY = 200;

  private static final int WALLET_EVERY = 3;
  private static final int LEFT_EVERY = 20;

  private final Dfns dfns;
  private final String wallet;
  private final Ledger ledger;
  private final Tally tally;
  private final SplittableRandom random;
  private final int first;
  private final int last;
  private final int step;

  /** A caller whose transfers are every {@code step}-th from {@code first} to {@code last}. */
  Caller(
      Dfns dfns,
      String wallet,
      Ledger ledger,
      Tally tally,
      long seed,
      int first,
      int last,
      int step) {
    this.dfns = dfns;
    this.wallet = wallet;
    this.ledger = ledger;
    this.tally = tally;
    this.random = new SplittableRandom(seed);
    this.first = first;
    this.last = last;
    this.step = step;
  }

  @Override
  public void run() {
    try {
      int number = 0;
      for (int amount = first; amount <= last; amount += step) {
        transfer(Integer.toString(amount), false);
        number++;
        if (number % WALLET_EVERY == 0) {
          create("wallet-" + amount);
        }
        if (number % LEFT_EVERY == 0) {
          transfer(Integer.toString(last + amount), true);
        }
      }
    } catch (RuntimeException | Error e) {
      tally.violated("A caller met " + e);
    }
  }

  private void transfer(String amount, boolean isLeft) {
    TransferAssetBodyNative.Builder body = TransferAssetBodyNative.builder().to(TO).amount(amount);
    if (random.nextInt(4) == 0) {
      body.externalId("own-" + amount);
    }
    Call<TransferRequest> call = dfns.wallets().transferAsset(wallet, body.build());
    Ledger.Transfer wanted =
        new Ledger.Transfer(call.externalId().orElseThrow(), wallet, amount, isLeft);
    Claim claim = Claim.NONE;
    for (int runs = 0; claim != Claim.DONE && (runs == 0 || !isLeft); runs++) {
      if (runs == TOO_MANY) {
        tally.violated(wanted + " does not get done");
        return;
      }
      claim =
          run(
              call,
              isLeft ? "transfer left alone" : "transfer",
              TransferRequest::id,
              (told, id) -> ledger.told(wanted, told, id));
    }
  }

  private void create(String name) {
    Call<Wallet> call =
        dfns.wallets()
            .createWallet(
                CreateWalletBody.builder().network(Network.ETHEREUM_SEPOLIA).name(name).build());
    run(call, "new wallet", Wallet::id, (told, id) -> ledger.told(name, told, id));
  }

  /** Runs a call once, in one of several ways. */
  private <T> Claim run(
      Call<T> call, String what, Function<T, String> id, BiConsumer<Claim, String> told) {
    Claim claim;
    String done = "";
    try {
      done = id.apply(value(call));
      claim = Claim.DONE;
    } catch (CompletionException e) {
      claim = failed(e.getCause() == null ? e : e.getCause());
    } catch (RuntimeException e) {
      claim = failed(e);
    }
    tally.count(what + ": " + claim, 1);
    told.accept(claim, done);
    return claim;
  }

  private Claim failed(Throwable failure) {
    Claim claim = Claim.of(failure);
    if (claim == Claim.WRONG) {
      tally.violated("A caller was told " + failure);
    }
    return claim;
  }

  private <T> T value(Call<T> call) {
    return switch (random.nextInt(12)) {
      case 0 -> call.within(Duration.ofMillis(1 + random.nextInt(60))).execute();
      case 1 -> cancelledSoon(call.executeAsync()).join();
      case 2, 3, 4, 5 -> call.executeAsync().join();
      default -> call.execute();
    };
  }

  private <T> CompletableFuture<T> cancelledSoon(CompletableFuture<T> result) {
    CompletableFuture.delayedExecutor(1 + random.nextInt(40), TimeUnit.MILLISECONDS)
        .execute(() -> result.cancel(true));
    return result;
  }
}

package dev.countersign.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Dfns;
import dev.countersign.api.Network;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.api.wallets.TransferAssetBody;
import dev.countersign.api.wallets.Wallet;
import dev.countersign.simulator.Organisation;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests that all wait for each other, so that they are there at once. Run by another test. */
@WithSimulator
@Execution(ExecutionMode.CONCURRENT)
class AtOnce {

  static final int TESTS = 200;
  private static final String TO = "0x000000000000000000000000000000000000dEaD";
  private static final Set<String> ORGANISATIONS = ConcurrentHashMap.newKeySet();
  private static final CyclicBarrier MEETING = new CyclicBarrier(TESTS);

  static void meeting() {
    ORGANISATIONS.clear();
    MEETING.reset();
  }

  @RepeatedTest(TESTS)
  void pays(
      @ServiceAccount(
              may = {"Wallets:Create", "Wallets:Read", "Keys:Create", "Wallets:Transfers:Create"})
          Dfns dfns,
      Organisation organisation,
      Happened happened,
      RepetitionInfo repetition)
      throws InterruptedException, BrokenBarrierException, TimeoutException {
    assertThat(ORGANISATIONS.add(organisation.id())).isTrue();
    MEETING.await(60, TimeUnit.SECONDS);
    String amount = String.valueOf(repetition.getCurrentRepetition());
    Wallet wallet =
        dfns.wallets()
            .createWallet(CreateWalletBody.builder().network(Network.ETHEREUM_SEPOLIA).build())
            .execute();
    assertThat(
            dfns.wallets()
                .transferAsset(
                    wallet.id(), TransferAssetBody.native_().to(TO).amount(amount).build())
                .execute()
                .walletId())
        .isEqualTo(wallet.id());

    happened.transferred(amount, TO).refusedNothing();
    assertThat(organisation.payments()).hasSize(1);
    assertThat(dfns.wallets().listWallets().stream()).containsExactly(wallet);
  }
}

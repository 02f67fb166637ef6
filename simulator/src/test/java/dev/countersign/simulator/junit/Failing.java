package dev.countersign.simulator.junit;

import dev.countersign.Dfns;
import dev.countersign.api.Network;
import dev.countersign.api.policies.ApprovalGroup;
import dev.countersign.api.policies.ApprovalGroupApprovers;
import dev.countersign.api.policies.PolicyAction;
import dev.countersign.api.policies.PolicyBody;
import dev.countersign.api.policies.PolicyRule;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.api.wallets.TransferAssetBody;
import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.error.RequestRejectedException;
import dev.countersign.simulator.Organisation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Tests that fail. Run by another test. */
@WithSimulator
class Failing {

  private static final String TO = "0x000000000000000000000000000000000000dead";
  private static final List<String> SEEN = new CopyOnWriteArrayList<>();

  static List<String> seen(Runnable run) {
    SEEN.clear();
    run.run();
    return new ArrayList<>(SEEN);
  }

  @Test
  void refusedAndSurprised(@ServiceAccount Dfns dfns) {
    createWallet(dfns);
  }

  @Test
  void nobodyActs(Dfns dfns) {
    createWallet(dfns);
  }

  @Test
  void aStringActs(@Admin String dfns) {
    SEEN.add(dfns);
  }

  @Test
  void transferredTooLittle(@Admin Dfns dfns, Organisation organisation, Happened happened) {
    transfer(dfns, createWallet(dfns));
    organisation.clock().advance(Duration.ofSeconds(2));
    happened.transferred("1", TO).transferred("2", TO);
  }

  @Test
  void transferredTwice(@Admin Dfns dfns, Happened happened) {
    String wallet = createWallet(dfns);
    transfer(dfns, wallet);
    transfer(dfns, wallet);
    happened.transferred("1", TO);
  }

  @Test
  void transferredAfterAll(@Admin Dfns dfns, Happened happened) {
    transfer(dfns, createWallet(dfns));
    happened.transferredNothing();
  }

  @Test
  void notDenied(@Admin Dfns dfns, Happened happened) {
    String wallet = createWallet(dfns);
    String policy =
        dfns.policies()
            .createPolicy(
                PolicyBody.walletsSign()
                    .name("somebody looks")
                    .rule(PolicyRule.alwaysTrigger().build())
                    .action(
                        PolicyAction.requestApproval()
                            .approvalGroups(
                                List.of(
                                    ApprovalGroup.builder()
                                        .quorum(1)
                                        .approvers(ApprovalGroupApprovers.builder().build())
                                        .build()))
                            .build())
                    .build())
            .execute()
            .id();
    SEEN.add(policy);
    TransferRequest held = transfer(dfns, wallet);
    happened.awaitsApproval("1", TO).transferredNothing().denied(held.approvalId().orElseThrow());
  }

  @Test
  void notRefusedForThat(Happened happened) {
    happened.refusedBecause("the moon");
  }

  @Test
  void refusedSomething(@ServiceAccount Dfns dfns, Happened happened) {
    try {
      createWallet(dfns);
    } catch (RequestRejectedException e) {
      happened.refusedBecause("/wallets").refusedNothing();
    }
  }

  @Test
  void tellsItsOrganisation(Organisation organisation) {
    SEEN.add(organisation.id());
    throw new AssertionError("told");
  }

  private static String createWallet(Dfns dfns) {
    return dfns.wallets()
        .createWallet(CreateWalletBody.builder().network(Network.ETHEREUM_SEPOLIA).build())
        .execute()
        .id();
  }

  private static TransferRequest transfer(Dfns dfns, String wallet) {
    return dfns.wallets()
        .transferAsset(wallet, TransferAssetBody.native_().to(TO).amount("1").build())
        .execute();
  }
}

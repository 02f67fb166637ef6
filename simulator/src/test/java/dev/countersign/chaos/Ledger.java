package dev.countersign.chaos;

import dev.countersign.Dfns;
import dev.countersign.api.wallets.Wallet;
import dev.countersign.simulator.Organisation;
import dev.countersign.simulator.Payment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What callers wanted and were told, held against what the organisation has. Safe for use by
 * several threads.
 */
final class Ledger {

  /** A transfer that somebody wanted; its amount is its own. */
  record Transfer(String externalId, String wallet, String amount, boolean isLeft) {}

  private final Organisation organisation;
  private final Dfns inside;
  private final Tally tally;
  private final Map<Transfer, Claim> transfers = new ConcurrentHashMap<>();
  private final Set<Transfer> inDoubt = ConcurrentHashMap.newKeySet();
  private final Map<String, Claim> wallets = new ConcurrentHashMap<>();

  /**
   * A ledger.
   *
   * @param inside a client that no fault stands in the way of
   */
  Ledger(Organisation organisation, Dfns inside, Tally tally) {
    this.organisation = organisation;
    this.inside = inside;
    this.tally = tally;
  }

  /**
   * A caller was just told what became of one run of a transfer. That it had no effect says nothing
   * of an earlier run in doubt.
   *
   * @param id of what was done; empty unless it was
   */
  void told(Transfer transfer, Claim claim, String id) {
    transfers.put(transfer, claim);
    List<Payment> there =
        organisation.payments().stream().filter(it -> isOf(it, transfer)).toList();
    if (claim == Claim.DONE && !there.stream().map(Payment::id).toList().equals(List.of(id))) {
      tally.violated(transfer + " was said to be done as " + id + ", there is " + there);
    }
    if (claim == Claim.UNKNOWN || claim == Claim.NONE) {
      inDoubt.add(transfer);
    }
    if (claim == Claim.NO_EFFECT && !there.isEmpty() && !inDoubt.contains(transfer)) {
      tally.violated(transfer + " was said to have had no effect, there is " + there);
    }
  }

  private static boolean isOf(Payment payment, Transfer transfer) {
    return payment.externalId().orElse("").equals(transfer.externalId());
  }

  /** A caller was just told what became of a new wallet of this name. */
  void told(String name, Claim claim, String id) {
    wallets.put(name, claim);
    if (claim == Claim.DONE
        && !inside.wallets().getWallet(id).execute().name().orElse("").equals(name)) {
      tally.violated("The wallet " + name + " was said to be " + id + ", which is another");
    }
  }

  /** Holds all of it against all there is, when nothing is under way any more. */
  void close(Set<String> ownWallets) {
    closeTransfers();
    closeWallets(ownWallets);
    closeRefusals();
  }

  private void closeTransfers() {
    Map<String, List<Payment>> there = new HashMap<>();
    for (Payment payment : organisation.payments()) {
      there.computeIfAbsent(payment.externalId().orElse(""), it -> new ArrayList<>()).add(payment);
    }
    transfers.forEach(
        (transfer, claim) -> {
          List<Payment> its = there.getOrDefault(transfer.externalId(), List.of());
          there.remove(transfer.externalId());
          requireCount("The transfer " + transfer, claim, its.size());
          if (!transfer.isLeft() && claim != Claim.DONE) {
            tally.violated(transfer + " was never done");
          }
          for (Payment payment : its) {
            tally.count("transfers in the ledger", 1);
            if (!payment.amount().equals(transfer.amount())
                || !payment.walletId().equals(transfer.wallet())) {
              tally.violated(payment + " is not what was wanted: " + transfer);
            }
          }
        });
    there.values().forEach(its -> tally.violated("Nobody wanted " + its));
  }

  private void closeWallets(Set<String> ownWallets) {
    Map<String, Integer> there = new HashMap<>();
    inside.wallets().listWallets().pageSize(100).stream()
        .filter(wallet -> !ownWallets.contains(wallet.id()))
        .map((Wallet wallet) -> wallet.name().orElse(""))
        .forEach(name -> there.merge(name, 1, Integer::sum));
    wallets.forEach(
        (name, claim) -> {
          Integer count = there.remove(name);
          tally.count("new wallets in the organisation", count == null ? 0 : count);
          requireCount("The wallet " + name, claim, count == null ? 0 : count);
        });
    there.forEach((name, count) -> tally.violated("Nobody wanted the wallet " + name));
  }

  private void requireCount(String what, Claim last, int count) {
    boolean isTrue =
        switch (last) {
          case DONE -> count == 1;
          case NO_EFFECT -> count == 0;
          case UNKNOWN, NONE, WRONG -> count <= 1;
        };
    if (!isTrue) {
      tally.violated(what + " is there " + count + " times, its caller was told " + last);
    }
  }

  /** No fault asks for a refusal: one is for a request that should not have been sent. */
  private void closeRefusals() {
    for (Hop hop : Hop.values()) {
      organisation
          .coverage()
          .touched()
          .getOrDefault(hop.operation(), Collections.emptySortedMap())
          .forEach(
              (status, times) -> {
                if (status >= 400 && status < 500 && status != 429) {
                  tally.violated(
                      "The simulator refused " + times + " requests at " + hop + " with " + status);
                }
              });
    }
  }
}

package dev.countersign.simulator;

import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.wallets.Deposits;
import java.math.BigInteger;

/**
 * What an organisation's wallets have, and money that comes to them from outside. Assets are named
 * {@code native}, or with kind and identifier: {@code erc20:0x…}, {@code spl:<mint>}, {@code
 * iou:<currency>:<issuer>}. Amounts are in smallest units. Safe for use by several threads at once.
 *
 * <p>Whether a wallet can pay more than it has, the switch {@code balances} says.
 */
public final class Balances {

  private final Tenant tenant;

  Balances(Tenant tenant) {
    this.tenant = tenant;
  }

  /**
   * What a wallet has: what came in, less what went out; negative if that is more.
   *
   * @throws IllegalArgumentException if no asset has such a name
   * @throws IllegalStateException if there is no such wallet
   */
  public BigInteger of(String walletId, String asset) {
    return tenant.alone(() -> Deposits.balance(tenant, walletId, asset));
  }

  /**
   * Has a wallet have so much, without anything having happened: no history shows it.
   *
   * @throws IllegalArgumentException if no asset has such a name
   * @throws IllegalStateException if there is no such wallet
   */
  public void set(String walletId, String asset, BigInteger amount) {
    tenant.alone(
        () -> {
          Deposits.set(tenant, walletId, asset, amount);
          return amount;
        });
  }

  /**
   * Has a wallet be paid: its balance, its history and webhooks show it, and the policies for
   * incoming transactions look at it.
   *
   * @param from the address it comes from
   * @return the hash of the transaction
   * @throws IllegalArgumentException if no asset has such a name, or the amount is not positive
   * @throws IllegalStateException if there is no such wallet
   */
  public String deposit(String walletId, String asset, BigInteger amount, String from) {
    if (amount.signum() <= 0) {
      throw new IllegalArgumentException("A deposit is of more than nothing, not " + amount);
    }
    return tenant.alone(() -> Deposits.receive(tenant, walletId, asset, amount, from));
  }
}

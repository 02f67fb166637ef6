package dev.countersign.simulator.wallets;

import dev.countersign.simulator.keys.Network;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.math.BigInteger;
import java.util.HexFormat;

/** Money that comes from outside, and balances that are just there. For embedders. */
public final class Deposits {

  private Deposits() {}

  /** What a wallet has of an asset, in smallest units; negative if it paid more than it had. */
  public static BigInteger balance(Tenant tenant, String walletId, String tid) {
    return Holdings.of(tenant, wallet(tenant, walletId), AssetId.parse(tid));
  }

  /** Has a wallet have so much of an asset, without anything having happened. */
  public static void set(Tenant tenant, String walletId, String tid, BigInteger amount) {
    Holdings.set(tenant, wallet(tenant, walletId), AssetId.parse(tid), amount);
  }

  /**
   * Has a wallet be paid.
   *
   * @return the hash of the transaction
   */
  public static String receive(
      Tenant tenant, String walletId, String tid, BigInteger amount, String from) {
    AssetId asset = AssetId.parse(tid);
    Entity wallet = wallet(tenant, walletId);
    String digits = HexFormat.of().formatHex(tenant.derive(tenant.newId("deposit")));
    String hash = Network.of(wallet.text("network")).isEvm() ? "0x" + digits : digits;
    Payments.received(tenant, wallet, asset, amount, from, hash);
    return hash;
  }

  private static Entity wallet(Tenant tenant, String id) {
    return tenant.get(Tables.WALLETS, id);
  }
}

package dev.countersign.simulator.wallets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.policies.Spend;
import dev.countersign.simulator.requests.RequestKind;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.math.BigInteger;
import java.util.Objects;
import java.util.Optional;

/**
 * What a request pays, if that is known.
 *
 * @param asset what
 * @param amount how much, in smallest units
 * @param to the address that gets it
 */
record Payment(AssetId asset, BigInteger amount, String to) {

  Payment {
    Objects.requireNonNull(asset, "asset");
    Objects.requireNonNull(amount, "amount");
    Objects.requireNonNull(to, "to");
  }

  /** Of transfers of an amount, and of plain payments on EVM networks. */
  static Optional<Payment> of(Tenant tenant, Entity request) {
    JsonNode body = request.get("requestBody");
    if (request.id().startsWith(RequestKind.TRANSFER.prefix() + "-")) {
      return AssetId.of(body)
          .map(
              asset ->
                  new Payment(
                      asset,
                      new BigInteger(body.path("amount").asText()),
                      body.path("to").asText()));
    }
    Entity wallet = tenant.get(Tables.WALLETS, request.text("walletId"));
    Spend spend = Transactions.spend(tenant, wallet, body);
    BigInteger amount = spend.amount();
    String to = spend.recipient();
    return amount == null || to == null
        ? Optional.empty()
        : Optional.of(new Payment(AssetId.ofNative(), amount, to));
  }
}

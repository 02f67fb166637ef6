package dev.countersign.simulator.wallets;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Resource;
import dev.countersign.simulator.control.Asset;
import dev.countersign.simulator.control.Switches.Balances;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.requests.Draft;
import dev.countersign.simulator.requests.Execution;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;

/**
 * What wallets have: what came in, less what went out. Where balances are not counted nothing is
 * refused, and what went out beyond what was there is owed.
 */
final class Holdings {

  private static final String AMOUNT = "amount";
  private static final String WALLET = "walletId";

  private Holdings() {}

  /** What a wallet has of an asset, in smallest units. */
  static BigInteger of(Tenant tenant, Entity wallet, AssetId asset) {
    return tenant
        .find(Tables.BALANCES, id(tenant, wallet, asset))
        .map(Holdings::amount)
        .orElse(BigInteger.ZERO);
  }

  /** Has a wallet have so much of an asset. */
  static void set(Tenant tenant, Entity wallet, AssetId asset, BigInteger amount) {
    ObjectNode shown = asset.described();
    tenant.put(
        Tables.BALANCES,
        Entity.of(id(tenant, wallet, asset), shown.put(WALLET, wallet.id()))
            .withHidden(Json.object().put(AMOUNT, amount.toString())));
  }

  static void add(Tenant tenant, Entity wallet, AssetId asset, BigInteger amount) {
    set(tenant, wallet, asset, of(tenant, wallet, asset).add(amount));
  }

  /** Lets a payment leave, unless there is too little; what it pays to whom is known by then. */
  static Execution send(Tenant tenant, Entity request) {
    Optional<Payment> payment = Payment.of(tenant, request);
    if (payment.isPresent()) {
      Entity wallet = tenant.get(Tables.WALLETS, request.text(WALLET));
      AssetId asset = payment.get().asset();
      BigInteger has = of(tenant, wallet, asset);
      BigInteger needs = payment.get().amount();
      if (tenant.switches().balances() == Balances.COUNTED && has.compareTo(needs) < 0) {
        String tid = asset.tid(tenant, wallet.text("network"));
        return Execution.failed(
            "insufficient balance: the wallet has " + has + " of " + tid + ", not " + needs);
      }
      add(tenant, wallet, asset, needs.negate());
    }
    return Execution.done(Chain.broadcast(tenant, request));
  }

  /** Takes back a payment that will never be confirmed. */
  static void undo(Tenant tenant, Entity request) {
    Entity wallet = tenant.get(Tables.WALLETS, request.text(WALLET));
    Payment.of(tenant, request)
        .ifPresent(payment -> add(tenant, wallet, payment.asset(), payment.amount()));
  }

  /** Lets a confirmed payment arrive, if it is for wallets of the organisation. */
  static void arrive(Tenant tenant, Entity request) {
    Payment.of(tenant, request)
        .ifPresent(
            payment ->
                tenant
                    .table(Tables.WALLETS)
                    .where("address", payment.to().toLowerCase(Locale.ROOT))
                    .filter(it -> it.text("network").equals(request.text("network")))
                    .toList()
                    .forEach(it -> add(tenant, it, payment.asset(), payment.amount())));
  }

  /** Answers what a wallet has, and what that is worth if asked. */
  static Answer assets(Call call) {
    Tenant tenant = call.tenant();
    Entity wallet = call.resource(Resource.WALLET);
    ObjectNode answer = Draft.parent(wallet);
    ArrayNode assets = answer.putArray("assets");
    BigDecimal worth = BigDecimal.ZERO;
    for (Entity balance : tenant.table(Tables.BALANCES).where(WALLET, wallet.id()).toList()) {
      if (amount(balance).signum() > 0) {
        ObjectNode shown = asset(tenant, wallet.text("network"), balance);
        worth = worth.add(shown.at("/quotes/USD").decimalValue());
        assets.add(shown);
      }
    }
    if (call.query("netWorth").equals("true")) {
      answer.putObject("netWorth").put("USD", worth);
    }
    return Answer.ok(answer);
  }

  private static ObjectNode asset(Tenant tenant, String network, Entity balance) {
    ObjectNode shown = balance.shown().deepCopy();
    shown.remove(WALLET);
    Optional<Asset> known =
        tenant.prices().find(network, balance.id().substring(balance.id().indexOf(' ') + 1));
    if (known.isPresent()) {
      shown.put("symbol", known.get().symbol()).put("verified", true);
      shown.putObject("quotes").put("USD", known.get().value(amount(balance)));
    }
    return shown
        .put("decimals", known.map(Asset::decimals).orElse(0))
        .put("balance", amount(balance).toString());
  }

  private static BigInteger amount(Entity balance) {
    return new BigInteger(balance.hiddenText(AMOUNT));
  }

  private static String id(Tenant tenant, Entity wallet, AssetId asset) {
    return wallet.id() + " " + asset.tid(tenant, wallet.text("network"));
  }
}

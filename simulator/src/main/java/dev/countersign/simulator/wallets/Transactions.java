package dev.countersign.simulator.wallets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Pages;
import dev.countersign.simulator.call.Resource;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.policies.Spend;
import dev.countersign.simulator.requests.Draft;
import dev.countersign.simulator.requests.RequestKind;
import dev.countersign.simulator.requests.Requests;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

/** Transactions that the caller composes. */
public final class Transactions {

  private final Requests requests = new Requests(RequestKind.TRANSACTION, new OnChain());

  /** The transactions of an organisation. */
  public Transactions() {}

  /** Their way. */
  public Requests requests() {
    return requests;
  }

  Map<String, Behaviour> behaviours() {
    return Map.of(
        "broadcastTransaction",
        this::broadcast,
        "listTransactions",
        Transactions::list,
        "getTransaction",
        call -> Answer.ok(call.resource(Resource.TRANSACTION).shown()),
        "abortTransaction",
        call -> requests.lifecycle().abort(call.tenant(), call.resource(Resource.TRANSACTION)));
  }

  private Answer broadcast(Call call) {
    Entity wallet = call.resource(Resource.WALLET);
    Optional<Answer> refusal =
        Usable.refusal(call, wallet).or(() -> Fitting.transaction(wallet, call.body()));
    return refusal.isPresent()
        ? refusal.get()
        : requests.submit(
            call, Draft.of(call.json(), wallet, spend(call.tenant(), wallet, call.body())));
  }

  private static Answer list(Call call) {
    String wallet = call.resource(Resource.WALLET).id();
    return Pages.page(
        call,
        Pages.USUAL,
        after -> call.tenant().table(Tables.TRANSACTIONS).after(after, "walletId", wallet),
        Entity::shown,
        Json.object().put("walletId", wallet));
  }

  /** Known only for a plain payment on an EVM network; contract calls can do anything. */
  static Spend spend(Tenant tenant, Entity wallet, JsonNode body) {
    String network = wallet.text("network");
    String kind = body.path("kind").asText();
    boolean payment =
        (kind.equals("Evm") || kind.equals("Eip1559"))
            && body.has("to")
            && (!body.has("data") || body.path("data").asText().equals("0x"))
            && body.path("value").asText().matches("[0-9]{1,100}");
    return payment
        ? new Spend(
            network,
            Chain.nativeTid(tenant, network),
            new BigInteger(body.path("value").asText()),
            body.path("to").asText())
        : Spend.unknown(network);
  }
}

package dev.countersign.simulator.wallets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Pages;
import dev.countersign.simulator.call.Resource;
import dev.countersign.simulator.control.Asset;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.policies.Spend;
import dev.countersign.simulator.requests.Draft;
import dev.countersign.simulator.requests.RequestKind;
import dev.countersign.simulator.requests.Requests;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Transfers of assets. */
public final class Transfers {

  private final Requests requests = new Requests(RequestKind.TRANSFER, new Payments());

  /** The transfers of an organisation. */
  public Transfers() {}

  /** Their way. */
  public Requests requests() {
    return requests;
  }

  Map<String, Behaviour> behaviours() {
    return Map.of(
        "transferAsset",
        this::transfer,
        "listTransfers",
        Transfers::list,
        "getTransfer",
        call -> Answer.ok(call.resource(Resource.TRANSFER).shown()),
        "abortTransfer",
        call -> requests.lifecycle().abort(call.tenant(), call.resource(Resource.TRANSFER)));
  }

  private Answer transfer(Call call) {
    Entity wallet = call.resource(Resource.WALLET);
    Optional<Answer> refusal =
        Usable.refusal(call, wallet).or(() -> Fitting.transfer(wallet, call.body()));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Spend spend = spend(call.tenant(), wallet, call.body());
    ObjectNode more = Json.object();
    more.putObject("metadata").set("asset", metadata(call.tenant(), spend));
    if (call.body().has("feeSponsorId")) {
      more.put("feeSponsorId", call.text("feeSponsorId"));
    }
    return requests.submit(call, Draft.of(call.json(), wallet, spend).showing(more));
  }

  private static Answer list(Call call) {
    String wallet = call.resource(Resource.WALLET).id();
    return Pages.page(
        call,
        Pages.USUAL,
        after -> call.tenant().table(Tables.TRANSFERS).after(after, "walletId", wallet),
        Entity::shown,
        Json.object().put("walletId", wallet));
  }

  static Spend spend(Tenant tenant, Entity wallet, JsonNode body) {
    String network = wallet.text("network");
    String kind = body.path("kind").asText();
    String tid =
        AssetId.of(body)
            .map(asset -> asset.tid(tenant, network))
            .orElse(kind.toLowerCase(Locale.ROOT) + ":");
    BigInteger amount = body.has("amount") ? new BigInteger(body.path("amount").asText()) : null;
    return new Spend(network, tid, amount, body.path("to").asText());
  }

  static ObjectNode metadata(Tenant tenant, Spend spend) {
    ObjectNode metadata = Json.object();
    Optional<Asset> asset = tenant.prices().find(spend.network(), spend.tid());
    if (asset.isPresent()) {
      metadata
          .put("symbol", asset.get().symbol())
          .put("decimals", asset.get().decimals())
          .put("verified", true);
      spend.usd(tenant.prices()).ifPresent(usd -> metadata.putObject("quotes").put("USD", usd));
    }
    return metadata;
  }
}

package dev.countersign.simulator.wallets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Times;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.policies.Activity;
import dev.countersign.simulator.policies.Announcements;
import dev.countersign.simulator.policies.Judge;
import dev.countersign.simulator.policies.Spend;
import dev.countersign.simulator.policies.Verdict;
import dev.countersign.simulator.requests.Effect;
import dev.countersign.simulator.requests.Execution;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.webhooks.Events;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What transfers do: the chain accepts them, and when it has confirmed one, the history of the
 * wallet that paid shows it, and that of the wallet that was paid, if it is one of the
 * organisation's.
 */
final class Payments implements Effect {

  private static final String EVENT = "blockchainEvent";

  /** What seconds a block takes. */
  private static final int BLOCK = 12;

  /** The fields that name the asset, by the kind of transfer; other kinds leave no history. */
  private static final Map<String, List<String>> ASSETS =
      Map.of(
          "Native", List.of(),
          "Erc20", List.of("contract"),
          "Erc721", List.of("contract", "tokenId"),
          "Trc20", List.of("contract"),
          "Spl", List.of("mint"),
          "Spl2022", List.of("mint"),
          "Tep74", List.of("master"));

  @Override
  public Execution execute(Tenant tenant, Entity request) {
    return Usable.lost(tenant, request)
        .map(Execution::failed)
        .orElseGet(() -> Holdings.send(tenant, request));
  }

  @Override
  public void confirmed(Tenant tenant, Entity request) {
    Holdings.arrive(tenant, request);
    record(tenant, request, request.text("txHash"));
  }

  /** Has the histories show a transfer; anything else leaves no trace in them. */
  static void record(Tenant tenant, Entity transfer, String txHash) {
    JsonNode body = transfer.get("requestBody");
    String kind = body.path("kind").asText();
    if (!transfer.get("metadata").has("asset") || !ASSETS.containsKey(kind)) {
      return;
    }
    Entity payer = tenant.get(Tables.WALLETS, transfer.text("walletId"));
    ObjectNode event = event(tenant, transfer, kind, txHash).put("from", payer.text("address"));
    put(tenant, payer, "Out", event);
    tenant
        .table(Tables.WALLETS)
        .where("address", body.path("to").asText().toLowerCase(Locale.ROOT))
        .filter(wallet -> wallet.text("network").equals(payer.text("network")))
        .toList()
        .forEach(wallet -> put(tenant, wallet, "In", event));
  }

  /** Has a wallet be paid with an offer of the network's native asset that it accepted. */
  static void received(Tenant tenant, Entity offer, String txHash) {
    received(
        tenant,
        tenant.get(Tables.WALLETS, offer.text("walletId")),
        AssetId.ofNative(),
        new BigInteger(offer.text("value")),
        offer.text("from"),
        txHash);
  }

  /** Has a wallet be paid by somebody outside. */
  static void received(
      Tenant tenant, Entity wallet, AssetId asset, BigInteger amount, String from, String txHash) {
    Holdings.add(tenant, wallet, asset, amount);
    if (!ASSETS.containsKey(asset.kind())) {
      return;
    }
    String network = wallet.text("network");
    ObjectNode body =
        asset.described().put("to", wallet.text("address")).put("amount", amount.toString());
    ObjectNode transfer = Json.object().put("network", network);
    transfer.set("requestBody", body);
    Spend spend = new Spend(network, asset.tid(tenant, network), amount, from);
    transfer.putObject("metadata").set("asset", Transfers.metadata(tenant, spend));
    ObjectNode event = event(tenant, Entity.of("", transfer), asset.kind(), txHash);
    put(tenant, wallet, "In", event.put("from", from));
  }

  private static ObjectNode event(Tenant tenant, Entity transfer, String kind, String txHash) {
    JsonNode body = transfer.get("requestBody");
    JsonNode asset = transfer.get("metadata").path("asset");
    ObjectNode event =
        Json.object()
            .put("kind", kind + "Transfer")
            .put("network", transfer.text("network"))
            .put("blockNumber", tenant.now().getEpochSecond() / BLOCK)
            .put("txHash", txHash)
            .put("timestamp", Times.text(tenant.now()))
            .put("status", "Confirmed")
            .put("to", body.path("to").asText());
    ASSETS.getOrDefault(kind, List.of()).forEach(field -> event.set(field, body.path(field)));
    if (body.has("amount")) {
      event.put("value", body.path("amount").asText());
    }
    if (kind.equals("Native")) {
      event.put("symbol", asset.path("symbol").asText());
    }
    if (kind.equals("Native") || kind.equals("Erc20")) {
      event.put("decimals", asset.path("decimals").asInt());
    }
    event.putObject("metadata").set("asset", asset);
    return event;
  }

  private static void put(Tenant tenant, Entity wallet, String direction, ObjectNode event) {
    ObjectNode shown = Json.object().put("walletId", wallet.id()).put("direction", direction);
    shown.setAll(event);
    String id = event.path("txHash").asText() + " " + direction + " " + wallet.id();
    tenant.put(Tables.HISTORY, Entity.of(id, shown));
    Events.record(tenant, "wallet.blockchainevent.detected", EVENT, shown);
    if (direction.equals("In") && wallet.is("custodial")) {
      screen(tenant, wallet, shown);
    }
  }

  /** Has the policies look at what came in; they can do no more than tell. */
  private static void screen(Tenant tenant, Entity wallet, ObjectNode event) {
    String network = wallet.text("network");
    ObjectNode transfer = event.deepCopy();
    transfer.put("kind", event.path("kind").asText().replace("Transfer", ""));
    transfer.put("amount", event.path("value").asText("0"));
    String tid = AssetId.of(transfer).map(asset -> asset.tid(tenant, network)).orElse("");
    Spend spend =
        new Spend(
            network,
            tid,
            new BigInteger(transfer.path("amount").asText()),
            event.path("from").asText());
    Activity incoming = Activity.incoming(wallet, spend);
    Verdict verdict = Judge.judge(tenant, incoming);
    Announcements.triggered(tenant, verdict, incoming.kind(), EVENT, event);
  }
}

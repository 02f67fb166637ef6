package dev.countersign.simulator.wallets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Pages;
import dev.countersign.simulator.call.Resource;
import dev.countersign.simulator.call.Times;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.policies.Spend;
import dev.countersign.simulator.requests.Draft;
import dev.countersign.simulator.requests.Execution;
import dev.countersign.simulator.requests.Requests;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.webhooks.Events;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * What others offer to wallets, which take it or leave it: a transaction settles it, and when that
 * is confirmed the offer is {@code Accepted} or {@code Rejected}.
 */
public final class Offers {

  /** What happens by itself: an offer expires. */
  public static final String EXPIRY = "offer expires";

  static final String KIND = "SettleOffer";

  private static final String PENDING = "Pending";
  private static final String SETTLEMENT = "settlementTransactionId";

  private final Requests transactions;

  Offers(Requests transactions) {
    this.transactions = transactions;
  }

  Map<String, Behaviour> behaviours() {
    return Map.of(
        "listOffers", Offers::list,
        "getOffer", call -> Answer.ok(call.resource(Resource.OFFER).shown()),
        "acceptOffer", call -> settle(call, "Accept"),
        "rejectOffer", call -> settle(call, "Reject"));
  }

  /**
   * Offers some of its network's native asset to a wallet.
   *
   * @param amount in smallest units
   * @param validFor how long it stands
   * @return the offer
   */
  public static Entity receive(
      Tenant tenant, Entity wallet, String from, BigInteger amount, Duration validFor) {
    String id = tenant.newId("ofr");
    String network = wallet.text("network");
    ObjectNode shown =
        Json.object()
            .put("id", id)
            .put("orgId", tenant.id())
            .put("walletId", wallet.id())
            .put("network", network)
            .put("kind", "Native")
            .put("txHash", HexFormat.of().formatHex(tenant.derive("offer " + id)))
            .put("status", PENDING)
            .put("from", from)
            .put("to", wallet.text("address"))
            .put("value", amount.toString())
            .put("timestamp", Times.text(tenant.now()))
            .put("expiresAt", Times.text(tenant.now().plus(validFor)));
    shown
        .putObject("metadata")
        .set(
            "asset",
            Transfers.metadata(
                tenant, new Spend(network, Chain.nativeTid(tenant, network), amount, null)));
    Entity offer = Entity.of(id, shown);
    tenant.put(Tables.OFFERS, offer);
    Events.record(tenant, "wallet.offer.received", "offer", shown);
    tenant.schedule(tenant.now().plus(validFor), EXPIRY, id);
    return offer;
  }

  /** Ends an offer for which nobody cared in time. */
  public static void expire(Tenant tenant, String id) {
    end(tenant, id, "Expired");
  }

  /**
   * Ends an offer as the one who made it may.
   *
   * @return whether it was still to be had
   */
  public static boolean withdraw(Tenant tenant, String id) {
    boolean ended = end(tenant, id, "Withdrawn");
    if (ended) {
      Events.record(
          tenant, "wallet.offer.withdrawn", "offer", tenant.get(Tables.OFFERS, id).shown());
    }
    return ended;
  }

  /** Ends a pending offer, unless the chain has its settlement already. */
  private static boolean end(Tenant tenant, String id, String status) {
    Entity offer = tenant.get(Tables.OFFERS, id);
    boolean broadcasted =
        settlement(tenant, offer)
            .map(it -> Replacements.latest(tenant, it))
            .filter(it -> it.text("status").equals("Broadcasted"))
            .isPresent();
    if (!offer.text("status").equals(PENDING) || broadcasted) {
      return false;
    }
    tenant.put(Tables.OFFERS, offer.with("status", status));
    return true;
  }

  /** Sends a settlement, if the offer still stands. */
  static Execution execute(Tenant tenant, Entity request) {
    Entity offer = tenant.get(Tables.OFFERS, request.hiddenText("offerId"));
    return offer.text("status").equals(PENDING)
        ? Execution.done(Chain.broadcast(tenant, request))
        : Execution.failed("the offer is " + offer.text("status"));
  }

  /** Lets an offer be what its settlement says. */
  static void confirmed(Tenant tenant, Entity request, String txHash) {
    Entity offer = tenant.get(Tables.OFFERS, request.hiddenText("offerId"));
    JsonNode body = request.get("requestBody");
    boolean accepted = body.path("decision").asText().equals("Accept");
    Entity settled =
        offer
            .with("status", accepted ? "Accepted" : "Rejected")
            .with("dateSettled", Times.text(tenant.now()));
    tenant.put(Tables.OFFERS, settled);
    Events.record(
        tenant,
        accepted ? "wallet.offer.accepted" : "wallet.offer.rejected",
        "offer",
        settled.shown());
    if (accepted) {
      Payments.received(tenant, settled, txHash);
    }
  }

  private static Answer list(Call call) {
    String wallet = call.resource(Resource.WALLET).id();
    return Pages.page(
        call,
        Pages.USUAL,
        after -> call.tenant().table(Tables.OFFERS).after(after, "walletId", wallet),
        Entity::shown,
        Json.object());
  }

  private Answer settle(Call call, String decision) {
    Tenant tenant = call.tenant();
    Entity wallet = call.resource(Resource.WALLET);
    Entity offer = call.resource(Resource.OFFER);
    Optional<Answer> refusal = Usable.refusal(call, wallet).or(() -> refusal(tenant, offer));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    ObjectNode body =
        Json.object()
            .put("kind", KIND)
            .put("txHash", offer.text("txHash"))
            .put("decision", decision);
    Answer settlement =
        transactions.submit(
            call,
            Draft.of(body, wallet, Spend.unknown(wallet.text("network")))
                .remembering("offerId", offer.id()));
    if (settlement.status() != 200) {
      return settlement;
    }
    Entity settled = offer.with(SETTLEMENT, settlement.body().orElseThrow().path("id").asText());
    tenant.put(Tables.OFFERS, settled);
    return Answer.ok(settled.shown());
  }

  private static Optional<Answer> refusal(Tenant tenant, Entity offer) {
    if (!offer.text("status").equals(PENDING)) {
      return Optional.of(
          Answer.refused(
              412, "Only a Pending offer is settled, not one that is " + offer.text("status")));
    }
    return settlement(tenant, offer)
        .filter(it -> !Replacements.isUndone(tenant, it))
        .map(
            other ->
                Answer.refused(412, "The offer is being settled already")
                    .detail(SETTLEMENT, other.id()));
  }

  private static Optional<Entity> settlement(Tenant tenant, Entity offer) {
    return tenant.find(Tables.TRANSACTIONS, offer.text(SETTLEMENT));
  }
}

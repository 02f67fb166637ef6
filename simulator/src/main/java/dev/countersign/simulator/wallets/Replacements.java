package dev.countersign.simulator.wallets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Resource;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.keys.Network;
import dev.countersign.simulator.policies.Spend;
import dev.countersign.simulator.requests.Draft;
import dev.countersign.simulator.requests.Execution;
import dev.countersign.simulator.requests.Lifecycle;
import dev.countersign.simulator.requests.RequestKind;
import dev.countersign.simulator.requests.Requests;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Transactions that take the nonce of an earlier request, on EVM networks: to cancel it, or to pay
 * more for the same. Of the two at most one is confirmed: the earlier one fails when the later one
 * is broadcasted, and the later one fails if the earlier one was confirmed before.
 */
final class Replacements {

  static final String CANCEL = "CancelTransaction";
  static final String SPEED_UP = "SpeedUpTransaction";

  private static final String REPLACES = "replaces";

  private final Requests transactions;

  Replacements(Requests transactions) {
    this.transactions = transactions;
  }

  Map<String, Behaviour> behaviours() {
    return Map.of(
        "cancelTransaction", call -> replace(call, Resource.TRANSACTION, CANCEL),
        "speedUpTransaction", call -> replace(call, Resource.TRANSACTION, SPEED_UP),
        "cancelTransfer", call -> replace(call, Resource.TRANSFER, CANCEL),
        "speedUpTransfer", call -> replace(call, Resource.TRANSFER, SPEED_UP));
  }

  private Answer replace(Call call, Resource kind, String how) {
    Tenant tenant = call.tenant();
    Entity wallet = call.resource(Resource.WALLET);
    Entity original = call.resource(kind);
    Optional<Answer> refusal =
        Usable.refusal(call, wallet).or(() -> refusal(tenant, wallet, original, kind, how));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    ObjectNode body = Json.object().put("kind", how);
    if (original.get("txHash").isTextual()) {
      body.put("txHash", original.text("txHash"));
    }
    body.put(
        "signedTx",
        "0x" + HexFormat.of().formatHex(tenant.derive("signed transaction " + original.id())));
    Spend spend =
        how.equals(CANCEL)
            ? Spend.unknown(wallet.text("network"))
            : spend(tenant, wallet, content(tenant, original));
    return transactions.submit(
        call, Draft.of(body, wallet, spend).remembering(REPLACES, original.id()));
  }

  private static Optional<Answer> refusal(
      Tenant tenant, Entity wallet, Entity original, Resource kind, String how) {
    if (!Network.of(wallet.text("network")).isEvm()) {
      return Optional.of(
          Answer.refused(412, "A " + kind + " is replaced only on EVM networks")
              .detail("network", wallet.text("network")));
    }
    boolean unsent = how.equals(CANCEL) && unsent(original);
    if (!unsent && !original.text("status").equals("Broadcasted")) {
      return Optional.of(
          Answer.refused(
              412,
              "Only a Broadcasted "
                  + kind
                  + " can be replaced, not one that is "
                  + original.text("status")));
    }
    return tenant
        .table(Tables.TRANSACTIONS)
        .where("walletId", wallet.id())
        .filter(it -> it.hiddenText(REPLACES).equals(original.id()) && !isUndone(tenant, it))
        .findFirst()
        .map(
            other ->
                Answer.refused(412, "The " + kind + " is being replaced already")
                    .detail("replacementId", other.id()));
  }

  /** Takes the nonce from the earlier request, if it is still to be had. */
  static Execution execute(Tenant tenant, Entity replacement) {
    Entity original = original(tenant, replacement);
    ObjectNode link = Json.object().put("replacementId", replacement.id());
    if (original.text("status").equals("Broadcasted")) {
      Lifecycle.fail(
          tenant, kind(original), original.with(link), "replaced by " + replacement.id());
      if (replacement.get("requestBody").path("kind").asText().equals(CANCEL)) {
        Holdings.undo(tenant, content(tenant, original));
      }
    } else if (unsent(original)) {
      tenant.put(kind(original).table(), original.with(link));
    } else {
      return Execution.failed("nonce too low: " + original.id() + " is " + original.text("status"));
    }
    return Execution.done(Chain.broadcast(tenant, replacement));
  }

  /** The request that says what is paid: the first of a chain that was sped up. */
  static Entity content(Tenant tenant, Entity request) {
    return request.get("requestBody").path("kind").asText().equals(SPEED_UP)
        ? content(tenant, original(tenant, request))
        : request;
  }

  /** The request that does what a request asked for: the last of a chain that was sped up. */
  static Entity latest(Tenant tenant, Entity request) {
    return tenant
        .find(Tables.TRANSACTIONS, request.text("replacementId"))
        .filter(it -> it.get("requestBody").path("kind").asText().equals(SPEED_UP))
        .map(it -> latest(tenant, it))
        .orElse(request);
  }

  /** Whether what a request asked for will never happen, so that it may be asked for again. */
  static boolean isUndone(Tenant tenant, Entity request) {
    String status = latest(tenant, request).text("status");
    return status.equals("Rejected") || status.equals("Failed");
  }

  private static Spend spend(Tenant tenant, Entity wallet, Entity content) {
    return kind(content).equals(RequestKind.TRANSFER)
        ? Transfers.spend(tenant, wallet, content.get("requestBody"))
        : Transactions.spend(tenant, wallet, content.get("requestBody"));
  }

  /** Whether it failed before it reached the chain with a nonce of its own, still unused. */
  private static boolean unsent(Entity request) {
    return request.text("status").equals("Failed")
        && !request.get("txHash").isTextual()
        && request.hiddenText(REPLACES).isEmpty();
  }

  private static Entity original(Tenant tenant, Entity replacement) {
    String id = replacement.hiddenText(REPLACES);
    return tenant.find(Tables.TRANSFERS, id).orElseGet(() -> tenant.get(Tables.TRANSACTIONS, id));
  }

  private static RequestKind kind(Entity request) {
    return request.id().startsWith(RequestKind.TRANSFER.prefix() + "-")
        ? RequestKind.TRANSFER
        : RequestKind.TRANSACTION;
  }
}

package dev.countersign.simulator.wallets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Resource;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.keys.Keys;
import dev.countersign.simulator.policies.Spend;
import dev.countersign.simulator.requests.Draft;
import dev.countersign.simulator.requests.Requests;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.webhooks.Events;
import java.util.Map;
import java.util.Optional;

/**
 * Bringing wallets onto networks that want their accounts deployed first: Canton, with a validator,
 * and Concordium, with a credential. A wallet is {@code Inactive} until the transaction that does
 * it is confirmed.
 */
final class Activation {

  static final String KIND = "ActivateAccount";

  private static final String CANTON = "Canton";
  private static final String CONCORDIUM = "Concordium";

  private final Requests transactions;

  Activation(Requests transactions) {
    this.transactions = transactions;
  }

  Map<String, Behaviour> behaviours() {
    return Map.of("activateWallet", this::activate, "cantonLedgerApiProxy", Activation::proxy);
  }

  /** Whether wallets of a network have to be activated. */
  static boolean isNeededOn(String network) {
    return network.startsWith(CANTON) || network.startsWith(CONCORDIUM);
  }

  private Answer activate(Call call) {
    Entity wallet = call.resource(Resource.WALLET);
    Optional<Answer> refusal =
        Usable.archived(call, wallet)
            .or(() -> Keys.unusable(call, Usable.key(call, wallet)))
            .or(() -> refusal(call.tenant(), wallet))
            .or(() -> fault(call, wallet.text("network")));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    ObjectNode body = Json.object().put("kind", KIND);
    body.set("args", call.body());
    return transactions.submit(call, Draft.of(body, wallet, Spend.unknown(wallet.text("network"))));
  }

  private static Optional<Answer> refusal(Tenant tenant, Entity wallet) {
    if (!wallet.text("status").equals("Inactive")) {
      return Optional.of(
          Answer.refused(412, "wallet is active already").detail("walletId", wallet.id()));
    }
    return tenant
        .table(Tables.TRANSACTIONS)
        .where("walletId", wallet.id())
        .filter(it -> it.get("requestBody").path("kind").asText().equals(KIND))
        .filter(it -> !Replacements.isUndone(tenant, it))
        .findFirst()
        .map(
            other ->
                Answer.refused(412, "wallet is being activated already")
                    .detail("transactionId", other.id()));
  }

  private static Optional<Answer> fault(Call call, String network) {
    if (network.startsWith(CONCORDIUM)) {
      return call.body().has("expiry") && call.body().has("unsignedCdiStr")
          ? Optional.empty()
          : Optional.of(
              Answer.refused(
                  400, "Validation error: expiry and unsignedCdiStr: required on Concordium"));
    }
    String validator = call.text("validatorId");
    if (validator.isEmpty()) {
      return Optional.of(Answer.refused(400, "Validation error: validatorId: required on Canton"));
    }
    return call.tenant()
            .find(Tables.VALIDATORS, validator)
            .filter(it -> it.text("network").equals(network))
            .isPresent()
        ? Optional.empty()
        : Optional.of(Answer.refused(404, "validator not found").detail("validatorId", validator));
  }

  /** Has a wallet be active; one that was archived meanwhile stays so. */
  static void confirmed(Tenant tenant, Entity request) {
    Entity wallet = tenant.get(Tables.WALLETS, request.text("walletId"));
    if (wallet.text("status").equals("Inactive")) {
      Entity active = wallet.with("status", "Active");
      String validator = request.get("requestBody").path("args").path("validatorId").asText();
      if (!validator.isEmpty()) {
        active = active.with("validatorId", validator);
      }
      tenant.put(Tables.WALLETS, active);
      Events.record(tenant, "wallet.activated", "wallet", active.shown());
    }
  }

  /** Answers with what was asked: there is no ledger. */
  private static Answer proxy(Call call) {
    Entity wallet = call.resource(Resource.WALLET);
    return wallet.text("network").startsWith(CANTON)
        ? Answer.ok(call.json())
        : Answer.refused(412, "wallet is not on Canton").detail("walletId", wallet.id());
  }
}

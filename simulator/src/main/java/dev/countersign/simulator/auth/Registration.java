package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tenant;
import java.util.List;
import java.util.Map;

/** How people get their first credentials, and end users their wallets. */
final class Registration {

  private static final List<String> END_USER = List.of("register", "registerEndUser");

  private final Behaviour createWallet;

  /** With what makes a wallet. */
  Registration(Behaviour createWallet) {
    this.createWallet = createWallet;
  }

  Map<String, Behaviour> behaviours() {
    return Map.of(
        "createDelegatedRegistrationChallenge", Registration::delegate,
        "register", Registration::register,
        "registerEndUser", this::registerEndUser);
  }

  private static Answer delegate(Call call) {
    Tenant tenant = call.tenant();
    if (Directory.isTaken(tenant, call.text("email"))) {
      return taken();
    }
    Entity user = Directory.invite(tenant, call.text("email"), "EndUser", call.text("externalId"));
    return Answer.ok(
        CreationChallenge.completedBy(tenant, user, TemporaryTokens.issue(tenant, user, END_USER)));
  }

  /** The refusal of a name that somebody has already, registered or not. */
  static Answer taken() {
    return Answer.refused(409, "User already exists.");
  }

  private static Answer register(Call call) {
    Entity token = call.caller().token();
    TemporaryTokens.spend(call.tenant(), token);
    return CredentialSet.register(
        call.tenant(), call.caller().user(), call.json(), TemporaryTokens.challenge(token));
  }

  private Answer registerEndUser(Call call) {
    Answer registered = register(call);
    if (registered.status() != 200) {
      return registered;
    }
    ObjectNode answer = (ObjectNode) registered.body().orElseThrow();
    ArrayNode wallets = Json.array();
    for (JsonNode wanted : call.json().path("wallets")) {
      Answer wallet = createWallet.answer(wallet(call, wanted));
      if (wallet.status() != 200) {
        return wallet;
      }
      wallets.add(wallet.body().orElseThrow());
    }
    answer
        .putObject("authentication")
        .put("token", Tokens.session(call.tenant(), call.caller().user()).text());
    answer.set("wallets", wallets);
    return Answer.ok(answer);
  }

  /** This call, as one that makes a wallet for whoever is being registered. */
  private static Call wallet(Call call, JsonNode wanted) {
    ObjectNode body = Json.object().setAll((ObjectNode) wanted);
    body.put("delegateTo", call.caller().userId());
    return new Call(
        call.request(),
        call.operation(),
        call.parameters(),
        call.query(),
        body,
        call.tenant(),
        call.caller());
  }
}

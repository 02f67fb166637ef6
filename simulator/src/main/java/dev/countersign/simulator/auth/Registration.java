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
import java.util.Optional;

/** How people get their first credentials, and end users their wallets. */
final class Registration {

  private static final List<String> END_USER = List.of("register", "registerEndUser");
  private static final List<String> EMPLOYEE = List.of("register");

  private final Behaviour createWallet;

  /** With what makes a wallet. */
  Registration(Behaviour createWallet) {
    this.createWallet = createWallet;
  }

  Map<String, Behaviour> behaviours() {
    return Map.of(
        "createDelegatedRegistrationChallenge", Registration::delegate,
        "resendRegistrationCode", Registration::sendCode,
        "createRegistrationChallenge", Registration::challenge,
        "register", Registration::register,
        "registerEndUser", this::registerEndUser);
  }

  private static Answer delegate(Call call) {
    Tenant tenant = call.tenant();
    if (Directory.isTaken(tenant, call.text("email"))) {
      return taken();
    }
    Entity user = Directory.invite(tenant, call.text("email"), "EndUser", call.text("externalId"));
    return challenge(tenant, user);
  }

  private static Answer sendCode(Call call) {
    Login.person(call)
        .filter(user -> !user.is("isRegistered"))
        .ifPresent(user -> Codes.mail(call.tenant(), user, Codes.REGISTRATION));
    return Answer.ok(Json.object().put("message", "success"));
  }

  private static Answer challenge(Call call) {
    Tenant tenant = call.tenant();
    Optional<Entity> user = Login.person(call);
    if (user.isEmpty()) {
      return Login.unknown();
    }
    if (user.get().is("isRegistered")) {
      return taken();
    }
    String code = call.text("registrationCode");
    if (Codes.isExpired(tenant, code, Codes.REGISTRATION, user.get())) {
      return Answer.refused(400, "Registration code expired");
    }
    return Codes.redeem(tenant, code, Codes.REGISTRATION, user.get())
        ? challenge(tenant, user.get())
        : Login.invalidCode();
  }

  private static Answer challenge(Tenant tenant, Entity user) {
    List<String> completions = user.text("kind").equals("EndUser") ? END_USER : EMPLOYEE;
    IssuedToken token = TemporaryTokens.issue(tenant, user, completions, Json.object());
    return Answer.ok(CreationChallenge.completedBy(tenant, user, token));
  }

  /** The refusal of a name that somebody has already, registered or not. */
  static Answer taken() {
    return Answer.refused(409, "User already exists.");
  }

  private static Answer register(Call call) {
    Entity token = call.caller().token();
    if (call.caller().user().is("isRegistered")) {
      return taken();
    }
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

package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How people get their tokens, and how these end. */
final class Login {

  private static final String PURPOSE = "login";

  private Login() {}

  static Map<String, Behaviour> behaviours() {
    return Map.of(
        "delegatedLogin", Login::delegated,
        "sendLoginCode", Login::sendCode,
        "createLoginChallenge", Login::challenge,
        "login", Login::login,
        "logout", Login::logout);
  }

  private static Answer delegated(Call call) {
    Optional<Entity> user =
        Directory.named(call.tenant(), call.text("username"))
            .filter(it -> it.text("kind").equals("EndUser"));
    if (user.isEmpty()) {
      return unknown();
    }
    return refusal(call, user.get()).orElseGet(() -> token(call, user.get()));
  }

  private static Answer sendCode(Call call) {
    person(call)
        .filter(user -> refusal(call, user).isEmpty())
        .ifPresent(user -> Codes.mail(call.tenant(), user, Codes.LOGIN));
    return Answer.ok(Json.object().put("message", "success"));
  }

  /** The challenge of a user, or that of whoever has a passkey. */
  private static Answer challenge(Call call) {
    if (call.text("username").isEmpty()) {
      return challenge(call, "", List.of());
    }
    Optional<Entity> user = person(call);
    if (user.isEmpty()) {
      return unknown();
    }
    Optional<Answer> refusal = refusal(call, user.get());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Tenant tenant = call.tenant();
    String code = call.text("loginCode");
    boolean verified = Codes.redeem(tenant, code, Codes.LOGIN, user.get());
    if (!verified && !code.isEmpty()) {
      return invalidCode();
    }
    // whoever has not shown a code could otherwise try out passwords on the encrypted key
    List<Entity> credentials =
        Credentials.signing(tenant, user.get().id())
            .filter(it -> verified || !it.text("kind").equals("PasswordProtectedKey"))
            .toList();
    return credentials.isEmpty()
        ? Answer.refused(
            401, "User does not have a credential that can be used for the application.")
        : challenge(call, user.get().id(), credentials);
  }

  private static Answer challenge(Call call, String userId, List<Entity> credentials) {
    ObjectNode bound = Json.object().put("purpose", PURPOSE).put("userId", userId);
    bound.set("credentials", Json.texts(credentials.stream().map(Entity::id).toList()));
    return Answer.ok(
        AssertionChallenge.complete(
            call.tenant(),
            Challenges.issue(call, bound),
            credentials,
            call.tenant().switches().secondFactorRequired()));
  }

  private static Answer login(Call call) {
    Tenant tenant = call.tenant();
    Optional<Entity> challenge = Challenges.find(call, call.text("challengeIdentifier"), PURPOSE);
    if (challenge.isEmpty()) {
      return Assertions.unknown();
    }
    return Assertions.judge(
        call,
        challenge.get(),
        allowed(call, challenge.get()),
        tenant.switches().secondFactorRequired(),
        credentials -> {
          Entity user = tenant.get(Tables.USERS, credentials.get(0).hiddenText("owner"));
          return refusal(call, user).orElseGet(() -> token(call, user));
        });
  }

  /** The credentials of a challenge that still sign; all of one user. */
  private static List<Entity> allowed(Call call, Entity challenge) {
    Tenant tenant = call.tenant();
    String user = challenge.hiddenText("userId");
    if (!user.isEmpty()) {
      return Credentials.signing(tenant, user)
          .filter(it -> mentions(challenge.hidden().path("credentials"), it.id()))
          .toList();
    }
    String credential = call.json().at("/firstFactor/credentialAssertion/credId").asText();
    return tenant
        .table(Tables.CREDENTIALS)
        .where("credentialId", credential)
        .filter(it -> it.text("kind").equals("Fido2"))
        .findFirst()
        .map(it -> Credentials.signing(tenant, it.hiddenText("owner")).toList())
        .orElse(List.of());
  }

  private static boolean mentions(JsonNode texts, String text) {
    return texts.valueStream().anyMatch(it -> it.asText().equals(text));
  }

  private static Answer logout(Call call) {
    Tenant tenant = call.tenant();
    boolean all = call.body().path("allSessions").asBoolean();
    List<Entity> ended =
        tenant
            .table(Tables.TOKENS)
            .where("linkedUserId", call.caller().userId())
            .filter(it -> all ? it.text("kind").equals("Token") : it.id().equals(token(call)))
            .toList();
    ended.forEach(token -> tenant.remove(Tables.TOKENS, token.id()));
    return Answer.ok(Json.object().put("message", "success"));
  }

  private static String token(Call call) {
    return call.caller().token().id();
  }

  private static Answer token(Call call, Entity user) {
    return Answer.ok(Json.object().put("token", Tokens.session(call.tenant(), user).text()));
  }

  /** The person whom a body's username names. */
  static Optional<Entity> person(Call call) {
    return Directory.named(call.tenant(), call.text("username"))
        .filter(it -> !it.is("isServiceAccount"));
  }

  /** The refusal of a name that nobody has who could log in. */
  static Answer unknown() {
    return Answer.refused(401, "User not found");
  }

  /** The refusal of a code that was never sent, was used, or has expired. */
  static Answer invalidCode() {
    return Answer.refused(403, "Invalid code");
  }

  /** The refusal of somebody who cannot log in. */
  static Optional<Answer> refusal(Call call, Entity user) {
    if (!user.is("isRegistered")) {
      return Optional.of(
          Answer.refused(401, "Not Authorized.").because(user.id() + " has not registered yet"));
    }
    return user.is("isActive")
        ? Optional.empty()
        : Optional.of(Authentication.deactivated(call.tenant(), user));
  }
}

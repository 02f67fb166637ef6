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
import java.util.stream.Stream;

/** How people who lost their credentials get new ones, with a recovery key. */
final class Recovery {

  private static final List<String> RECOVER = List.of("recover");
  private static final String CREDENTIAL = "recoveryCredential";

  private Recovery() {}

  static Map<String, Behaviour> behaviours() {
    return Map.of(
        "createDelegatedRecoveryChallenge", Recovery::delegate,
        "sendRecoveryCode", Recovery::sendCode,
        "createRecoveryChallenge", Recovery::challenge,
        "recover", Recovery::recover);
  }

  private static Answer delegate(Call call) {
    Optional<Entity> user = Login.person(call).filter(it -> it.text("kind").equals("EndUser"));
    return user.isEmpty() ? Login.unknown() : challenge(call, user.get());
  }

  private static Answer sendCode(Call call) {
    Login.person(call)
        .filter(user -> Login.refusal(call, user).isEmpty())
        .ifPresent(user -> Codes.mail(call.tenant(), user, Codes.RECOVERY));
    return Answer.ok(Json.object().put("message", "success"));
  }

  private static Answer challenge(Call call) {
    Optional<Entity> user = Login.person(call);
    if (user.isEmpty()) {
      return Login.unknown();
    }
    return Codes.redeem(call.tenant(), call.text("verificationCode"), Codes.RECOVERY, user.get())
        ? challenge(call, user.get())
        : Login.invalidCode();
  }

  private static Answer challenge(Call call, Entity user) {
    Tenant tenant = call.tenant();
    Optional<Answer> refusal = Login.refusal(call, user);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Optional<Entity> key =
        keys(tenant, user.id())
            .filter(it -> it.text("credentialId").equals(call.text("credentialId")))
            .findFirst();
    if (key.isEmpty()) {
      return Answer.refused(401, "Credential cannot be used as a recovery factor.");
    }
    IssuedToken token =
        TemporaryTokens.issue(tenant, user, RECOVER, Json.object().put(CREDENTIAL, key.get().id()));
    ObjectNode answer = CreationChallenge.completedBy(tenant, user, token);
    answer
        .putArray("allowedRecoveryCredentials")
        .addObject()
        .put("id", key.get().text("credentialId"))
        .put("encryptedRecoveryKey", key.get().hiddenText("encryptedPrivateKey"));
    return Answer.ok(answer);
  }

  private static Answer recover(Call call) {
    Tenant tenant = call.tenant();
    Entity user = call.caller().user();
    Entity token = call.caller().token();
    JsonNode recovery = call.json().path("recovery");
    Optional<String> challenge = RecoveryProof.challenge(call);
    List<Entity> allowed =
        keys(tenant, user.id()).filter(it -> it.id().equals(token.hiddenText(CREDENTIAL))).toList();
    if (challenge.isEmpty()) {
      return refused(call, "the recovery key has not signed these new credentials");
    }
    Factor factor = Factor.of(tenant, recovery, allowed, challenge.get());
    if (factor.credential().isEmpty()) {
      return refused(call, factor.fault());
    }
    Directory.strip(tenant, user);
    return CredentialSet.register(
        tenant, user, call.json().path("newCredentials"), TemporaryTokens.challenge(token));
  }

  private static Stream<Entity> keys(Tenant tenant, String user) {
    return tenant
        .table(Tables.CREDENTIALS)
        .where("owner", user)
        .filter(it -> it.is("isActive") && it.text("kind").equals("RecoveryKey"));
  }

  private static Answer refused(Call call, String reason) {
    return Answer.refused(call.tenant().switches().refusedAssertionStatus(), "Not Authorized.")
        .because(reason);
  }
}

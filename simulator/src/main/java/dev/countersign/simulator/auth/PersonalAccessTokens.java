package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Resource;
import dev.countersign.simulator.crypto.CredentialKey;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.permissions.Assignments;
import dev.countersign.simulator.permissions.Grants;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The tokens with which programs act for their user, each with a key of its own. */
final class PersonalAccessTokens {

  private PersonalAccessTokens() {}

  static Map<String, Behaviour> behaviours() {
    return Map.of(
        "createPersonalAccessToken", PersonalAccessTokens::create,
        "listPersonalAccessTokens", PersonalAccessTokens::list,
        "getPersonalAccessToken", call -> change(call, token -> token),
        "updatePersonalAccessToken",
            call ->
                change(
                    call,
                    token ->
                        call.body().has("name") ? token.with("name", call.text("name")) : token),
        "activatePersonalAccessToken", call -> change(call, token -> token.with("isActive", true)),
        "deactivatePersonalAccessToken",
            call -> change(call, token -> token.with("isActive", false)),
        "archivePersonalAccessToken", call -> change(call, token -> archived(call, token)));
  }

  private static Entity archived(Call call, Entity token) {
    Grants.revokeAll(call.tenant(), token.id());
    return token.with("isActive", false).withHidden(Json.object().put("deleted", true));
  }

  private static Answer create(Call call) {
    Tenant tenant = call.tenant();
    if (CredentialKey.parse(call.text("publicKey")).isEmpty()) {
      return ServiceAccounts.unusableKey();
    }
    String permission = call.text("permissionId");
    if (!permission.isEmpty() && tenant.find(Tables.PERMISSIONS, permission).isEmpty()) {
      return ServiceAccounts.unknownPermission(call, permission);
    }
    IssuedToken issued =
        Directory.personalAccessToken(
            tenant,
            call.caller().user(),
            call.text("name"),
            call.text("publicKey"),
            lifetime(call));
    if (!permission.isEmpty()) {
      tenant.put(Tables.TOKENS, Grants.narrowed(issued.token()));
      Answer assigned =
          Assignments.request(
              call, tenant.get(Tables.PERMISSIONS, permission), issued.token().id());
      if (assigned.status() >= 400) {
        return assigned;
      }
    }
    return Answer.ok(Tokens.view(tenant, issued.token()).put("accessToken", issued.text()));
  }

  private static Duration lifetime(Call call) {
    if (call.body().has("secondsValid")) {
      return Duration.ofSeconds(call.body().get("secondsValid").asLong());
    }
    return call.body().has("daysValid")
        ? Duration.ofDays(call.body().get("daysValid").asLong())
        : Tokens.LIFETIME;
  }

  private static Answer list(Call call) {
    ObjectNode answer = Json.object();
    ArrayNode items = answer.putArray("items");
    call.tenant()
        .table(Tables.TOKENS)
        .where("linkedUserId", call.caller().userId())
        .filter(token -> token.text("kind").equals("Pat") && !Directory.isDeleted(token))
        .forEach(token -> items.add(Tokens.view(call.tenant(), token)));
    return Answer.ok(answer);
  }

  private static Answer change(Call call, UnaryOperator<Entity> change) {
    Tenant tenant = call.tenant();
    return Optional.of(call.resource(Resource.TOKEN))
        .filter(token -> token.text("linkedUserId").equals(call.caller().userId()))
        .map(change)
        .map(
            changed -> {
              tenant.put(Tables.TOKENS, changed);
              return Answer.ok(Tokens.view(tenant, changed));
            })
        .orElseGet(
            () ->
                Answer.refused(404, "token not found")
                    .detail("tokenId", call.resource(Resource.TOKEN).id())
                    .detail("orgId", tenant.id()));
  }
}

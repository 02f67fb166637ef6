package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Resource;
import dev.countersign.simulator.control.Switches.NewServiceAccount;
import dev.countersign.simulator.crypto.CredentialKey;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.permissions.Assigning;
import dev.countersign.simulator.permissions.Assignments;
import dev.countersign.simulator.permissions.Grants;
import dev.countersign.simulator.policies.Policies;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The service accounts of the organisation. */
final class ServiceAccounts {

  private ServiceAccounts() {}

  static Map<String, Behaviour> behaviours() {
    return Map.of(
        "createServiceAccount", ServiceAccounts::create,
        "listServiceAccounts", ServiceAccounts::list,
        "getServiceAccount", call -> Answer.ok(view(call, account(call))),
        "updateServiceAccount", ServiceAccounts::update,
        "activateServiceAccount", ServiceAccounts::activate,
        "deactivateServiceAccount", ServiceAccounts::deactivate,
        "archiveServiceAccount", ServiceAccounts::archive);
  }

  private static Answer create(Call call) {
    Tenant tenant = call.tenant();
    String name = call.text("name");
    if (CredentialKey.parse(call.text("publicKey")).isEmpty()) {
      return unusableKey();
    }
    if (Directory.hasServiceAccount(tenant, name)) {
      return Answer.refused(409, "Service account with the same name already exists");
    }
    String permission = call.text("permissionId");
    if (!permission.isEmpty() && tenant.find(Tables.PERMISSIONS, permission).isEmpty()) {
      return unknownPermission(call, permission);
    }
    Duration lifetime =
        call.body().has("daysValid")
            ? Duration.ofDays(call.body().get("daysValid").asLong())
            : Tokens.LIFETIME;
    IssuedToken issued = Directory.serviceAccount(tenant, name, call.text("publicKey"), lifetime);
    Entity user = tenant.get(Tables.USERS, issued.token().text("linkedUserId"));
    if (call.body().has("externalId")) {
      user = user.withHidden(Json.object().put("externalId", call.text("externalId")));
      tenant.put(Tables.USERS, user);
    }
    if (!permission.isEmpty()) {
      Answer assigned =
          Assignments.request(call, tenant.get(Tables.PERMISSIONS, permission), user.id());
      if (assigned.status() >= 400) {
        return assigned;
      }
    } else if (tenant.switches().newServiceAccount() == NewServiceAccount.INHERITS_FROM_CREATOR) {
      for (Entity inherited :
          tenant.table(Tables.ASSIGNMENTS).where("identityId", call.caller().userId()).toList()) {
        Assigning.assign(tenant, inherited.text("permissionId"), user.id());
      }
    }
    ObjectNode answer = view(call, user);
    ((ObjectNode) answer.path("accessTokens").path(0)).put("accessToken", issued.text());
    return Answer.ok(answer);
  }

  static Answer unusableKey() {
    return Answer.refused(
        400, "publicKey: must be Ed25519, ECDSA, or RSA of at least 2048 bits, as SPKI in PEM");
  }

  static Answer unknownPermission(Call call, String permission) {
    return Answer.refused(404, "permission not found")
        .detail("permissionId", permission)
        .detail("orgId", call.tenant().id());
  }

  private static Answer list(Call call) {
    ObjectNode answer = Json.object();
    ArrayNode items = answer.putArray("items");
    call.tenant()
        .table(Tables.USERS)
        .where("service account", "yes")
        .filter(user -> !Directory.isDeleted(user))
        .forEach(user -> items.add(view(call, user)));
    return Answer.ok(answer);
  }

  private static Answer update(Call call) {
    Tenant tenant = call.tenant();
    Entity account = account(call);
    if (call.body().has("name") && !call.text("name").equals(account.text("name"))) {
      String name = call.text("name");
      if (Directory.hasServiceAccount(tenant, name)) {
        return Answer.refused(409, "Service account with the same name already exists");
      }
      account = account.with("name", name).with("username", name + "@ServiceAccount");
    }
    if (call.body().has("externalId")) {
      account = account.withHidden(Json.object().put("externalId", call.text("externalId")));
    }
    tenant.put(Tables.USERS, account);
    return Answer.ok(view(call, account));
  }

  private static Answer activate(Call call) {
    Entity account = account(call).with("isActive", true);
    call.tenant().put(Tables.USERS, account);
    return Answer.ok(view(call, account));
  }

  private static Answer deactivate(Call call) {
    if (isNeeded(call, call.body().path("force").asBoolean())) {
      return needed();
    }
    Entity account = account(call).with("isActive", false);
    call.tenant().put(Tables.USERS, account);
    return Answer.ok(view(call, account));
  }

  private static Answer archive(Call call) {
    if (isNeeded(call, call.query("force").equalsIgnoreCase("true"))) {
      return needed();
    }
    Tenant tenant = call.tenant();
    Entity account =
        account(call).with("isActive", false).withHidden(Json.object().put("deleted", true));
    tenant.put(Tables.USERS, account);
    tokens(tenant, account).forEach(token -> tenant.remove(Tables.TOKENS, token.id()));
    Grants.revokeAll(tenant, account.id());
    return Answer.ok(view(call, account));
  }

  private static boolean isNeeded(Call call, boolean force) {
    return !force && Policies.nameApprover(call.tenant(), account(call).id());
  }

  private static Answer needed() {
    return Answer.refused(412, "Service account is a policy approver; use force")
        .because("an active policy names it as approver");
  }

  private static Entity account(Call call) {
    return call.resource(Resource.SERVICE_ACCOUNT);
  }

  private static List<Entity> tokens(Tenant tenant, Entity account) {
    return tenant.table(Tables.TOKENS).where("linkedUserId", account.id()).toList();
  }

  private static ObjectNode view(Call call, Entity account) {
    ObjectNode view = Json.object();
    view.set("userInfo", Directory.view(call.tenant(), account));
    ArrayNode tokens = view.putArray("accessTokens");
    tokens(call.tenant(), account).forEach(token -> tokens.add(Tokens.view(call.tenant(), token)));
    return view;
  }
}

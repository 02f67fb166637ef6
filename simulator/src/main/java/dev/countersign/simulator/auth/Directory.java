package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.permissions.Grants;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.time.Duration;

/** Registers humans and service accounts. */
public final class Directory {

  private Directory() {}

  /**
   * A human with a key credential and a token.
   *
   * @param publicKey PEM of a key that a credential may have
   */
  public static IssuedToken human(Tenant tenant, String username, String publicKey) {
    Entity user = user(tenant, username, username, false);
    Entity credential = Credentials.add(tenant, user.id(), username, publicKey);
    user = credentialed(tenant, user, credential);
    return Tokens.issue(
        tenant, user, "Token", username, credential, tenant.switches().humanTokenLifetime());
  }

  /**
   * A service account with a key credential and a token.
   *
   * @param publicKey PEM of a key that a credential may have
   */
  public static IssuedToken serviceAccount(
      Tenant tenant, String name, String publicKey, Duration lifetime) {
    Entity user = user(tenant, name, name + "@ServiceAccount", true);
    Entity credential = Credentials.add(tenant, user.id(), name, publicKey);
    user = credentialed(tenant, user, credential);
    return Tokens.issue(tenant, user, "ServiceAccount", name, credential, lifetime);
  }

  /**
   * A token with which a program acts for a user, and its key credential.
   *
   * @param publicKey PEM of a key that a credential may have
   */
  static IssuedToken personalAccessToken(
      Tenant tenant, Entity user, String name, String publicKey, Duration lifetime) {
    Entity credential = Credentials.add(tenant, user.id(), name, publicKey);
    IssuedToken issued = Tokens.issue(tenant, user, "Pat", name, credential, lifetime);
    // it signs for the token, not for the user
    tenant.put(
        Tables.CREDENTIALS, credential.withHidden(Json.object().put("owner", issued.token().id())));
    return issued;
  }

  /** Whether a service account of that name exists. */
  static boolean hasServiceAccount(Tenant tenant, String name) {
    return tenant
        .table(Tables.USERS)
        .where("username", name + "@ServiceAccount")
        .anyMatch(user -> !isDeleted(user));
  }

  /** Whether a user or token was deleted: it is remembered, and found no more. */
  static boolean isDeleted(Entity entity) {
    return entity.hidden().path("deleted").asBoolean();
  }

  /** What the API shows of a user. */
  static ObjectNode view(Tenant tenant, Entity user) {
    ObjectNode view = user.shown().deepCopy();
    if (user.is("isServiceAccount")) {
      view.remove("isSSORequired");
    }
    view.set("permissionAssignments", Grants.assignments(tenant, user.id()));
    return view;
  }

  private static Entity user(Tenant tenant, String name, String username, boolean serviceAccount) {
    String id = tenant.newId("us");
    ObjectNode shown =
        Json.object()
            .put("username", username)
            .put("name", name)
            .put("userId", id)
            .put("kind", "CustomerEmployee")
            .put("orgId", tenant.id());
    shown.set("permissions", Json.array());
    shown
        .put("isActive", true)
        .put("isServiceAccount", serviceAccount)
        .put("isRegistered", true)
        .put("isSSORequired", false);
    return Entity.of(id, shown);
  }

  private static Entity credentialed(Tenant tenant, Entity user, Entity credential) {
    Entity complete = user.with("credentialUuid", credential.id());
    tenant.put(Tables.USERS, complete);
    return complete;
  }
}

package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.permissions.Assigning;
import dev.countersign.simulator.permissions.Grants;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.time.Duration;
import java.util.Optional;

/** Knows people and service accounts, and registers them without asking anybody. */
public final class Directory {

  private static final String END_USER = "EndUser";

  private Directory() {}

  /**
   * A human with a key credential and a token.
   *
   * @param publicKey PEM of a key that a credential may have
   */
  public static IssuedToken human(Tenant tenant, String username, String publicKey) {
    Entity user = user(tenant, username, username, "CustomerEmployee", false);
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
    Entity user = user(tenant, name, name + "@ServiceAccount", "CustomerEmployee", true);
    Entity credential = Credentials.add(tenant, user.id(), name, publicKey);
    user = credentialed(tenant, user, credential);
    return Tokens.issue(tenant, user, "ServiceAccount", name, credential, lifetime);
  }

  /**
   * An end user with a key credential and a token.
   *
   * @param publicKey PEM of a key that a credential may have
   */
  public static IssuedToken endUser(Tenant tenant, String username, String publicKey) {
    Entity invited = invite(tenant, username, END_USER, "");
    Entity credential = Credentials.add(tenant, invited.id(), username, publicKey);
    Entity user = invited.with("isRegistered", true).with("isActive", true);
    user = credentialed(tenant, user, credential);
    return Tokens.issue(
        tenant, user, "Token", username, credential, tenant.switches().endUserTokenLifetime());
  }

  /**
   * A person who has yet to register, with the permission that such people start with.
   *
   * @param kind {@code CustomerEmployee} or {@code EndUser}
   * @param externalId empty if there is none
   */
  static Entity invite(Tenant tenant, String username, String kind, String externalId) {
    Entity user =
        user(tenant, username, username, kind, false)
            .with("isActive", false)
            .with("isRegistered", false)
            .with("credentialUuid", "")
            .withHidden(Json.object().put("externalId", externalId));
    put(tenant, user);
    if (kind.equals(END_USER)) {
      Entity permission = Assigning.named(tenant, Assigning.DEFAULT_END_USER);
      Assigning.assign(tenant, permission.id(), user.id());
    }
    return user;
  }

  /** Deletes a user with all that signs, speaks or decides for them. */
  static Entity delete(Tenant tenant, Entity user) {
    Entity deleted = user.with("isActive", false).withHidden(Json.object().put("deleted", true));
    put(tenant, deleted);
    strip(tenant, user);
    Grants.revokeAll(tenant, user.id());
    return deleted;
  }

  /** Makes a user's credentials and tokens invalid, and the credentials of these. */
  static void strip(Tenant tenant, Entity user) {
    for (Entity token : tenant.table(Tables.TOKENS).where("linkedUserId", user.id()).toList()) {
      Credentials.forget(tenant, token.id());
      tenant.remove(Tables.TOKENS, token.id());
    }
    Credentials.forget(tenant, user.id());
  }

  /** Whether a username is in use. */
  public static boolean isTaken(Tenant tenant, String username) {
    return named(tenant, username).isPresent();
  }

  /** The user of a name who was not deleted. */
  static Optional<Entity> named(Tenant tenant, String username) {
    return tenant
        .table(Tables.USERS)
        .where("username", username)
        .filter(user -> !isDeleted(user))
        .findFirst();
  }

  /** Adds a user, or puts the user in the place of what was known before. */
  static void put(Tenant tenant, Entity user) {
    tenant.put(Tables.USERS, user);
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
  public static boolean hasServiceAccount(Tenant tenant, String name) {
    return isTaken(tenant, name + "@ServiceAccount");
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

  private static Entity user(
      Tenant tenant, String name, String username, String kind, boolean serviceAccount) {
    String id = tenant.newId("us");
    ObjectNode shown =
        Json.object()
            .put("username", username)
            .put("name", name)
            .put("userId", id)
            .put("kind", kind)
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

package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Times;
import dev.countersign.simulator.crypto.CredentialKey;
import dev.countersign.simulator.crypto.Jwts;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.permissions.Grants;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.time.Duration;
import java.util.Optional;

/** Issues access tokens. */
public final class Tokens {

  /** How long a token is valid unless asked otherwise, and at most. */
  public static final Duration LIFETIME = Duration.ofDays(730);

  static final String ISSUER = "auth.simulator.localhost";
  static final String AUDIENCE = "dfns:auth:user";
  static final String METADATA = "https://custom/app_metadata";
  static final String USERNAME = "https://custom/username";

  private Tokens() {}

  /**
   * Issues a token for a user.
   *
   * @param kind {@code ServiceAccount}, {@code Token} for a human, or {@code Pat}
   * @param credential the credential that signs for it
   */
  public static IssuedToken issue(
      Tenant tenant, Entity user, String kind, String name, Entity credential, Duration lifetime) {
    ObjectNode fields =
        Json.object()
            .put("credId", credential.text("credentialId"))
            .put("publicKey", CredentialKey.fingerprint(credential.text("publicKey")))
            .put("kind", kind)
            .put("name", name);
    return issue(tenant, user, fields, Json.object(), lifetime);
  }

  /**
   * Issues a token that belongs to no single credential.
   *
   * @param hidden what else its record remembers
   */
  static IssuedToken issue(
      Tenant tenant, Entity user, String kind, ObjectNode hidden, Duration lifetime) {
    ObjectNode fields =
        Json.object()
            .put("credId", "")
            .put("publicKey", "")
            .put("kind", kind)
            .put("name", user.text("name"));
    return issue(tenant, user, fields, hidden, lifetime);
  }

  /** Issues the token of somebody who has logged in. */
  static IssuedToken session(Tenant tenant, Entity user) {
    Duration lifetime =
        user.text("kind").equals("EndUser")
            ? tenant.switches().endUserTokenLifetime()
            : tenant.switches().humanTokenLifetime();
    return issue(tenant, user, "Token", Json.object(), lifetime);
  }

  private static IssuedToken issue(
      Tenant tenant, Entity user, ObjectNode fields, ObjectNode hidden, Duration lifetime) {
    String id = tenant.newId("to");
    ObjectNode shown =
        Json.object()
            .put("dateCreated", Times.text(tenant.now()))
            .put("isActive", true)
            .put("linkedUserId", user.id())
            .put("linkedAppId", "")
            .put("orgId", tenant.id())
            .put("tokenId", id);
    shown.setAll(fields);
    Entity token = Entity.of(id, shown).withHidden(hidden);
    tenant.put(Tables.TOKENS, token);
    ObjectNode claims = claims(tenant, AUDIENCE, tenant.id(), id, lifetime);
    claims.put("scope", "").set("permissions", Json.array());
    claims.put(USERNAME, user.text("username"));
    claims
        .putObject(METADATA)
        .put("userId", user.id())
        .put("orgId", tenant.id())
        .put("tokenKind", token.text("kind"));
    return new IssuedToken(token, tenant.jwts().sign(claims));
  }

  /** The organisation that a token says it is of; anybody may have written that. */
  public static Optional<String> claimedOrganisation(String token) {
    return Jwts.unverified(token).map(claims -> claims.path(METADATA).path("orgId").asText());
  }

  /** The user whom claims name; anybody may have written them. */
  public static String claimedUser(JsonNode claims) {
    return claims.path(METADATA).path("userId").asText();
  }

  /** What the API shows of a token. */
  static ObjectNode view(Tenant tenant, Entity token) {
    ObjectNode view = token.shown().deepCopy();
    String identity = token.text("kind").equals("Pat") ? token.id() : token.text("linkedUserId");
    view.set("permissionAssignments", Grants.assignments(tenant, identity));
    return view;
  }

  /** The claims that all tokens have, user actions included. */
  static ObjectNode claims(
      Tenant tenant, String audience, String subject, String id, Duration lifetime) {
    long now = tenant.now().getEpochSecond();
    return Json.object()
        .put("iss", ISSUER)
        .put("aud", audience)
        .put("sub", subject)
        .put("jti", id)
        .put("iat", now)
        .put("exp", now + lifetime.toSeconds());
  }

  /** Whether claims have expired. */
  static boolean expired(Tenant tenant, JsonNode claims) {
    return claims.path("exp").asLong() <= tenant.now().getEpochSecond();
  }
}

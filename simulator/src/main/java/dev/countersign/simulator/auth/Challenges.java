package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.IdentityKind;
import dev.countersign.simulator.crypto.Base64Url;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Hands out challenges: to be answered once, within 15 minutes, by the token that asked. */
final class Challenges {

  /** What challenges are for that a user action comes of. */
  static final String USER_ACTION = "user action";

  private Challenges() {}

  /** {@code POST /auth/action/init}. */
  static Answer forUserAction(Call call) {
    List<Entity> credentials = Credentials.signing(call.tenant(), call.caller()).toList();
    if (credentials.isEmpty()) {
      return Answer.refused(
          401, "User does not have a credential that can be used for the application.");
    }
    ObjectNode bound =
        Json.object()
            .put("purpose", USER_ACTION)
            .put("method", call.text("userActionHttpMethod"))
            .put("path", call.text("userActionHttpPath"))
            .put("payload", call.text("userActionPayload"));
    return Answer.ok(
        AssertionChallenge.complete(
            call.tenant(), issue(call, bound), credentials, needsSecondFactor(call)));
  }

  /** Whether a caller has to sign with two credentials: programs never do. */
  static boolean needsSecondFactor(Call call) {
    IdentityKind kind = call.caller().kind();
    return call.tenant().switches().secondFactorRequired()
        && !call.caller().isPersonalAccessToken()
        && (kind == IdentityKind.CUSTOMER_EMPLOYEE || kind == IdentityKind.END_USER);
  }

  /** A new challenge and its identifier. */
  static ObjectNode issue(Call call, ObjectNode bound) {
    Tenant tenant = call.tenant();
    UserActions.forgetExpired(tenant);
    String id = tenant.newId("ch");
    String challenge = Base64Url.encode(id);
    ObjectNode hidden =
        bound
            .put("tokenId", call.caller().token().id())
            .put("exp", tenant.now().plus(UserActions.LIFETIME).getEpochSecond());
    tenant.put(Tables.CHALLENGES, Entity.of(id, Json.object()).withHidden(hidden));
    ObjectNode claims =
        Tokens.claims(
            tenant, Tokens.AUDIENCE, tenant.id(), tenant.newId("uj"), UserActions.LIFETIME);
    claims.put("scope", "").set("permissions", Json.array());
    claims.put(Tokens.USERNAME, call.caller().user().text("username"));
    ObjectNode metadata =
        claims
            .putObject(Tokens.METADATA)
            .put("userId", call.caller().token().id())
            .put("orgId", tenant.id())
            .put("tokenKind", "Temp")
            .put("challenge", challenge);
    metadata
        .putObject("challengeInfo")
        .put("payload", bound.path("payload").asText())
        .put("method", bound.path("method").asText())
        .put("path", bound.path("path").asText())
        .put("server", "simulator.localhost")
        .put("summary", bound.path("purpose").asText())
        .put("nonce", tenant.newId("no"));
    return Json.object()
        .put("challenge", challenge)
        .put("challengeIdentifier", tenant.jwts().sign(claims));
  }

  /**
   * The challenge that an identifier names.
   *
   * @return nothing if it was never given to this token for this purpose, has expired or was used
   */
  static Optional<Entity> find(Call call, String identifier, String purpose) {
    Tenant tenant = call.tenant();
    Optional<JsonNode> claims =
        tenant
            .jwts()
            .verify(identifier)
            .filter(it -> it.path("aud").asText().equals(Tokens.AUDIENCE))
            .filter(it -> it.path(Tokens.METADATA).path("tokenKind").asText().equals("Temp"))
            .filter(it -> !Tokens.expired(tenant, it));
    return claims
        .flatMap(it -> Base64Url.decode(it.path(Tokens.METADATA).path("challenge").asText()))
        .flatMap(id -> tenant.find(Tables.CHALLENGES, new String(id, StandardCharsets.US_ASCII)))
        .filter(it -> it.hiddenText("tokenId").equals(call.caller().token().id()))
        .filter(it -> it.hiddenText("purpose").equals(purpose));
  }

  /** A challenge as it is handed out. */
  static String text(Entity challenge) {
    return Base64Url.encode(challenge.id());
  }

  /** Makes sure that a challenge is not answered again. */
  static void spend(Tenant tenant, Entity challenge) {
    tenant.remove(Tables.CHALLENGES, challenge.id());
  }
}

package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.crypto.Jwts;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.TableKey;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Issues user actions and redeems them: once each, within 15 minutes, by the token that asked, for
 * the method, path and payload that were signed.
 */
public final class UserActions {

  /** The request header a user action comes in. */
  public static final String HEADER = "X-DFNS-USERACTION";

  static final Duration LIFETIME = Duration.ofMinutes(15);

  private static final String AUDIENCE = "dfns:auth:user:action";
  private static final String INVALID = "user action signature is missing or invalid";
  private static final String USED = "user action has already been used";

  private UserActions() {}

  /**
   * Issues the user action for an answered challenge.
   *
   * @param credentials the first factor, and perhaps a second one
   */
  static String issue(Call call, Entity challenge, List<Entity> credentials) {
    Tenant tenant = call.tenant();
    forgetExpired(tenant);
    String nonce = tenant.newId("no");
    ObjectNode hidden = Json.object().setAll(challenge.hidden());
    hidden.put("exp", tenant.now().plus(LIFETIME).getEpochSecond());
    tenant.put(Tables.USER_ACTIONS, Entity.of(nonce, Json.object()).withHidden(hidden));
    ObjectNode claims =
        Tokens.claims(tenant, AUDIENCE, call.caller().token().id(), tenant.newId("uj"), LIFETIME);
    claims
        .putObject(Tokens.METADATA)
        .put("orgId", tenant.id())
        .put("firstFactorCredentialUuid", credentials.get(0).id())
        .put("secondFactorCredentialUuid", credentials.size() < 2 ? "" : credentials.get(1).id())
        .put("hash", hash(hidden))
        .put("nonce", nonce);
    return tenant.jwts().sign(claims);
  }

  /** Spends the user action that came with a call, or says why it does not fit. */
  public static Optional<Answer> redeem(Call call) {
    Optional<String> header = call.request().header(HEADER);
    if (header.isEmpty() || header.get().isBlank()) {
      return invalid("no " + HEADER + " came with the request");
    }
    Tenant tenant = call.tenant();
    Optional<JsonNode> verified = tenant.jwts().verify(header.get().strip());
    if (verified.isEmpty() || !verified.get().path("aud").asText().equals(AUDIENCE)) {
      return invalid("the " + HEADER + " is no user action of this organisation");
    }
    JsonNode claims = verified.get();
    if (Tokens.expired(tenant, claims)) {
      return invalid("the user action has expired");
    }
    if (!claims.path("sub").asText().equals(call.caller().token().id())) {
      return invalid("the user action belongs to another token");
    }
    Optional<Entity> found =
        tenant.find(Tables.USER_ACTIONS, claims.path(Tokens.METADATA).path("nonce").asText());
    if (found.isEmpty()) {
      return invalid("the user action is not known");
    }
    Entity action = found.get();
    if (action.hidden().path("spent").asBoolean()) {
      return Optional.of(Answer.refused(400, USED));
    }
    Optional<String> mismatch = Binding.of(action).mismatch(call);
    if (mismatch.isPresent()) {
      return invalid(mismatch.get());
    }
    tenant.put(
        Tables.USER_ACTIONS,
        action.withHidden(Json.object().put("spent", true).putNull("payload")));
    return Optional.empty();
  }

  /** The credential that signed the user action of a call, which was redeemed before. */
  public static Optional<String> credential(Call call) {
    return call.request()
        .header(HEADER)
        .flatMap(header -> Jwts.unverified(header.strip()))
        .map(it -> it.path(Tokens.METADATA).path("firstFactorCredentialUuid").asText());
  }

  /** Forgets challenges and user actions that nobody can use any more; they came in that order. */
  static void forgetExpired(Tenant tenant) {
    long now = tenant.now().getEpochSecond();
    for (TableKey table : List.of(Tables.CHALLENGES, Tables.USER_ACTIONS)) {
      tenant
          .table(table)
          .all()
          .takeWhile(entity -> entity.hidden().path("exp").asLong() <= now)
          .forEach(entity -> tenant.remove(table, entity.id()));
    }
  }

  private static Optional<Answer> invalid(String reason) {
    return Optional.of(Answer.refused(403, INVALID).because(reason));
  }

  private static String hash(ObjectNode bound) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String field : List.of("method", "path", "payload")) {
        digest.update(bound.path(field).asText().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java runtime has no SHA-256", e);
    }
  }
}

package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Caller;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What became of a bearer token: the caller, or the refusal. */
public final class Authentication {

  private static final Set<String> BEARERS =
      Set.of("ServiceAccount", "Token", "Pat", TemporaryTokens.KIND);

  private final @Nullable Caller caller;
  private final @Nullable Answer refusal;

  private Authentication(@Nullable Caller caller, @Nullable Answer refusal) {
    this.caller = caller;
    this.refusal = refusal;
  }

  /**
   * Judges a token within the organisation it says it is of.
   *
   * @param operation the name of the operation it is shown for
   */
  public static Authentication of(Tenant tenant, String bearer, String operation) {
    Optional<JsonNode> verified = tenant.jwts().verifyOnce(bearer);
    if (verified.isEmpty()) {
      return refused("the token was not signed here");
    }
    JsonNode claims = verified.get();
    String kind = claims.path(Tokens.METADATA).path("tokenKind").asText();
    // a challenge identifier is of the kind of temporary tokens too
    boolean bearable = BEARERS.contains(kind) && !claims.path(Tokens.METADATA).has("challenge");
    if (!claims.path("aud").asText().equals(Tokens.AUDIENCE) || !bearable) {
      return refused("this token is no access token");
    }
    if (Tokens.expired(tenant, claims)) {
      return refused("the token has expired");
    }
    Optional<Entity> token = tenant.find(Tables.TOKENS, claims.path("jti").asText());
    if (token.isEmpty() || !token.get().is("isActive")) {
      return refused("the token was archived or deactivated");
    }
    boolean temporary = kind.equals(TemporaryTokens.KIND);
    if (temporary && !TemporaryTokens.allows(token.get(), operation)) {
      return refused("a temporary token is good only for what it was issued for");
    }
    if (!temporary && TemporaryTokens.complete(operation)) {
      return refused(operation + " takes the temporary token that came with its challenge");
    }
    Entity user = tenant.get(Tables.USERS, token.get().text("linkedUserId"));
    if (!user.is("isActive") && (user.is("isRegistered") || !temporary)) {
      return new Authentication(null, deactivated(tenant, user));
    }
    return new Authentication(new Caller(user, token.get()), null);
  }

  /** For an operation that takes no token. */
  public static Authentication none() {
    return new Authentication(Caller.nobody(), null);
  }

  /** The refusal of a deactivated account. */
  static Answer deactivated(Tenant tenant, Entity user) {
    return Answer.refused(
            tenant.switches().deactivatedAccountStatus(), "User account has been deactivated.")
        .because(user.id() + " is not active");
  }

  /** No or no usable token. */
  public static Authentication refused(String reason) {
    return new Authentication(null, Answer.refused(401, "Not Authorized.").because(reason));
  }

  /** Who calls, if the token is good. */
  public Optional<Caller> caller() {
    return Optional.ofNullable(caller);
  }

  /** Why not, if it is not. */
  public Optional<Answer> refusal() {
    return Optional.ofNullable(refusal);
  }
}

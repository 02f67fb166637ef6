package dev.countersign.simulator.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import java.util.Objects;

/**
 * Who calls.
 *
 * @param user the user, human or service account
 * @param token the token that came with the request
 */
public record Caller(Entity user, Entity token) {

  /** Checks the components. */
  public Caller {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(token, "token");
  }

  /** Whoever calls what is called without a token. */
  public static Caller nobody() {
    Entity nobody = Entity.of("", Json.object());
    return new Caller(nobody, nobody);
  }

  /** What kind of identity it is; an end user stays one whatever token it calls with. */
  public IdentityKind kind() {
    if (user.id().isEmpty()) {
      return IdentityKind.NOBODY;
    }
    if (user.text("kind").equals("EndUser")) {
      return IdentityKind.END_USER;
    }
    if (isPersonalAccessToken()) {
      return IdentityKind.PERSONAL_ACCESS_TOKEN;
    }
    return user.is("isServiceAccount")
        ? IdentityKind.SERVICE_ACCOUNT
        : IdentityKind.CUSTOMER_EMPLOYEE;
  }

  /** Whether it is a service account. */
  public boolean isServiceAccount() {
    return kind() == IdentityKind.SERVICE_ACCOUNT;
  }

  /** Whether a program calls in a user's stead. */
  public boolean isPersonalAccessToken() {
    return token.text("kind").equals("Pat");
  }

  /** Whether it only completes a registration or recovery. */
  public boolean isTemporary() {
    return token.text("kind").equals("Temp");
  }

  /**
   * Whether it is an end user or a program that acts for one: what is delegated to it is all it
   * has.
   */
  public boolean isEndUser() {
    return user.text("kind").equals("EndUser");
  }

  /** The user's identifier. */
  public String userId() {
    return user.id();
  }

  /** Whose credentials sign for it: a personal access token has its own. */
  public String credentialOwner() {
    return isPersonalAccessToken() ? token.id() : user.id();
  }

  /** The requester as requests show it. */
  public ObjectNode requester() {
    return Json.object().put("userId", user.id()).put("tokenId", token.id());
  }

  /** Kind and user. */
  @Override
  public String toString() {
    return kind().text() + " " + user.id();
  }
}

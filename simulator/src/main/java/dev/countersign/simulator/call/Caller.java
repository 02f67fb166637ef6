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

  /** Who calls an operation that takes no token. */
  public static Caller nobody() {
    return new Caller(Entity.of("", Json.object()), Entity.of("", Json.object()));
  }

  /** What kind of identity it is. */
  public IdentityKind kind() {
    if (token.text("kind").equals("Pat")) {
      return IdentityKind.PERSONAL_ACCESS_TOKEN;
    }
    if (user.is("isServiceAccount")) {
      return IdentityKind.SERVICE_ACCOUNT;
    }
    return user.text("kind").equals("EndUser")
        ? IdentityKind.END_USER
        : IdentityKind.CUSTOMER_EMPLOYEE;
  }

  /** Whether it is a service account. */
  public boolean isServiceAccount() {
    return kind() == IdentityKind.SERVICE_ACCOUNT;
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
    return kind() == IdentityKind.PERSONAL_ACCESS_TOKEN ? token.id() : user.id();
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

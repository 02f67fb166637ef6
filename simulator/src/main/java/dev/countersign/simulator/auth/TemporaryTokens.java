package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.crypto.Base64Url;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.util.Collection;
import java.util.Set;

/**
 * The tokens that complete a registration or recovery, once. Each remembers its challenge, and is
 * good for nothing but the operations it was issued for.
 */
final class TemporaryTokens {

  /** What a token is called that is one of these. */
  static final String KIND = "Temp";

  /** The operations that take a temporary token and no other. */
  private static final Set<String> COMPLETIONS = Set.of("register", "registerEndUser", "recover");

  private TemporaryTokens() {}

  /** Whether an operation takes a temporary token and no other. */
  static boolean complete(String operation) {
    return COMPLETIONS.contains(operation);
  }

  /**
   * Issues one.
   *
   * @param operations the names of the operations it is good for
   * @param remembered what else it remembers
   */
  static IssuedToken issue(
      Tenant tenant, Entity user, Collection<String> operations, ObjectNode remembered) {
    ObjectNode hidden = remembered.put("challenge", Base64Url.encode(tenant.newId("ch")));
    hidden.set("operations", Json.texts(operations));
    return Tokens.issue(tenant, user, KIND, hidden, tenant.switches().temporaryTokenLifetime());
  }

  /** Whether it is good for an operation. */
  static boolean allows(Entity token, String operation) {
    return token
        .hidden()
        .path("operations")
        .valueStream()
        .anyMatch(allowed -> allowed.asText().equals(operation));
  }

  /** The challenge that came with it, as it was handed out. */
  static String challenge(Entity token) {
    return token.hiddenText("challenge");
  }

  /** Makes sure that it completes nothing else. */
  static void spend(Tenant tenant, Entity token) {
    tenant.remove(Tables.TOKENS, token.id());
  }
}

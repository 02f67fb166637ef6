package dev.countersign.simulator.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A permission that is needed if every given condition holds.
 *
 * @param permission the permission
 * @param bodyHas the dotted path of a field that has to be in the body; empty: no such condition
 * @param bodyLacks the dotted path of a field that must not be in the body; empty: no such
 *     condition
 * @param walletOwnerKind the identity kind that has to own the wallet; empty: no such condition
 */
public record ConditionalPermission(
    String permission, String bodyHas, String bodyLacks, String walletOwnerKind) {

  /** Checks the components. */
  public ConditionalPermission {
    Objects.requireNonNull(permission, "permission");
  }

  static ConditionalPermission of(JsonNode json) {
    JsonNode when = json.path("when");
    return new ConditionalPermission(
        json.path("permission").asText(),
        when.path("bodyHas").asText(),
        when.path("bodyLacks").asText(),
        when.path("walletOwnerKind").asText());
  }

  /** Whether it is needed for a body and, if that matters, a wallet's owner. */
  public boolean neededFor(JsonNode body, Supplier<String> walletOwner) {
    return (bodyHas.isEmpty() || has(body, bodyHas))
        && (bodyLacks.isEmpty() || !has(body, bodyLacks))
        && (walletOwnerKind.isEmpty() || walletOwnerKind.equals(walletOwner.get()));
  }

  private static boolean has(JsonNode body, String path) {
    JsonNode node = body.at("/" + path.replace('.', '/'));
    return !node.isMissingNode() && !node.isNull();
  }
}

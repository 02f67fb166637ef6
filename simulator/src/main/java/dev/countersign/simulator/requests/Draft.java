package dev.countersign.simulator.requests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.policies.Spend;
import dev.countersign.simulator.state.Entity;
import java.util.List;
import java.util.Objects;

/**
 * A request before it is taken up.
 *
 * @param body what is asked for, as the request shows it
 * @param parent the fields that say what the request is of, the wallet's identifier say
 * @param more the fields that it shows besides, which do not tell it from another
 * @param wallets the wallets whose key is used
 * @param spend what leaves them
 * @param hidden what the request remembers without showing it
 */
public record Draft(
    JsonNode body,
    ObjectNode parent,
    ObjectNode more,
    List<Entity> wallets,
    Spend spend,
    ObjectNode hidden) {

  /** Copies the list. */
  public Draft {
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(parent, "parent");
    Objects.requireNonNull(more, "more");
    wallets = List.copyOf(wallets);
    Objects.requireNonNull(spend, "spend");
    Objects.requireNonNull(hidden, "hidden");
  }

  /** One that hides nothing. */
  public static Draft of(JsonNode body, ObjectNode parent, List<Entity> wallets, Spend spend) {
    return new Draft(body, parent, Json.object(), wallets, spend, Json.object());
  }

  /** One of a wallet that hides nothing. */
  public static Draft of(JsonNode body, Entity wallet, Spend spend) {
    return of(body, parent(wallet), List.of(wallet), spend);
  }

  /** This with something to remember without showing it. */
  public Draft remembering(String field, String value) {
    return new Draft(body, parent, more, wallets, spend, hidden.deepCopy().put(field, value));
  }

  /** This with fields to show besides, such as what its asset is worth just now. */
  public Draft showing(ObjectNode besides) {
    return new Draft(body, parent, besides, wallets, spend, hidden);
  }

  /** The fields that say that a request is of a wallet. */
  public static ObjectNode parent(Entity wallet) {
    return Json.object().put("walletId", wallet.id()).put("network", wallet.text("network"));
  }
}

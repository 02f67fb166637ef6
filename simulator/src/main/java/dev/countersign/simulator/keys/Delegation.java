package dev.countersign.simulator.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.webhooks.Events;
import java.util.Optional;

/**
 * Whose keys are. A key that is made for an end user, or by one, is the end user's from the start;
 * one that was made with {@code delayDelegation} can be delegated later. Neither can be undone, and
 * a key's wallets always belong to whom the key belongs to.
 */
public final class Delegation {

  private static final String OWNER = "delegatedTo";
  private static final String DELAYED = "delayDelegation";

  private Delegation() {}

  /** Whose a key that a call makes will be; empty: the organisation's. */
  public static String owner(Call call) {
    return call.caller().isEndUser() ? call.caller().userId() : call.text("delegateTo");
  }

  /** Whom lists mean by an owner: the user of that name, or else of that identifier. */
  public static String named(Tenant tenant, String owner) {
    return tenant
        .table(Tables.USERS)
        .where("username", owner)
        .findFirst()
        .map(Entity::id)
        .orElse(owner);
  }

  /** The refusal if a call makes a key for somebody who cannot have it. */
  public static Optional<Answer> refusal(Call call) {
    String wanted = call.text("delegateTo");
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    return owner(call).equals(wanted)
        ? refusal(call, wanted)
        : Optional.of(Answer.refused(403, "An end user's keys are its own"));
  }

  /** The refusal if somebody cannot have a key. */
  private static Optional<Answer> refusal(Call call, String userId) {
    Optional<Entity> user =
        call.tenant()
            .find(Tables.USERS, userId)
            .filter(it -> !it.hidden().path("deleted").asBoolean());
    if (user.isEmpty()) {
      return Optional.of(Answer.refused(404, "user not found").detail("userId", userId));
    }
    return user.get().text("kind").equals("EndUser")
        ? Optional.empty()
        : Optional.of(
            Answer.refused(400, "Keys are delegated to end users only").detail("userId", userId));
  }

  /** Remembers of a key that was just made whether it can be delegated later. */
  public static void remember(Call call, Entity key) {
    if (call.json().path(DELAYED).asBoolean()) {
      call.tenant().put(Tables.KEYS, key.withHidden(Json.object().put(DELAYED, true)));
    }
  }

  /**
   * Gives a key and its wallets to somebody.
   *
   * @return the refusal, if it cannot be
   */
  public static Optional<Answer> delegate(Call call, Entity key, String userId) {
    Optional<Answer> refusal =
        Keys.unusable(call, key)
            .or(
                () ->
                    key.hidden().path(DELAYED).asBoolean()
                        ? Optional.empty()
                        : Optional.of(
                            Answer.refused(412, "key was not made with delayDelegation")
                                .detail("keyId", key.id())))
            .or(() -> refusal(call, userId));
    if (refusal.isEmpty()) {
      delegate(call.tenant(), key, userId);
    }
    return refusal;
  }

  private static void delegate(Tenant tenant, Entity key, String userId) {
    ObjectNode owner = Json.object().put(OWNER, userId);
    Entity delegated = key.with("custodial", false).withHidden(owner);
    tenant.put(Tables.KEYS, delegated);
    Events.record(tenant, "key.delegated", "key", delegated.shown());
    for (Entity wallet : tenant.table(Tables.WALLETS).where("key", key.id()).toList()) {
      ObjectNode signingKey = Json.changed((ObjectNode) wallet.get("signingKey"), owner);
      Entity given =
          wallet.with("custodial", false).with(Json.object().set("signingKey", signingKey));
      tenant.put(Tables.WALLETS, given);
      Events.record(tenant, "wallet.delegated", "wallet", given.shown());
    }
  }
}

package dev.countersign.simulator.wallets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Times;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.keys.Delegation;
import dev.countersign.simulator.keys.KeyRing;
import dev.countersign.simulator.keys.KeyShares;
import dev.countersign.simulator.keys.Keys;
import dev.countersign.simulator.keys.Network;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.webhooks.Events;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How wallets come to be: with a key of their own, with one that is there, or with an imported one.
 */
final class NewWallets {

  private NewWallets() {}

  static Map<String, Behaviour> behaviours() {
    return Map.of("createWallet", NewWallets::create, "importWallet", NewWallets::take);
  }

  private static Answer create(Call call) {
    Tenant tenant = call.tenant();
    JsonNode wanted = call.body().path("signingKey");
    Network network = Network.of(call.text("network"));
    if (wanted.has("deriveFrom")) {
      return Answer.refused(501, "The simulator does not simulate derived keys yet");
    }
    Optional<Answer> refusal =
        Delegation.refusal(call).or(() -> Keys.unknownStore(call, wanted.path("storeId").asText()));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    String curve = wanted.path("curve").asText(network.curve());
    String scheme = wanted.path("scheme").asText(network.scheme());
    Optional<Entity> key;
    if (wanted.has("id")) {
      key = tenant.find(Tables.KEYS, wanted.path("id").asText());
      Optional<Answer> unusable = unusable(call, key, network);
      if (unusable.isPresent()) {
        return unusable.get();
      }
    } else {
      if (!signs(network, scheme, curve)) {
        return Answer.refused(
            400,
            "Validation error: signingKey: a key of "
                + scheme
                + " on "
                + curve
                + " does not go with "
                + network.name());
      }
      key = KeyRing.create(tenant, scheme, curve, Delegation.owner(call), Json.object());
      key.ifPresent(it -> Delegation.remember(call, it));
    }
    return key.map(it -> Answer.ok(store(call, network, it).shown()))
        .orElseGet(() -> Keys.notSimulated(curve));
  }

  private static Optional<Answer> unusable(Call call, Optional<Entity> key, Network network) {
    if (key.isEmpty()) {
      return Optional.of(
          Answer.refused(404, "key not found")
              .detail("keyId", call.body().at("/signingKey/id"))
              .detail("orgId", call.tenant().id()));
    }
    Optional<Answer> unusable = Keys.unusable(call, key.get());
    if (unusable.isPresent()) {
      return unusable;
    }
    return signs(network, key.get().text("scheme"), key.get().text("curve"))
        ? Optional.empty()
        : Optional.of(
            Answer.refused(
                400,
                "Validation error: signingKey.id: the key does not go with " + network.name()));
  }

  private static Answer take(Call call) {
    Network network = Network.of(call.text("network"));
    Optional<Answer> refusal = KeyShares.refusal(call);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (!call.text("curve").equals(network.curve()) || call.text("protocol").endsWith("DH")) {
      return Answer.refused(
          400, "Validation error: curve: the key does not go with " + network.name());
    }
    return KeyShares.take(call)
        .map(key -> Answer.ok(store(call, network, key).shown()))
        .orElseGet(() -> Keys.notSimulated(call.text("curve")));
  }

  /** Whether a network's wallets sign with such keys. */
  private static boolean signs(Network network, String scheme, String curve) {
    return curve.equals(network.curve()) && !scheme.equals("DH") && Keys.fits(scheme, curve);
  }

  private static Entity store(Call call, Network network, Entity key) {
    Tenant tenant = call.tenant();
    String id = tenant.newId("wa");
    String owner = key.hiddenText("delegatedTo");
    ObjectNode shown = Json.object().put("id", id).put("network", network.name());
    shown.put("address", network.address(KeyRing.pair(tenant, key)));
    ObjectNode signingKey =
        shown
            .putObject("signingKey")
            .put("id", key.id())
            .put("scheme", key.text("scheme"))
            .put("curve", key.text("curve"))
            .put("publicKey", key.text("publicKey"));
    if (!owner.isEmpty()) {
      signingKey.put("delegatedTo", owner);
    }
    shown
        .put("status", Activation.isNeededOn(network.name()) ? "Inactive" : "Active")
        .put("dateCreated", Times.text(tenant.now()))
        .put("custodial", owner.isEmpty());
    for (String field : new String[] {"name", "externalId"}) {
      if (call.body().has(field)) {
        shown.put(field, call.text(field));
      }
    }
    Set<String> tags = new LinkedHashSet<>();
    call.body().path("tags").forEach(tag -> tags.add(tag.asText()));
    shown.set("tags", Json.texts(tags));
    Entity wallet = Entity.of(id, shown);
    tenant.put(Tables.WALLETS, wallet);
    Events.record(tenant, "wallet.created", "wallet", wallet.shown());
    return wallet;
  }
}

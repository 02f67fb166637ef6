package dev.countersign.simulator.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Pages;
import dev.countersign.simulator.call.Resource;
import dev.countersign.simulator.call.Times;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.webhooks.Events;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The keys themselves. */
public final class Keys {

  /** The key store that there is. */
  private static final String STORE = "default";

  private Keys() {}

  /** By the operation's name, signatures included. */
  public static Map<String, Behaviour> behaviours(Signatures signatures) {
    Map<String, Behaviour> all = new HashMap<>(signatures.behaviours());
    all.put("createKey", Keys::create);
    all.put("listKeys", Keys::list);
    all.put("getKey", call -> Answer.ok(details(call.tenant(), call.resource(Resource.KEY))));
    all.put("updateKey", Keys::update);
    all.put("deleteKey", Keys::delete);
    all.put("importKey", Keys::take);
    all.put("exportKey", call -> KeyShares.give(call, call.resource(Resource.KEY)));
    all.put("delegateKey", Keys::delegate);
    all.put("deriveKey", Derivation::derive);
    return all;
  }

  private static Answer create(Call call) {
    String curve = call.text("curve");
    if (call.body().has("deriveFrom")) {
      return Answer.refused(501, "The simulator does not simulate derived keys yet");
    }
    if (!fits(call.text("scheme"), curve)) {
      return Answer.refused(
          400, "Validation error: scheme: " + call.text("scheme") + " does not go with " + curve);
    }
    Optional<Answer> refusal =
        Delegation.refusal(call).or(() -> unknownStore(call, call.text("storeId")));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    ObjectNode shown = Json.object();
    if (call.body().has("name")) {
      shown.put("name", call.text("name"));
    }
    if (call.body().path("masterKey").asBoolean()) {
      shown.put("masterKey", true);
    }
    Optional<Entity> key =
        KeyRing.create(call.tenant(), call.text("scheme"), curve, Delegation.owner(call), shown);
    key.ifPresent(it -> Delegation.remember(call, it));
    return key.map(it -> Answer.ok(it.shown())).orElseGet(() -> notSimulated(curve));
  }

  /** The refusal of a new key from a store that is not there; one that is not named is. */
  public static Optional<Answer> unknownStore(Call call, String store) {
    return store.isEmpty() || store.equals(STORE)
        ? Optional.empty()
        : Optional.of(
            Answer.refused(404, "key store not found")
                .detail("storeId", store)
                .detail("orgId", call.tenant().id()));
  }

  private static Answer take(Call call) {
    return KeyShares.refusal(call)
        .orElseGet(
            () ->
                KeyShares.take(call)
                    .map(key -> Answer.ok(key.shown()))
                    .orElseGet(() -> notSimulated(call.text("curve"))));
  }

  private static Answer delegate(Call call) {
    Entity key = call.resource(Resource.KEY);
    return Delegation.delegate(call, key, call.text("delegateTo"))
        .orElseGet(
            () -> Answer.ok(Json.object().put("keyId", key.id()).put("status", "Delegated")));
  }

  /** The refusal of a curve that is not simulated. */
  public static Answer notSimulated(String curve) {
    return Answer.refused(
        501, "The simulator does not simulate keys on the curve " + curve + " yet");
  }

  /** Whether there are keys of a scheme on a curve. */
  public static boolean fits(String scheme, String curve) {
    return switch (scheme) {
      case "EdDSA" -> curve.equals("ed25519");
      case "ECDSA" -> !curve.equals("ed25519");
      case "Schnorr", "DH" -> curve.equals("secp256k1");
      default -> true;
    };
  }

  private static Answer list(Call call) {
    String owner =
        call.caller().isEndUser()
            ? call.caller().userId()
            : Delegation.named(call.tenant(), call.query("owner"));
    return Pages.page(
        call,
        Pages.USUAL,
        after ->
            owner.isEmpty()
                ? call.tenant().table(Tables.KEYS).after(after)
                : call.tenant().table(Tables.KEYS).after(after, "owner", owner),
        Entity::shown,
        Json.object());
  }

  private static Answer update(Call call) {
    Optional<Answer> archived = archived(call, call.resource(Resource.KEY));
    if (archived.isPresent()) {
      return archived.get();
    }
    Entity key = call.resource(Resource.KEY).with(call.body());
    call.tenant().put(Tables.KEYS, key);
    return Answer.ok(key.shown());
  }

  /** Archives the key, and with it the wallets that cannot sign without it. */
  private static Answer delete(Call call) {
    Optional<Answer> archived = archived(call, call.resource(Resource.KEY));
    if (archived.isPresent()) {
      return archived.get();
    }
    Tenant tenant = call.tenant();
    ObjectNode end =
        Json.object().put("status", "Archived").put("dateDeleted", Times.text(tenant.now()));
    Entity key = call.resource(Resource.KEY).with(end);
    tenant.put(Tables.KEYS, key);
    Events.record(tenant, "key.deleted", "key", key.shown());
    for (Entity wallet : tenant.table(Tables.WALLETS).where("key", key.id()).toList()) {
      tenant.put(Tables.WALLETS, wallet.with(end));
    }
    return Answer.ok(key.shown());
  }

  /** The refusal if a key is archived. */
  static Optional<Answer> archived(Call call, Entity key) {
    return key.text("status").equals("Archived")
        ? Optional.of(
            Answer.refused(422, "key is archived")
                .detail("keyId", key.id())
                .detail("orgId", call.tenant().id()))
        : Optional.empty();
  }

  /** The refusal if a key cannot sign: it is archived, or was exported. */
  public static Optional<Answer> unusable(Call call, Entity key) {
    return archived(call, key)
        .or(
            () ->
                key.is("exported")
                    ? Optional.of(Answer.refused(412, "key was exported").detail("keyId", key.id()))
                    : Optional.empty());
  }

  /** Why a key that signed when a request was taken up does not sign it any more, if so. */
  public static Optional<String> lost(Tenant tenant, String keyId, Entity request) {
    Entity key = tenant.get(Tables.KEYS, keyId);
    if (key.text("status").equals("Archived")) {
      return Optional.of("the key was deleted");
    }
    if (key.is("exported")) {
      return Optional.of("the key was exported");
    }
    String owner = key.hiddenText("delegatedTo");
    return owner.isEmpty() || owner.equals(request.get("requester").path("userId").asText())
        ? Optional.empty()
        : Optional.of("the key was delegated");
  }

  private static ObjectNode details(Tenant tenant, Entity key) {
    ObjectNode view = key.shown().deepCopy();
    ArrayNode wallets = view.putArray("wallets");
    tenant
        .table(Tables.WALLETS)
        .where("key", key.id())
        .forEach(
            wallet ->
                wallets.addObject().put("id", wallet.id()).put("network", wallet.text("network")));
    view.putObject("store").put("id", STORE).put("kind", "Mpc").put("keyId", key.id());
    return view;
  }
}

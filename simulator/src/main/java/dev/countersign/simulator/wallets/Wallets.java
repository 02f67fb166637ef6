package dev.countersign.simulator.wallets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.IdentityKind;
import dev.countersign.simulator.call.Pages;
import dev.countersign.simulator.call.Resource;
import dev.countersign.simulator.call.Times;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.keys.KeyRing;
import dev.countersign.simulator.keys.Keys;
import dev.countersign.simulator.keys.Network;
import dev.countersign.simulator.keys.Signatures;
import dev.countersign.simulator.requests.Draft;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The wallets themselves. */
public final class Wallets {

  private static final int MOST_TAGS = 10;

  private Wallets() {}

  /** By the operation's name, transfers, transactions and signatures included. */
  public static Map<String, Behaviour> behaviours(
      Transfers transfers, Transactions transactions, Signatures signatures) {
    Map<String, Behaviour> all = new HashMap<>(transfers.behaviours());
    all.putAll(transactions.behaviours());
    all.putAll(new Replacements(transactions.requests()).behaviours());
    all.putAll(new WalletSignatures(signatures).behaviours());
    all.putAll(History.behaviours());
    all.put("createWallet", Wallets::create);
    all.put("listWallets", Wallets::list);
    all.put("getWallet", call -> Answer.ok(wallet(call).shown()));
    all.put("updateWallet", Wallets::update);
    all.put("tagWallet", call -> tag(call, true));
    all.put("untagWallet", call -> tag(call, false));
    all.put("getWalletAssets", call -> empty(call, "assets"));
    all.put("getWalletNfts", call -> empty(call, "nfts"));
    return all;
  }

  private static Answer create(Call call) {
    Tenant tenant = call.tenant();
    JsonNode wanted = call.body().path("signingKey");
    Network network = Network.of(call.text("network"));
    if (wanted.has("deriveFrom")) {
      return Answer.refused(501, "The simulator does not simulate derived keys yet");
    }
    String owner = call.text("delegateTo");
    if (!owner.isEmpty() && tenant.find(Tables.USERS, owner).isEmpty()) {
      return Answer.refused(404, "user not found").detail("userId", owner);
    }
    String curve = wanted.path("curve").asText(network.curve());
    Optional<Entity> key;
    if (wanted.has("id")) {
      key = tenant.find(Tables.KEYS, wanted.path("id").asText());
      Optional<Answer> unusable = unusable(call, key, network);
      if (unusable.isPresent()) {
        return unusable.get();
      }
    } else {
      key =
          KeyRing.create(
              tenant, wanted.path("scheme").asText(network.scheme()), curve, owner, Json.object());
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
    if (key.get().text("status").equals("Archived")) {
      return Optional.of(Answer.refused(422, "key is archived").detail("keyId", key.get().id()));
    }
    return key.get().text("curve").equals(network.curve())
        ? Optional.empty()
        : Optional.of(
            Answer.refused(
                400,
                "Validation error: signingKey.id: the key's curve does not go with "
                    + network.name()));
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
        .put("status", "Active")
        .put("dateCreated", Times.text(tenant.now()))
        .put("custodial", owner.isEmpty());
    for (String field : new String[] {"name", "externalId"}) {
      if (call.body().has(field)) {
        shown.put(field, call.text(field));
      }
    }
    shown.set("tags", Json.texts(texts(call.body().path("tags"))));
    Entity wallet = Entity.of(id, shown);
    tenant.put(Tables.WALLETS, wallet);
    return wallet;
  }

  private static Answer list(Call call) {
    Tenant tenant = call.tenant();
    Optional<String> owner = owner(call);
    return Pages.page(
        call,
        Pages.USUAL,
        after ->
            owner
                .map(it -> tenant.table(Tables.WALLETS).after(after, "owner", it))
                .orElseGet(() -> tenant.table(Tables.WALLETS).after(after)),
        Entity::shown,
        Json.object());
  }

  /** Whose wallets are asked for: only delegated wallets have an owner. */
  private static Optional<String> owner(Call call) {
    if (call.caller().kind() == IdentityKind.END_USER) {
      return Optional.of(call.caller().userId());
    }
    if (!call.query("ownerId").isEmpty()) {
      return Optional.of(call.query("ownerId"));
    }
    String name =
        call.query("ownerUsername").isEmpty() ? call.query("owner") : call.query("ownerUsername");
    if (name.isEmpty()) {
      return Optional.empty();
    }
    return call.tenant()
        .table(Tables.USERS)
        .where("username", name)
        .findFirst()
        .map(Entity::id)
        .or(() -> Optional.of(name));
  }

  private static Answer update(Call call) {
    Optional<Answer> archived = Usable.archived(call, wallet(call));
    if (archived.isPresent()) {
      return archived.get();
    }
    Entity wallet = wallet(call).with(call.body());
    call.tenant().put(Tables.WALLETS, wallet);
    return Answer.ok(wallet.shown());
  }

  private static Answer tag(Call call, boolean add) {
    Optional<Answer> archived = Usable.archived(call, wallet(call));
    if (archived.isPresent()) {
      return archived.get();
    }
    Set<String> tags = new LinkedHashSet<>(texts(wallet(call).get("tags")));
    Collection<String> change = texts(call.body().path("tags"));
    if (add) {
      tags.addAll(change);
    } else {
      tags.removeAll(change);
    }
    if (tags.size() > MOST_TAGS) {
      return Answer.refused(400, "Validation error: tags: a wallet has at most " + MOST_TAGS);
    }
    Entity tagged = wallet(call).with(Json.object().set("tags", Json.texts(tags)));
    call.tenant().put(Tables.WALLETS, tagged);
    return Answer.ok(Json.object());
  }

  private static Answer empty(Call call, String field) {
    ObjectNode answer = Draft.parent(wallet(call));
    answer.putArray(field);
    return Answer.ok(answer);
  }

  private static Entity wallet(Call call) {
    return call.resource(Resource.WALLET);
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new LinkedHashSet<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }
}

package dev.countersign.simulator.wallets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Pages;
import dev.countersign.simulator.call.Resource;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.keys.Delegation;
import dev.countersign.simulator.keys.KeyShares;
import dev.countersign.simulator.keys.Signatures;
import dev.countersign.simulator.requests.Draft;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.webhooks.Events;
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
    all.putAll(new Activation(transactions.requests()).behaviours());
    all.putAll(new Offers(transactions.requests()).behaviours());
    all.putAll(NewWallets.behaviours());
    all.put("listWallets", Wallets::list);
    all.put("getWallet", call -> Answer.ok(wallet(call).shown()));
    all.put("updateWallet", Wallets::update);
    all.put("tagWallet", call -> tag(call, true));
    all.put("untagWallet", call -> tag(call, false));
    all.put("exportWallet", Wallets::export);
    all.put("delegateWallet", Wallets::delegate);
    all.put("getWalletAssets", Holdings::assets);
    all.put("getWalletNfts", call -> empty(call, "nfts"));
    return all;
  }

  private static Answer export(Call call) {
    Entity wallet = wallet(call);
    return Usable.archived(call, wallet)
        .orElseGet(() -> KeyShares.give(call, Usable.key(call, wallet)));
  }

  private static Answer delegate(Call call) {
    Entity wallet = wallet(call);
    return Usable.archived(call, wallet)
        .or(() -> Delegation.delegate(call, Usable.key(call, wallet), call.text("userId")))
        .orElseGet(
            () -> Answer.ok(Json.object().put("walletId", wallet.id()).put("status", "Delegated")));
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
    if (call.caller().isEndUser()) {
      return Optional.of(call.caller().userId());
    }
    if (!call.query("ownerId").isEmpty()) {
      return Optional.of(call.query("ownerId"));
    }
    String name =
        call.query("ownerUsername").isEmpty() ? call.query("owner") : call.query("ownerUsername");
    return name.isEmpty() ? Optional.empty() : Optional.of(Delegation.named(call.tenant(), name));
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
    Set<String> before = texts(wallet(call).get("tags"));
    Set<String> tags = new LinkedHashSet<>(before);
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
    if (!tags.equals(before)) {
      ObjectNode event = Json.object().set("wallet", tagged.shown());
      event.set("tagsAdded", Json.texts(without(tags, before)));
      event.set("tagsRemoved", Json.texts(without(before, tags)));
      Events.record(call.tenant(), "wallet.tags.modified", event);
    }
    return Answer.ok(Json.object());
  }

  private static Set<String> without(Set<String> tags, Set<String> others) {
    Set<String> rest = new LinkedHashSet<>(tags);
    rest.removeAll(others);
    return rest;
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

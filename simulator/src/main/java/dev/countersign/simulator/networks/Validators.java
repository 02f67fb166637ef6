package dev.countersign.simulator.networks;

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
import java.util.Map;
import java.util.function.Function;

/**
 * Canton validators. Where a custom one is and the secret it is reached with are taken and
 * forgotten: nothing calls it.
 */
final class Validators {

  /** The networks by their name in paths. */
  private static final Map<String, String> NETWORKS =
      Map.of(
          "canton", "Canton",
          "canton-testnet", "CantonTestnet",
          "canton-devnet", "CantonDevnet");

  private Validators() {}

  static Map<String, Behaviour> behaviours() {
    return Map.of(
        "createCantonValidator", call -> onCanton(call, Validators::create),
        "listCantonValidators", call -> onCanton(call, Validators::list),
        "getCantonValidator", call -> Answer.ok(validator(call).shown()),
        "updateCantonValidator", Validators::update,
        "deleteCantonValidator", Validators::delete);
  }

  private static Answer onCanton(Call call, Function<Call, Answer> behaviour) {
    return NETWORKS.containsKey(path(call))
        ? behaviour.apply(call)
        : Answer.refused(
            400,
            "Validation error: network: one of " + NETWORKS.keySet().stream().sorted().toList());
  }

  private static Answer create(Call call) {
    Tenant tenant = call.tenant();
    String id = tenant.newId("cv");
    ObjectNode shown =
        Json.object()
            .put("id", id)
            .put("orgId", tenant.id())
            .put("network", NETWORKS.getOrDefault(path(call), ""))
            .put("kind", call.text("kind"))
            .put("dateCreated", Times.text(tenant.now()))
            .put("partyHint", "simulated-" + id.substring(id.length() - 8));
    if (call.body().has("name")) {
      shown.put("name", call.text("name"));
    }
    Entity validator = Entity.of(id, shown).withHidden(Json.object().put("path", path(call)));
    tenant.put(Tables.VALIDATORS, validator);
    return Answer.ok(shown);
  }

  private static Answer list(Call call) {
    return Pages.page(
        call,
        Pages.USUAL,
        after -> call.tenant().table(Tables.VALIDATORS).after(after, "path", path(call)),
        Entity::shown,
        Json.object());
  }

  private static Answer update(Call call) {
    Entity validator = validator(call);
    boolean moves = call.body().has("validator") || call.body().has("ledger");
    if (moves && validator.text("kind").equals("Shared")) {
      return Answer.refused(400, "Validation error: validator: a Shared one is where it is");
    }
    if (call.body().has("name")) {
      validator = validator.with("name", call.text("name"));
      call.tenant().put(Tables.VALIDATORS, validator);
    }
    return Answer.ok(validator.shown());
  }

  private static Answer delete(Call call) {
    Entity validator = validator(call);
    boolean used =
        call.tenant()
            .table(Tables.WALLETS)
            .all()
            .filter(wallet -> wallet.text("status").equals("Active"))
            .anyMatch(wallet -> wallet.text("validatorId").equals(validator.id()));
    if (used) {
      return Answer.refused(412, "validator has wallets").detail("validatorId", validator.id());
    }
    call.tenant().remove(Tables.VALIDATORS, validator.id());
    return Answer.ok(validator.shown());
  }

  private static Entity validator(Call call) {
    return call.resource(Resource.VALIDATOR);
  }

  private static String path(Call call) {
    return call.parameters().getOrDefault("network", "");
  }
}

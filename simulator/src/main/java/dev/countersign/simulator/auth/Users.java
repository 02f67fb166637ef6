package dev.countersign.simulator.auth;

import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Pages;
import dev.countersign.simulator.call.Resource;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import java.util.Map;

/** The humans of the organisation. */
final class Users {

  private Users() {}

  static Map<String, Behaviour> behaviours() {
    return Map.of(
        "listUsers", Users::list,
        "getUser", call -> view(call, call.resource(Resource.USER)),
        "activateUser", call -> activate(call, true),
        "deactivateUser", call -> activate(call, false));
  }

  private static Answer list(Call call) {
    String kind = call.query("kind");
    return Pages.page(
        call,
        Pages.USUAL,
        after ->
            call.tenant()
                .table(Tables.USERS)
                .after(after, "service account", "no")
                .filter(row -> kind.isEmpty() || row.entity().text("kind").equals(kind)),
        user -> Directory.view(call.tenant(), user),
        Json.object());
  }

  private static Answer activate(Call call, boolean active) {
    Entity user = call.resource(Resource.USER).with("isActive", active);
    call.tenant().put(Tables.USERS, user);
    return view(call, user);
  }

  private static Answer view(Call call, Entity user) {
    return Answer.ok(Directory.view(call.tenant(), user));
  }
}

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

/** The people of the organisation. */
final class Users {

  private static final String EMPLOYEE = "CustomerEmployee";

  private Users() {}

  static Map<String, Behaviour> behaviours() {
    return Map.of(
        "listUsers", Users::list,
        "getUser", call -> view(call, call.resource(Resource.USER)),
        "createUser", Users::create,
        "updateUser", Users::update,
        "archiveUser", Users::archive,
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
                .filter(row -> !Directory.isDeleted(row.entity()))
                .filter(row -> kind.isEmpty() || row.entity().text("kind").equals(kind)),
        user -> Directory.view(call.tenant(), user),
        Json.object());
  }

  /** Invites somebody, who registers with the code that is mailed. */
  private static Answer create(Call call) {
    String kind = call.text("kind");
    if (!kind.equals(EMPLOYEE)) {
      return Answer.refused(400, "Validation error: kind: must be " + EMPLOYEE);
    }
    if (call.body().has("publicKey")) {
      return Answer.refused(501, "The simulator does not simulate users created with a publicKey");
    }
    if (Directory.isTaken(call.tenant(), call.text("email"))) {
      return Registration.taken();
    }
    Entity user =
        Directory.invite(call.tenant(), call.text("email"), kind, call.text("externalId"))
            .with("isSSORequired", call.body().path("isSSORequired").asBoolean());
    Directory.put(call.tenant(), user);
    Codes.mail(call.tenant(), user, Codes.REGISTRATION);
    return view(call, user);
  }

  private static Answer update(Call call) {
    Entity user =
        call.resource(Resource.USER)
            .with("isSSORequired", call.body().path("isSSORequired").asBoolean());
    Directory.put(call.tenant(), user);
    return view(call, user);
  }

  private static Answer archive(Call call) {
    Entity user = Directory.delete(call.tenant(), call.resource(Resource.USER));
    return view(call, user);
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

package dev.countersign.simulator.auth;

import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import java.util.Map;
import java.util.Optional;

/** How people get their tokens. */
final class Login {

  private Login() {}

  static Map<String, Behaviour> behaviours() {
    return Map.of("delegatedLogin", Login::delegated);
  }

  private static Answer delegated(Call call) {
    Optional<Entity> user =
        Directory.named(call.tenant(), call.text("username"))
            .filter(it -> it.text("kind").equals("EndUser"));
    if (user.isEmpty()) {
      return unknown();
    }
    return refusal(call, user.get())
        .orElseGet(
            () ->
                Answer.ok(
                    Json.object().put("token", Tokens.session(call.tenant(), user.get()).text())));
  }

  /** The refusal of a name that nobody has who could log in. */
  static Answer unknown() {
    return Answer.refused(401, "User not found");
  }

  /** The refusal of somebody who cannot log in. */
  static Optional<Answer> refusal(Call call, Entity user) {
    if (!user.is("isRegistered")) {
      return Optional.of(
          Answer.refused(401, "Not Authorized.").because(user.id() + " has not registered yet"));
    }
    return user.is("isActive")
        ? Optional.empty()
        : Optional.of(Authentication.deactivated(call.tenant(), user));
  }
}

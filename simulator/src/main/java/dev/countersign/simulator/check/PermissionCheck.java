package dev.countersign.simulator.check;

import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.permissions.Grants;
import dev.countersign.simulator.spec.ConditionalPermission;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether the caller's permissions cover the operation and what its body asks for. */
final class PermissionCheck implements Check {

  @Override
  public Optional<Answer> refusal(Call call) {
    Collection<String> needed = needed(call);
    for (String operation : needed) {
      if (!Grants.allow(call.tenant(), call.caller(), operation)) {
        call.tenant().traffic().lacked(call.caller().userId(), operation);
        return Optional.of(
            Answer.refused(403, message(call, operation))
                .because(call.caller().userId() + " lacks the permission " + operation));
      }
    }
    for (String operation : needed) {
      call.tenant().traffic().used(call.caller().userId(), operation);
    }
    return Optional.empty();
  }

  private static Collection<String> needed(Call call) {
    if (call.operation().conditionalPermissions().isEmpty()) {
      return call.operation().permissions();
    }
    Set<String> needed = new TreeSet<>(call.operation().permissions());
    for (ConditionalPermission conditional : call.operation().conditionalPermissions()) {
      if (conditional.neededFor(call.json(), () -> walletOwner(call))) {
        needed.add(conditional.permission());
      }
    }
    return needed;
  }

  /** The sentence for whoever may not do something. */
  static String message(Call call, String operation) {
    return call.caller().kind().text()
        + " "
        + call.caller().userId()
        + " is not authorized to perform operation ("
        + operation
        + ")";
  }

  private static String walletOwner(Call call) {
    String wallet = call.parameters().getOrDefault("walletId", call.text("walletId"));
    return call.tenant()
        .find(Tables.WALLETS, wallet)
        .filter(it -> !it.is("custodial"))
        .map(Entity::id)
        .map(id -> "EndUser")
        .orElse("");
  }
}

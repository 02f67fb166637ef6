package dev.countersign.simulator.check;

import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.control.Switches.Rule;
import dev.countersign.simulator.permissions.Grants;
import dev.countersign.simulator.spec.ConditionalPermission;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether the caller's permissions cover the operation and what its body asks for. */
final class PermissionCheck implements Check {

  @Override
  public Optional<Answer> refusal(Call call) {
    Collection<String> needed = needed(call);
    List<String> lacked = new ArrayList<>(0);
    for (String operation : needed) {
      if (!Grants.allow(call.tenant(), call.caller(), operation)) {
        lacked.add(operation);
        call.tenant().traffic().lacked(call.caller().user(), operation);
      }
    }
    if (lacked.isEmpty() || isLenient(call)) {
      for (String operation : needed) {
        if (!lacked.contains(operation)) {
          call.tenant().traffic().used(call.caller().user(), operation);
        }
      }
    }
    return lacked.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Answer.refused(403, message(call, lacked.get(0)))
                .because(call.caller().userId() + " lacks the permission " + lacked.get(0)));
  }

  /** Whether the request goes on though a permission is lacking. */
  private static boolean isLenient(Call call) {
    return call.tenant().switches().lenient().contains(Rule.PERMISSION);
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

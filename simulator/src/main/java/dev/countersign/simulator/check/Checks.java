package dev.countersign.simulator.check;

import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.control.Switches.Refusal;
import dev.countersign.simulator.spec.RequestSchemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The checks in their order. Route, form of the body, and bearer token come before, when there is
 * no call yet; duplicates and policies come after, when the operation is at work.
 */
public final class Checks {

  private final RequestSchemas schemas;

  /** With the schemas of requests. */
  public Checks(RequestSchemas schemas) {
    this.schemas = schemas;
  }

  /** The first refusal, or nothing if the call passes all. */
  public Optional<Answer> refusal(Call call) {
    for (Check check : inOrder(call)) {
      Optional<Answer> refusal = check.refusal(call);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  /** The first refusal of what a call says, whoever calls and with whatever right. */
  public Optional<Answer> unsound(Call call) {
    return new SchemaCheck(schemas).refusal(call).or(() -> new ResourceCheck().refusal(call));
  }

  private List<Check> inOrder(Call call) {
    List<Check> checks = new ArrayList<>();
    for (Refusal refusal : call.tenant().switches().refusalOrder()) {
      checks.add(
          switch (refusal) {
            case IDENTITY_KIND -> new IdentityCheck();
            case USER_ACTION -> new UserActionCheck();
            case PERMISSION -> new PermissionCheck();
          });
    }
    checks.add(new SchemaCheck(schemas));
    checks.add(new ResourceCheck());
    checks.add(new OwnerCheck());
    return checks;
  }
}

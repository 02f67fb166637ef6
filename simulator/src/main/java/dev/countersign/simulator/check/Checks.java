package dev.countersign.simulator.check;

import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.control.Switches.Refusal;
import dev.countersign.simulator.control.Switches.Rule;
import dev.countersign.simulator.spec.RequestSchemas;
import java.util.LinkedHashMap;
import java.util.Map;
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

  /** The first refusal, or nothing if the call passes all, or is let pass. */
  public Optional<Answer> refusal(Call call) {
    for (Map.Entry<Check, Optional<Rule>> check : inOrder(call).entrySet()) {
      Optional<Answer> refusal = check.getKey().refusal(call);
      if (refusal.isPresent() && !isLetPass(call, check.getValue(), refusal.get())) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  /** The first refusal of what a call says, whoever calls and with whatever right. */
  public Optional<Answer> unsound(Call call) {
    return new SchemaCheck(schemas).refusal(call).or(() -> new ResourceCheck().refusal(call));
  }

  private static boolean isLetPass(Call call, Optional<Rule> rule, Answer refusal) {
    boolean passes = rule.filter(call.tenant().switches().lenient()::contains).isPresent();
    if (passes) {
      call.tenant()
          .decisions()
          .add(
              "let pass, lenient with "
                  + rule.get()
                  + ": "
                  + call.request().method()
                  + " "
                  + call.request().path()
                  + ": "
                  + refusal.reason());
    }
    return passes;
  }

  /** Each check, and the rule by which it can be told to let pass, if there is one. */
  private Map<Check, Optional<Rule>> inOrder(Call call) {
    Map<Check, Optional<Rule>> checks = new LinkedHashMap<>();
    for (Refusal refusal : call.tenant().switches().refusalOrder()) {
      switch (refusal) {
        case IDENTITY_KIND -> checks.put(new IdentityCheck(), Optional.of(Rule.IDENTITY_KIND));
        case USER_ACTION -> checks.put(new UserActionCheck(), Optional.of(Rule.USER_ACTION));
        case PERMISSION -> checks.put(new PermissionCheck(), Optional.of(Rule.PERMISSION));
      }
    }
    checks.put(this::unknownParameter, Optional.of(Rule.UNKNOWN_QUERY));
    checks.put(new SchemaCheck(schemas), Optional.empty());
    checks.put(new ResourceCheck(), Optional.empty());
    checks.put(new OwnerCheck(), Optional.empty());
    return checks;
  }

  private Optional<Answer> unknownParameter(Call call) {
    return schemas
        .unknownParameter(call.operation(), call.query())
        .map(fault -> Answer.refused(400, "Validation error: " + fault));
  }
}

package dev.countersign.simulator.check;

import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.control.Switches.Refusal;
import dev.countersign.simulator.control.Switches.Rule;
import dev.countersign.simulator.spec.RequestSchemas;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The checks in their order. Route, form of the body, and bearer token come before, when there is
 * no call yet; duplicates and policies come after, when the operation is at work.
 */
public final class Checks {

  /**
   * A check and the rule by which it can be told to let pass.
   *
   * @param rule null if it never lets pass
   */
  private record Step(Check check, @Nullable Rule rule) {}

  private final Map<Refusal, Step> first = new EnumMap<>(Refusal.class);
  private final List<Step> then;
  private final List<Step> sound;

  /** With the schemas of requests. */
  public Checks(RequestSchemas schemas) {
    first.put(Refusal.IDENTITY_KIND, new Step(new IdentityCheck(), Rule.IDENTITY_KIND));
    first.put(Refusal.USER_ACTION, new Step(new UserActionCheck(), Rule.USER_ACTION));
    first.put(Refusal.PERMISSION, new Step(new PermissionCheck(), Rule.PERMISSION));
    this.sound =
        List.of(new Step(new SchemaCheck(schemas), null), new Step(new ResourceCheck(), null));
    this.then =
        List.of(
            new Step(call -> unknownParameter(schemas, call), Rule.UNKNOWN_QUERY),
            sound.get(0),
            sound.get(1),
            new Step(new OwnerCheck(), null));
  }

  /** The first refusal, or nothing if the call passes all, or is let pass. */
  public Optional<Answer> refusal(Call call) {
    for (Refusal refusal : call.tenant().switches().refusalOrder()) {
      Optional<Answer> refused = refusal(call, Objects.requireNonNull(first.get(refusal)));
      if (refused.isPresent()) {
        return refused;
      }
    }
    return refusal(call, then);
  }

  /** The first refusal of what a call says, whoever calls and with whatever right. */
  public Optional<Answer> unsound(Call call) {
    return refusal(call, sound);
  }

  private static Optional<Answer> refusal(Call call, List<Step> steps) {
    for (Step step : steps) {
      Optional<Answer> refused = refusal(call, step);
      if (refused.isPresent()) {
        return refused;
      }
    }
    return Optional.empty();
  }

  private static Optional<Answer> refusal(Call call, Step step) {
    return step.check().refusal(call).filter(refusal -> !isLetPass(call, step.rule(), refusal));
  }

  private static boolean isLetPass(Call call, @Nullable Rule rule, Answer refusal) {
    boolean passes = rule != null && call.tenant().switches().lenient().contains(rule);
    if (passes) {
      call.tenant()
          .decisions()
          .add(
              "let pass, lenient with "
                  + rule
                  + ": "
                  + call.request().method()
                  + " "
                  + call.request().path()
                  + ": "
                  + refusal.reason());
    }
    return passes;
  }

  private static Optional<Answer> unknownParameter(RequestSchemas schemas, Call call) {
    return schemas
        .unknownParameter(call.operation(), call.query())
        .map(fault -> Answer.refused(400, "Validation error: " + fault));
  }
}

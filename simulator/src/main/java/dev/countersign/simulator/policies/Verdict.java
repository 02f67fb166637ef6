package dev.countersign.simulator.policies;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What the policies say to an activity. Immutable. */
public final class Verdict {

  /** The three answers. */
  public enum Outcome {
    /** It may take effect. */
    CLEARED,
    /** It has to wait for an approval. */
    NEEDS_APPROVAL,
    /** It must not take effect. */
    BLOCKED
  }

  private final Outcome outcome;
  private final String reason;
  private final List<ObjectNode> evaluations;
  private final List<ObjectNode> groups;
  private final long timeoutMinutes;

  private Verdict(
      Outcome outcome,
      String reason,
      List<ObjectNode> evaluations,
      List<ObjectNode> groups,
      long timeoutMinutes) {
    this.outcome = outcome;
    this.reason = reason;
    this.evaluations = List.copyOf(evaluations);
    this.groups = List.copyOf(groups);
    this.timeoutMinutes = timeoutMinutes;
  }

  /** No policy matched. */
  public static Verdict cleared() {
    return new Builder().build();
  }

  /** What they say. */
  public Outcome outcome() {
    return outcome;
  }

  /** Why it is blocked or has to wait, for people. */
  public String reason() {
    return reason;
  }

  /** How each policy was evaluated, as approvals show it. */
  ArrayNode evaluations() {
    return Json.array().addAll(evaluations);
  }

  /** The groups that have to agree, all of them. */
  ArrayNode groups() {
    return Json.array().addAll(groups);
  }

  /** After how many minutes silence is a denial, if ever. */
  OptionalLong timeoutMinutes() {
    return timeoutMinutes == Long.MAX_VALUE
        ? OptionalLong.empty()
        : OptionalLong.of(timeoutMinutes);
  }

  /** Collects a verdict. */
  static final class Builder {
    private Outcome outcome = Outcome.CLEARED;
    private String reason = "";
    private final List<ObjectNode> evaluations = new ArrayList<>();
    private final List<ObjectNode> groups = new ArrayList<>();
    private long timeoutMinutes = Long.MAX_VALUE;

    void evaluated(String policyId, boolean triggered, String why) {
      ObjectNode evaluation =
          Json.object().put("policyId", policyId).put("triggered", triggered).put("reason", why);
      evaluation.putObject("context");
      evaluations.add(evaluation);
    }

    void block(String why) {
      outcome = Outcome.BLOCKED;
      reason = why;
    }

    void ask(List<ObjectNode> more, OptionalLong minutes, String why) {
      groups.addAll(more);
      timeoutMinutes = Math.min(timeoutMinutes, minutes.orElse(Long.MAX_VALUE));
      if (outcome == Outcome.CLEARED) {
        outcome = Outcome.NEEDS_APPROVAL;
        reason = why;
      }
    }

    Verdict build() {
      return new Verdict(outcome, reason, evaluations, groups, timeoutMinutes);
    }
  }
}

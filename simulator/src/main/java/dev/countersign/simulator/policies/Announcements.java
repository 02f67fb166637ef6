package dev.countersign.simulator.policies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Times;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.webhooks.Events;

/** What webhooks are told of policies (docs.dfns.co, Webhook Events). */
public final class Announcements {

  private static final String APPROVAL = "approval";

  private Announcements() {}

  /**
   * Tells which policies an activity triggered.
   *
   * @param name what events show the activity's subject under, such as {@code transferRequest}
   */
  public static void triggered(
      Tenant tenant, Verdict verdict, String activityKind, String name, ObjectNode subject) {
    for (JsonNode evaluation : verdict.evaluations()) {
      if (evaluation.path("triggered").asBoolean()) {
        ObjectNode shown =
            Json.object()
                .put("id", tenant.newId("plce"))
                .put("triggered", true)
                .put("reason", evaluation.path("reason").asText())
                .put("date", Times.text(tenant.now()));
        shown.set(
            "policy", tenant.get(Tables.POLICIES, evaluation.path("policyId").asText()).shown());
        shown.putObject("activity").put("kind", activityKind).set(name, subject);
        shown.putObject("context");
        Events.record(tenant, "policy.triggered", "policyEvaluation", shown);
      }
    }
  }

  /** Tells that an activity waits for an approval. */
  public static void pending(Tenant tenant, String approvalId, String name, ObjectNode subject) {
    ObjectNode approval = tenant.get(Tables.APPROVALS, approvalId).shown().deepCopy();
    approval.withObject("activity").set(name, subject);
    Events.record(tenant, "policy.approval.pending", APPROVAL, approval);
  }

  /** Tells how an approval ended. */
  static void resolved(Tenant tenant, ObjectNode approval) {
    Events.record(tenant, "policy.approval.resolved", APPROVAL, approval);
  }

  /** Tells how an activity ended that no approval was needed for, if a policy looked at it. */
  public static void decided(Tenant tenant, Verdict verdict, String activityKind, String id) {
    if (!verdict.evaluations().isEmpty()) {
      ended(tenant, activityKind, id, verdict.outcome() == Verdict.Outcome.CLEARED);
    }
  }

  /** Tells how an activity ended. */
  static void ended(Tenant tenant, String activityKind, String id, boolean cleared) {
    Events.record(
        tenant,
        "policy.activity.resolved",
        Json.object()
            .put("activityId", id)
            .put("activityKind", activityKind)
            .put("status", cleared ? "Cleared" : "Blocked"));
  }
}

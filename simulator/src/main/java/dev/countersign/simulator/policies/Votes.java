package dev.countersign.simulator.policies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Pages;
import dev.countersign.simulator.call.Resource;
import dev.countersign.simulator.call.Times;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.util.List;
import java.util.Map;

/** Looking at approvals and voting in them: once a user, and one denial is enough. */
final class Votes {

  private static final int USUAL = 20;

  private final Approvals approvals;

  Votes(Approvals approvals) {
    this.approvals = approvals;
  }

  Map<String, Behaviour> behaviours() {
    return Map.of(
        "listApprovals", this::list,
        "getApproval", this::get,
        "createApprovalDecision", this::vote);
  }

  private Answer list(Call call) {
    String status = call.query("status");
    String initiator = call.query("initiatorId");
    String approver = call.query("approverId");
    return Pages.page(
        call,
        USUAL,
        after ->
            call.tenant()
                .table(Tables.APPROVALS)
                .after(after)
                .filter(row -> status.isEmpty() || row.entity().text("status").equals(status))
                .filter(
                    row ->
                        initiator.isEmpty() || row.entity().text("initiatorId").equals(initiator))
                .filter(
                    row -> approver.isEmpty() || isApprover(call.tenant(), row.entity(), approver)),
        approval -> approvals.view(call.tenant(), approval),
        Json.object());
  }

  private Answer get(Call call) {
    return Answer.ok(approvals.view(call.tenant(), call.resource(Resource.APPROVAL)));
  }

  private Answer vote(Call call) {
    Tenant tenant = call.tenant();
    Entity approval = call.resource(Resource.APPROVAL);
    Entity user = call.caller().user();
    boolean approves = call.text("value").equals("Approved");
    if (!approval.text("status").equals("Pending")) {
      return Answer.refused(412, "Policy approval is " + approval.text("status"));
    }
    if (!isApprover(tenant, approval, user.id()) && !isInitiator(call, approval)) {
      return call.caller().isServiceAccount()
          ? Answer.refused(
                  tenant.switches().refusedVoteStatus(),
                  "Service account " + user.id() + " cannot approve: no group admits it")
              .because("no group admits this service account")
          : Answer.refused(403, "User " + user.id() + " is not an approver");
    }
    if (hasVoted(approval, user.id())) {
      return Answer.refused(409, "User " + user.id() + " has already decided");
    }
    List<Group> groups = Approvals.groups(approval);
    String initiator = approval.text("initiatorId");
    if (approves
        && groups.stream().noneMatch(group -> group.countsApproval(tenant, user, initiator))) {
      return Answer.refused(403, "Policy approval forbidden for initiator");
    }
    Entity voted = voted(call, approval);
    tenant.put(Tables.APPROVALS, voted);
    if (!approves) {
      voted = approvals.resolve(tenant, voted, "Denied");
    } else if (hasQuorum(tenant, voted, groups)) {
      voted = approvals.resolve(tenant, voted, "Approved");
    }
    return Answer.ok(approvals.view(tenant, voted));
  }

  /** Whether a human votes on what they asked for: they may always deny it. */
  private static boolean isInitiator(Call call, Entity approval) {
    return !call.caller().isServiceAccount()
        && approval.text("initiatorId").equals(call.caller().userId());
  }

  private static Entity voted(Call call, Entity approval) {
    String now = Times.text(call.now());
    ArrayNode decisions = approval.get("decisions").deepCopy();
    decisions
        .addObject()
        .put("userId", call.caller().userId())
        .put("date", now)
        .put("value", call.text("value"))
        .set("reason", call.body().has("reason") ? call.body().get("reason") : null);
    return approval.with(Json.object().set("decisions", decisions)).with("dateUpdated", now);
  }

  private static boolean hasQuorum(Tenant tenant, Entity approval, List<Group> groups) {
    return groups.stream().allMatch(group -> count(tenant, approval, group) >= group.quorum());
  }

  private static int count(Tenant tenant, Entity approval, Group group) {
    int count = 0;
    for (JsonNode decision : approval.get("decisions")) {
      Entity voter = tenant.get(Tables.USERS, decision.path("userId").asText());
      if (decision.path("value").asText().equals("Approved")
          && group.countsApproval(tenant, voter, approval.text("initiatorId"))) {
        count++;
      }
    }
    return count;
  }

  private static boolean isApprover(Tenant tenant, Entity approval, String userId) {
    return tenant
        .find(Tables.USERS, userId)
        .filter(
            user ->
                Approvals.groups(approval).stream().anyMatch(group -> group.admits(tenant, user)))
        .isPresent();
  }

  private static boolean hasVoted(Entity approval, String userId) {
    for (JsonNode decision : approval.get("decisions")) {
      if (decision.path("userId").asText().equals(userId)) {
        return true;
      }
    }
    return false;
  }
}

package dev.countersign.simulator.policies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The policies themselves. */
public final class Policies {

  /** What changes of policies are called. */
  public static final String KIND = "Policy";

  private static final int USUAL = 20;

  private Policies() {}

  /** By the operation's name, approvals included. */
  public static Map<String, Behaviour> behaviours(Approvals approvals) {
    Map<String, Behaviour> all = new HashMap<>(new Votes(approvals).behaviours());
    all.put("createPolicy", Policies::create);
    all.put("listPolicies", Policies::list);
    all.put("getPolicy", Policies::get);
    all.put("updatePolicy", Policies::update);
    all.put("archivePolicy", Policies::archive);
    return all;
  }

  /** Lets a change of a policy take effect. */
  public static Optional<String> apply(Tenant tenant, Change change) {
    Entity policy = tenant.get(Tables.POLICIES, change.entityId());
    if (policy.text("status").equals("Archived")) {
      return Optional.of("the policy was archived");
    }
    tenant.put(
        Tables.POLICIES,
        Entity.of(policy.id(), change.body()).with("dateUpdated", Times.text(tenant.now())));
    return Optional.empty();
  }

  /** Whether an active policy names a user as approver. */
  public static boolean nameApprover(Tenant tenant, String userId) {
    return tenant
        .table(Tables.POLICIES)
        .where("status", "Active")
        .flatMap(policy -> policy.get("action").path("approvalGroups").valueStream())
        .anyMatch(group -> new Group(group).names(userId));
  }

  private static Answer create(Call call) {
    Optional<Answer> fault = fault(call);
    if (fault.isPresent()) {
      return fault.get();
    }
    Tenant tenant = call.tenant();
    String id = tenant.newId("plc");
    Entity policy = Entity.of(id, described(call, id, Times.text(tenant.now())));
    tenant.put(Tables.POLICIES, policy);
    return Answer.ok(policy.shown());
  }

  private static Answer list(Call call) {
    String status = call.query("status");
    return Pages.page(
        call,
        USUAL,
        after ->
            status.isEmpty()
                ? call.tenant().table(Tables.POLICIES).after(after)
                : call.tenant().table(Tables.POLICIES).after(after, "status", status),
        policy -> view(call.tenant(), policy),
        Json.object());
  }

  private static Answer get(Call call) {
    return Answer.ok(view(call.tenant(), call.resource(Resource.POLICY)));
  }

  private static Answer update(Call call) {
    Entity policy = call.resource(Resource.POLICY);
    Optional<Answer> fault = fault(call);
    return fault.isPresent()
        ? fault.get()
        : change(call, policy, described(call, policy.id(), policy.text("dateCreated")));
  }

  private static Answer archive(Call call) {
    Entity policy = call.resource(Resource.POLICY);
    return change(call, policy, policy.with("status", "Archived").shown());
  }

  private static Answer change(Call call, Entity policy, ObjectNode body) {
    if (policy.text("status").equals("Archived")) {
      return Answer.refused(422, "Policy is archived")
          .detail("policyId", policy.id())
          .detail("orgId", call.tenant().id());
    }
    Change change = new Change(KIND, "Update", policy.id(), body);
    return ChangeRequests.submit(
        call,
        Activity.change(Activity.MODIFY_POLICY, policy.id()),
        change,
        () -> {
          apply(call.tenant(), change);
          return Answer.ok(call.tenant().get(Tables.POLICIES, policy.id()).shown());
        });
  }

  /** What is wrong with a policy beyond its schema. */
  private static Optional<Answer> fault(Call call) {
    String rule = call.body().path("rule").path("kind").asText();
    if (!Rules.knows(rule)) {
      return Optional.of(
          Answer.refused(501, "The simulator does not simulate the rule " + rule + " yet"));
    }
    Set<String> assets = new HashSet<>();
    for (JsonNode asset : call.body().at("/rule/configuration/assets")) {
      String named = asset.path("network").asText() + " " + asset.path("tid").asText();
      if (!assets.add(named.toLowerCase(Locale.ROOT))) {
        return Optional.of(
            Answer.refused(
                400, "Validation error: rule.configuration.assets: " + named + " comes twice"));
      }
    }
    return Optional.empty();
  }

  private static ObjectNode described(Call call, String id, String dateCreated) {
    ObjectNode shown = Json.object().put("id", id);
    shown.setAll(call.body());
    return shown
        .put("status", "Active")
        .put("dateCreated", dateCreated)
        .put("dateUpdated", Times.text(call.now()));
  }

  private static ObjectNode view(Tenant tenant, Entity policy) {
    ObjectNode view = policy.shown().deepCopy();
    ChangeRequests.pending(tenant, policy.id())
        .ifPresent(pending -> view.set("pendingChangeRequest", pending));
    return view;
  }
}

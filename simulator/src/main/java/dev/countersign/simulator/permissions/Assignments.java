package dev.countersign.simulator.permissions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Pages;
import dev.countersign.simulator.call.Resource;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.policies.Activity;
import dev.countersign.simulator.policies.Change;
import dev.countersign.simulator.policies.ChangeRequests;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.util.Map;
import java.util.Optional;

/** Who has which permission. */
public final class Assignments {

  /** What changes of assignments are called. */
  public static final String KIND = "Assignment";

  private Assignments() {}

  static Map<String, Behaviour> behaviours() {
    return Map.of(
        "createAssignment", Assignments::create,
        "listAssignments", Assignments::list,
        "deleteAssignment", Assignments::delete);
  }

  /** Lets a change of an assignment take effect. */
  public static Optional<String> apply(Tenant tenant, Change change) {
    return change.operation().equals("Delete") ? revoke(tenant, change) : assign(tenant, change);
  }

  private static Optional<String> revoke(Tenant tenant, Change change) {
    if (tenant.find(Tables.ASSIGNMENTS, change.entityId()).isEmpty()) {
      return Optional.of("the permission is not assigned any more");
    }
    tenant.remove(Tables.ASSIGNMENTS, change.entityId());
    return Optional.empty();
  }

  private static Optional<String> assign(Tenant tenant, Change change) {
    String permission = change.body().path("permissionId").asText();
    String identity = change.body().path("identityId").asText();
    if (existing(tenant, permission, identity)) {
      return Optional.of("the permission is already assigned");
    }
    if (tenant.get(Tables.PERMISSIONS, permission).is("isArchived")) {
      return Optional.of("the permission was archived");
    }
    if (!exists(tenant, identity)) {
      return Optional.of("the identity was deleted");
    }
    Assigning.assign(tenant, change.entityId(), permission, identity);
    return Optional.empty();
  }

  /** Assigns a permission, or has the assignment wait for an approval. */
  public static Answer request(Call call, Entity permission, String identity) {
    Tenant tenant = call.tenant();
    if (permission.is("isArchived")) {
      return Permissions.archived(call, permission);
    }
    if (existing(tenant, permission.id(), identity)) {
      return Answer.refused(409, "Permission is already assigned to this identity");
    }
    String id = tenant.newId("as");
    Change change = new Change(KIND, "Create", id, body(id, permission.id(), identity));
    return ChangeRequests.submit(
        call,
        Activity.change(Activity.ASSIGN_PERMISSION, permission.id()),
        change,
        () -> {
          apply(tenant, change);
          return Answer.ok(tenant.get(Tables.ASSIGNMENTS, id).shown());
        });
  }

  private static Answer create(Call call) {
    String identity = call.text("identityId");
    if (!exists(call.tenant(), identity)) {
      return Answer.refused(404, "identity not found")
          .detail("identityId", identity)
          .detail("orgId", call.tenant().id());
    }
    return request(call, call.resource(Resource.PERMISSION), identity);
  }

  private static Answer list(Call call) {
    String permission = call.resource(Resource.PERMISSION).id();
    return Pages.page(
        call,
        Pages.USUAL,
        after -> call.tenant().table(Tables.ASSIGNMENTS).after(after, "permissionId", permission),
        assignment -> view(call.tenant(), assignment),
        Json.object());
  }

  private static Answer delete(Call call) {
    Tenant tenant = call.tenant();
    Entity assignment = call.resource(Resource.ASSIGNMENT);
    Change change =
        new Change(
            KIND,
            "Delete",
            assignment.id(),
            body(assignment.id(), assignment.text("permissionId"), assignment.text("identityId")));
    if (call.query("force").equalsIgnoreCase("true")) {
      apply(tenant, change);
      return Answer.noContent();
    }
    return ChangeRequests.submit(
        call,
        Activity.change(Activity.ASSIGN_PERMISSION, assignment.text("permissionId")),
        change,
        () -> {
          apply(tenant, change);
          return Answer.noContent();
        });
  }

  private static ObjectNode body(String id, String permission, String identity) {
    return Json.object()
        .put("id", id)
        .put("permissionId", permission)
        .put("identityId", identity)
        .put("isImmutable", false);
  }

  private static boolean existing(Tenant tenant, String permission, String identity) {
    return tenant
        .table(Tables.ASSIGNMENTS)
        .where("both", identity + " " + permission)
        .findAny()
        .isPresent();
  }

  private static boolean exists(Tenant tenant, String identity) {
    return tenant
        .find(Tables.USERS, identity)
        .or(() -> tenant.find(Tables.TOKENS, identity).filter(it -> it.text("kind").equals("Pat")))
        .filter(it -> !it.hidden().path("deleted").asBoolean())
        .isPresent();
  }

  private static ObjectNode view(Tenant tenant, Entity assignment) {
    ObjectNode view = assignment.shown().deepCopy();
    ChangeRequests.pending(tenant, assignment.id())
        .ifPresent(pending -> view.set("pendingChangeRequest", pending));
    return view;
  }
}

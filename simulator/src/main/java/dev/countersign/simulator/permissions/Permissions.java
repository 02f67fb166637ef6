package dev.countersign.simulator.permissions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Pages;
import dev.countersign.simulator.call.Resource;
import dev.countersign.simulator.call.Times;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.policies.Activity;
import dev.countersign.simulator.policies.Change;
import dev.countersign.simulator.policies.ChangeRequests;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The permissions themselves. */
public final class Permissions {

  /** What changes of permissions are called. */
  public static final String KIND = "Permission";

  private static final List<String> CHANGEABLE =
      List.of("id", "name", "status", "operations", "isImmutable", "isArchived");

  private final Description description;

  /** With the description, which knows the spellings of operations. */
  public Permissions(Description description) {
    this.description = description;
  }

  /** By the operation's name, assignments included. */
  public Map<String, Behaviour> behaviours() {
    Map<String, Behaviour> all = new HashMap<>(Assignments.behaviours());
    all.put("createPermission", this::create);
    all.put("listPermissions", Permissions::list);
    all.put("getPermission", Permissions::get);
    all.put("updatePermission", this::update);
    all.put("archivePermission", this::archive);
    return all;
  }

  /** Lets a change of a permission take effect. */
  public Optional<String> apply(Tenant tenant, Change change) {
    Entity permission = tenant.get(Tables.PERMISSIONS, change.entityId());
    if (isTaken(tenant, permission, change.body().path("name").asText())) {
      return Optional.of("the name is taken");
    }
    Entity changed = permission.with(change.body()).with("dateUpdated", Times.text(tenant.now()));
    tenant.put(
        Tables.PERMISSIONS,
        Assigning.covering(changed, description, texts(changed.get("operations"))));
    return Optional.empty();
  }

  private Answer create(Call call) {
    if (named(call.tenant(), call.text("name")).isPresent()) {
      return nameTaken();
    }
    return Answer.ok(
        Assigning.permission(
                call.tenant(),
                description,
                call.text("name"),
                texts(call.body().path("operations")))
            .shown());
  }

  private static Answer list(Call call) {
    return Pages.page(
        call,
        Pages.USUAL,
        after -> call.tenant().table(Tables.PERMISSIONS).after(after),
        permission -> view(call.tenant(), permission),
        Json.object());
  }

  private static Answer get(Call call) {
    return Answer.ok(view(call.tenant(), call.resource(Resource.PERMISSION)));
  }

  private Answer update(Call call) {
    Entity permission = call.resource(Resource.PERMISSION);
    if (isTaken(call.tenant(), permission, call.text("name"))) {
      return nameTaken();
    }
    boolean renamesDefault =
        permission.text("name").equals(Assigning.DEFAULT_END_USER) && call.body().has("name");
    if (permission.is("isImmutable") || renamesDefault) {
      return immutable();
    }
    if (permission.is("isArchived")) {
      return archived(call, permission);
    }
    return change(call, permission.with(call.body()));
  }

  private Answer archive(Call call) {
    Entity permission = call.resource(Resource.PERMISSION);
    if (permission.is("isImmutable")
        || permission.text("name").equals(Assigning.DEFAULT_END_USER)) {
      return immutable();
    }
    return change(call, permission.with("isArchived", call.body().path("isArchived").asBoolean()));
  }

  private Answer change(Call call, Entity changed) {
    ObjectNode body = Json.object();
    CHANGEABLE.forEach(field -> body.set(field, changed.get(field)));
    Change change = new Change(KIND, "Update", changed.id(), body);
    return ChangeRequests.submit(
        call,
        Activity.change(Activity.MODIFY_PERMISSION, changed.id()),
        change,
        () -> {
          apply(call.tenant(), change);
          return Answer.ok(call.tenant().get(Tables.PERMISSIONS, changed.id()).shown());
        });
  }

  private static boolean isTaken(Tenant tenant, Entity permission, String name) {
    return named(tenant, name).filter(other -> !other.id().equals(permission.id())).isPresent();
  }

  /** An archived permission keeps its name reserved. */
  private static Optional<Entity> named(Tenant tenant, String name) {
    return tenant.table(Tables.PERMISSIONS).where("name", name).findFirst();
  }

  private static Answer nameTaken() {
    return Answer.refused(409, "Permission with the same name already exists");
  }

  /** The refusal of what an archived permission is not good for. */
  static Answer archived(Call call, Entity permission) {
    return Answer.refused(422, "Permission is archived")
        .detail("permissionId", permission.id())
        .detail("orgId", call.tenant().id());
  }

  private static Answer immutable() {
    return Answer.refused(412, "Permission is managed and cannot be changed");
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }

  private static ObjectNode view(Tenant tenant, Entity permission) {
    ObjectNode view = permission.shown().deepCopy();
    ChangeRequests.pending(tenant, permission.id())
        .ifPresent(pending -> view.set("pendingChangeRequest", pending));
    return view;
  }
}

package dev.countersign.simulator.permissions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Times;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes permissions and assignments, without asking anybody. */
public final class Assigning {

  /** The permission that covers everything. */
  public static final String FULL_ADMIN = "ManagedFullAdminAccess";

  /** The permission of new end users. */
  public static final String DEFAULT_END_USER = "ManagedDefaultEndUserAccess";

  private static final List<String> END_USER_OPERATIONS =
      List.of(
          "Keys:Read",
          "Keys:Signatures:Create",
          "Keys:Signatures:Read",
          "Wallets:Read",
          "Wallets:Transactions:Create",
          "Wallets:Transactions:Read",
          "Wallets:Transfers:Create",
          "Wallets:Transfers:Read");

  private Assigning() {}

  /** Makes the permissions that every organisation has. */
  public static void managed(Tenant tenant, Description description) {
    Entity admin = permission(tenant, description, FULL_ADMIN, description.permissions());
    tenant.put(
        Tables.PERMISSIONS,
        admin.with("isImmutable", true).withHidden(Json.object().put(Grants.EVERYTHING, true)));
    permission(tenant, description, DEFAULT_END_USER, END_USER_OPERATIONS);
  }

  /** The names of the permissions that every organisation has. */
  public static Set<String> managedNames() {
    return Set.of(FULL_ADMIN, DEFAULT_END_USER);
  }

  /** A new permission for operations in any spelling. */
  public static Entity permission(
      Tenant tenant, Description description, String name, Collection<String> operations) {
    String id = tenant.newId("pm");
    String now = Times.text(tenant.now());
    ObjectNode shown = Json.object().put("id", id).put("name", name);
    shown.set("operations", Json.texts(operations));
    shown
        .put("status", "Active")
        .put("isImmutable", false)
        .put("isArchived", false)
        .put("dateCreated", now)
        .put("dateUpdated", now);
    Entity permission = covering(Entity.of(id, shown), description, operations);
    tenant.put(Tables.PERMISSIONS, permission);
    return permission;
  }

  /** A permission that covers the operations, whatever their spelling. */
  static Entity covering(
      Entity permission, Description description, Collection<String> operations) {
    Set<String> canonical = new LinkedHashSet<>();
    operations.forEach(operation -> canonical.add(description.canonical(operation)));
    return permission.withHidden(Json.object().set(Grants.OPERATIONS, Json.texts(canonical)));
  }

  /** The permission of a name. */
  public static Entity named(Tenant tenant, String name) {
    return tenant
        .table(Tables.PERMISSIONS)
        .where("name", name)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No permission has the name " + name));
  }

  /** A new assignment. */
  public static Entity assign(Tenant tenant, String permission, String identity) {
    return assign(tenant, tenant.newId("as"), permission, identity);
  }

  /** A new assignment with an identifier that was promised. */
  static Entity assign(Tenant tenant, String id, String permission, String identity) {
    String now = Times.text(tenant.now());
    Entity assignment =
        Entity.of(
            id,
            Json.object()
                .put("id", id)
                .put("permissionId", permission)
                .put("identityId", identity)
                .put("isImmutable", false)
                .put("dateCreated", now)
                .put("dateUpdated", now));
    tenant.put(Tables.ASSIGNMENTS, assignment);
    return assignment;
  }
}

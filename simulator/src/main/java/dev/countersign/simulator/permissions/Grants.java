package dev.countersign.simulator.permissions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.countersign.simulator.call.Caller;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What identities may do: the union of their permissions that are not archived. */
public final class Grants {

  /** The hidden field of a permission with the current spelling of its operations. */
  static final String OPERATIONS = "operations";

  /** The hidden field of a permission that covers all operations, of today and later. */
  static final String EVERYTHING = "everything";

  private static final String NARROWED = "narrowed";

  private Grants() {}

  /** Whether a caller may do something, named in its current spelling. */
  public static boolean allow(Tenant tenant, Caller caller, String operation) {
    if (!allow(tenant, caller.userId(), operation)) {
      return false;
    }
    // a personal access token never may more than its user
    return !caller.isPersonalAccessToken()
        || !isNarrowed(tenant, caller.token())
        || allow(tenant, caller.token().id(), operation);
  }

  /** A personal access token that, from now on, may only what is assigned to it. */
  public static Entity narrowed(Entity token) {
    return token.withHidden(Json.object().put(NARROWED, true));
  }

  private static boolean isNarrowed(Tenant tenant, Entity token) {
    return token.hidden().path(NARROWED).asBoolean() || !permissions(tenant, token.id()).isEmpty();
  }

  /** All that an identity may do, in the current spelling. */
  public static Set<String> granted(Tenant tenant, Description description, String identity) {
    Set<String> granted = new TreeSet<>();
    for (Entity permission : permissions(tenant, identity)) {
      if (permission.is("isArchived")) {
        continue;
      }
      if (permission.hidden().path(EVERYTHING).asBoolean()) {
        return description.permissions();
      }
      permission.hidden().path(OPERATIONS).forEach(it -> granted.add(it.asText()));
    }
    return granted;
  }

  /** An identity's assignments as users and tokens show them. */
  public static ArrayNode assignments(Tenant tenant, String identity) {
    ArrayNode assignments = Json.array();
    of(tenant, identity)
        .forEach(
            assignment -> {
              Entity permission = permission(tenant, assignment);
              assignments
                  .addObject()
                  .put("permissionName", permission.text("name"))
                  .put("permissionId", permission.id())
                  .put("assignmentId", assignment.id())
                  .set("operations", permission.get("operations"));
            });
    return assignments;
  }

  /** Takes everything from an identity, without asking anybody. */
  public static void revokeAll(Tenant tenant, String identity) {
    of(tenant, identity).toList().forEach(it -> tenant.remove(Tables.ASSIGNMENTS, it.id()));
  }

  private static boolean allow(Tenant tenant, String identity, String operation) {
    return permissions(tenant, identity).stream()
        .filter(permission -> !permission.is("isArchived"))
        .anyMatch(permission -> covers(permission, operation));
  }

  private static List<Entity> permissions(Tenant tenant, String identity) {
    return of(tenant, identity).map(assignment -> permission(tenant, assignment)).toList();
  }

  private static Stream<Entity> of(Tenant tenant, String identity) {
    return tenant.table(Tables.ASSIGNMENTS).where("identityId", identity);
  }

  private static Entity permission(Tenant tenant, Entity assignment) {
    return tenant.get(Tables.PERMISSIONS, assignment.text("permissionId"));
  }

  private static boolean covers(Entity permission, String operation) {
    if (permission.hidden().path(EVERYTHING).asBoolean()) {
      return true;
    }
    for (JsonNode covered : permission.hidden().path(OPERATIONS)) {
      if (covered.asText().equals(operation)) {
        return true;
      }
    }
    return false;
  }
}

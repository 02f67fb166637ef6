package dev.countersign.simulator.policies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Times;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Asks for approvals and resolves them. */
public final class Approvals {

  /** What happens by itself: an approval expires. */
  public static final String EXPIRY = "approval expires";

  private static final String SUBJECT = "subject";
  private static final String SUBJECT_ID = "subjectId";
  private static final String GROUPS = "groups";

  private final Map<String, Held> held;

  /** With what can wait, by the name approvals show it under, such as {@code transferRequest}. */
  public Approvals(Map<String, Held> held) {
    this.held = held;
  }

  /**
   * Asks for an approval.
   *
   * @param subject what waits, by the name approvals show it under
   * @return the approval's identifier
   */
  public static String request(
      Call call, Activity activity, Verdict verdict, String subject, String subjectId) {
    Tenant tenant = call.tenant();
    String id = tenant.newId("ap");
    String now = Times.text(tenant.now());
    ObjectNode shown =
        Json.object()
            .put("id", id)
            .put("initiatorId", call.caller().userId())
            .put("status", "Pending")
            .put("dateCreated", now)
            .put("dateUpdated", now);
    shown.putObject("activity").put("kind", activity.kind());
    shown.set("policyEvaluations", verdict.evaluations());
    shown.set("decisions", Json.array());
    if (verdict.timeoutMinutes().isPresent()) {
      Instant expiry = tenant.now().plus(Duration.ofMinutes(verdict.timeoutMinutes().getAsLong()));
      shown.put("expirationDate", Times.text(expiry));
      tenant.schedule(expiry, EXPIRY, id);
    }
    ObjectNode hidden = Json.object().put(SUBJECT, subject).put(SUBJECT_ID, subjectId);
    hidden.set(GROUPS, verdict.groups());
    tenant.put(Tables.APPROVALS, Entity.of(id, shown).withHidden(hidden));
    return id;
  }

  /** The groups that have to agree. */
  static List<Group> groups(Entity approval) {
    List<Group> groups = new ArrayList<>();
    for (JsonNode group : approval.hidden().path(GROUPS)) {
      groups.add(new Group(group));
    }
    return groups;
  }

  /** What the API shows of an approval. */
  ObjectNode view(Tenant tenant, Entity approval) {
    ObjectNode view = approval.shown().deepCopy();
    view.withObject("activity")
        .set(
            approval.hiddenText(SUBJECT),
            held(approval).view(tenant, approval.hiddenText(SUBJECT_ID)));
    return view;
  }

  /** Ends an approval as {@code Approved}, {@code Denied} or {@code Expired}. */
  Entity resolve(Tenant tenant, Entity approval, String status) {
    String now = Times.text(tenant.now());
    Entity resolved =
        approval.with(
            Json.object().put("status", status).put("dateUpdated", now).put("dateResolved", now));
    tenant.put(Tables.APPROVALS, resolved);
    String subject = approval.hiddenText(SUBJECT_ID);
    if (status.equals("Approved")) {
      held(approval).released(tenant, subject);
    } else {
      held(approval).rejected(tenant, subject, "approval " + approval.id() + ": " + status);
    }
    Announcements.resolved(tenant, view(tenant, resolved));
    Announcements.ended(
        tenant, approval.get("activity").path("kind").asText(), subject, status.equals("Approved"));
    return resolved;
  }

  /** Ends an approval for which nobody cared in time. */
  public void expire(Tenant tenant, String id) {
    Entity approval = tenant.get(Tables.APPROVALS, id);
    if (approval.text("status").equals("Pending")) {
      resolve(tenant, approval, "Expired");
    }
  }

  private Held held(Entity approval) {
    String subject = approval.hiddenText(SUBJECT);
    return Objects.requireNonNull(held.get(subject), subject);
  }
}

package dev.countersign.simulator.policies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Times;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Changes that take effect at once, or wait for an approval. */
public final class ChangeRequests implements Held {

  /** The name approvals show a change request under. */
  public static final String SUBJECT = "changeRequest";

  /** Lets a change take effect after it waited. */
  @FunctionalInterface
  public interface Applier {

    /** Does it; gives the reason if it is not possible any more. */
    Optional<String> apply(Tenant tenant, Change change);
  }

  private final Map<String, Applier> appliers;

  /** With how changes take effect, by their kind. */
  public ChangeRequests(Map<String, Applier> appliers) {
    this.appliers = appliers;
  }

  /**
   * Does a change if the policies let it pass, else has it wait.
   *
   * @param now does it and answers
   */
  public static Answer submit(Call call, Activity activity, Change change, Supplier<Answer> now) {
    Tenant tenant = call.tenant();
    if (pending(tenant, change.entityId()).isPresent()) {
      return Answer.refused(409, "Another change request is pending for this " + change.kind());
    }
    Verdict verdict = Judge.judge(tenant, activity);
    return switch (verdict.outcome()) {
      case CLEARED -> now.get();
      case BLOCKED ->
          Answer.refused(tenant.switches().blockedChangeStatus(), "Blocked by policy")
              .because(verdict.reason());
      case NEEDS_APPROVAL -> Answer.accepted(hold(call, activity, change, verdict).shown());
    };
  }

  /** The change of an entity that waits, as the entity shows it. */
  public static Optional<ObjectNode> pending(Tenant tenant, String entityId) {
    return tenant
        .table(Tables.CHANGE_REQUESTS)
        .where("pending", entityId)
        .findFirst()
        .map(Entity::shown);
  }

  private static Entity hold(Call call, Activity activity, Change change, Verdict verdict) {
    Tenant tenant = call.tenant();
    String id = tenant.newId("cr");
    String approval = Approvals.request(call, activity, verdict, SUBJECT, id);
    ObjectNode shown =
        Json.object()
            .put("id", id)
            .put("kind", change.kind())
            .put("operationKind", change.operation())
            .put("status", "Pending")
            .put("entityId", change.entityId())
            .put("dateCreated", Times.text(tenant.now()))
            .put("approvalId", approval);
    shown.set("requester", call.caller().requester());
    shown.set("body", change.body());
    Entity request = Entity.of(id, shown);
    tenant.put(Tables.CHANGE_REQUESTS, request);
    Announcements.triggered(tenant, verdict, activity.kind(), SUBJECT, shown);
    Announcements.pending(tenant, approval, SUBJECT, shown);
    return request;
  }

  @Override
  public void released(Tenant tenant, String id) {
    Entity request = tenant.get(Tables.CHANGE_REQUESTS, id);
    Change change =
        new Change(
            request.text("kind"),
            request.text("operationKind"),
            request.text("entityId"),
            (ObjectNode) request.get("body"));
    // no longer pending when it takes effect
    resolve(tenant, request, "Applied");
    Optional<String> failure =
        Objects.requireNonNull(appliers.get(change.kind()), change.kind()).apply(tenant, change);
    if (failure.isPresent()) {
      resolve(tenant, request, "Failed");
    }
  }

  @Override
  public void rejected(Tenant tenant, String id, String reason) {
    resolve(tenant, tenant.get(Tables.CHANGE_REQUESTS, id), "Rejected");
  }

  @Override
  public ObjectNode view(Tenant tenant, String id) {
    return tenant.get(Tables.CHANGE_REQUESTS, id).shown();
  }

  private static void resolve(Tenant tenant, Entity request, String status) {
    tenant.put(
        Tables.CHANGE_REQUESTS,
        request.with("status", status).with("dateResolved", Times.text(tenant.now())));
  }
}

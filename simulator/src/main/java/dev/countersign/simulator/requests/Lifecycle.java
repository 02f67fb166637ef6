package dev.countersign.simulator.requests;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Times;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.policies.Held;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.webhooks.Events;
import java.util.Locale;

/**
 * The way of a request from its beginning to its end. It is executed when no policy holds it, and
 * goes on by itself as time passes.
 */
public final class Lifecycle implements Held {

  private final RequestKind kind;
  private final Effect effect;

  Lifecycle(RequestKind kind, Effect effect) {
    this.kind = kind;
    this.effect = effect;
  }

  /** Takes the next step, whose time has come; none if the request has ended meanwhile. */
  public void step(Tenant tenant, String id) {
    Entity request = tenant.get(kind.table(), id);
    switch (status(request)) {
      case EXECUTING -> done(tenant, request, effect.execute(tenant, request));
      case BROADCASTED ->
          effect.confirmed(tenant, move(tenant, kind, request, Status.CONFIRMED, Json.object()));
      default -> {
        // it was aborted or replaced
      }
    }
  }

  private void done(Tenant tenant, Entity request, Execution execution) {
    if (!execution.failure().isEmpty()) {
      fail(tenant, kind, request, execution.failure());
      return;
    }
    Status next = kind.broadcasts() ? Status.BROADCASTED : Status.SIGNED;
    Entity moved = move(tenant, kind, request, next, execution.fields());
    if (!status(moved).isFinal()) {
      tenant.schedule(
          tenant.now().plus(tenant.switches().broadcasted()), kind.step(), request.id());
    }
  }

  /** Ends a request that is executing or broadcasted, for a reason that people can read. */
  public static Entity fail(Tenant tenant, RequestKind kind, Entity request, String why) {
    return move(tenant, kind, request, Status.FAILED, Json.object().put("reason", why));
  }

  /** Stops a request that is executing. */
  public Answer abort(Tenant tenant, Entity request) {
    if (status(request) != Status.EXECUTING) {
      return Answer.refused(
          412,
          "Only an Executing "
              + kind.noun()
              + " can be aborted, not one that is "
              + request.text("status"));
    }
    return Answer.ok(fail(tenant, kind, request, "aborted").shown());
  }

  @Override
  public void released(Tenant tenant, String id) {
    Entity request = tenant.get(kind.table(), id);
    execute(tenant, request.with("datePolicyResolved", Times.text(tenant.now())));
  }

  @Override
  public void rejected(Tenant tenant, String id, String reason) {
    reject(tenant, tenant.get(kind.table(), id), reason);
  }

  @Override
  public ObjectNode view(Tenant tenant, String id) {
    return tenant.get(kind.table(), id).shown();
  }

  Entity execute(Tenant tenant, Entity request) {
    Entity executing = move(tenant, kind, request, Status.EXECUTING, Json.object());
    tenant.schedule(tenant.now().plus(tenant.switches().executing()), kind.step(), request.id());
    return executing;
  }

  Entity reject(Tenant tenant, Entity request, String reason) {
    // what did not happen counts for no policy
    tenant
        .table(Tables.ACTIVITIES)
        .where("requestId", request.id())
        .forEach(activity -> tenant.remove(Tables.ACTIVITIES, activity.id()));
    return move(
        tenant,
        kind,
        request,
        Status.REJECTED,
        Json.object().put("reason", reason).put("datePolicyResolved", Times.text(tenant.now())));
  }

  private static Entity move(
      Tenant tenant, RequestKind kind, Entity request, Status next, ObjectNode change) {
    Status now = status(request);
    if (!now.leadsTo(next)) {
      throw new IllegalStateException(
          "A " + kind.noun() + " does not go from " + now.text() + " to " + next.text());
    }
    ObjectNode complete = Json.object();
    complete.setAll(change);
    complete.put("status", next.text());
    switch (next) {
      case BROADCASTED, SIGNED, CONFIRMED ->
          complete.put("date" + next.text(), Times.text(tenant.now()));
      case PENDING, EXECUTING, FAILED, REJECTED -> {
        // these have no date of their own
      }
    }
    Entity moved = request.with(complete);
    tenant.put(kind.table(), moved);
    if (next != Status.EXECUTING) {
      Events.record(
          tenant, kind.event(next.text().toLowerCase(Locale.ROOT)), kind.subject(), moved.shown());
    }
    return moved;
  }

  private static Status status(Entity request) {
    return Status.of(request.text("status"));
  }
}

package dev.countersign.simulator.requests;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Times;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.policies.Activity;
import dev.countersign.simulator.policies.Announcements;
import dev.countersign.simulator.policies.Approvals;
import dev.countersign.simulator.policies.Judge;
import dev.countersign.simulator.policies.Spend;
import dev.countersign.simulator.policies.Verdict;
import dev.countersign.simulator.policies.Verdict.Outcome;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.webhooks.Events;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Takes up requests of a kind. */
public final class Requests {

  private final RequestKind kind;
  private final Lifecycle lifecycle;

  /** Of a kind. */
  public Requests(RequestKind kind, Effect effect) {
    this.kind = kind;
    this.lifecycle = new Lifecycle(kind, effect);
  }

  /** What they are. */
  public RequestKind kind() {
    return kind;
  }

  /** Their way from request to end. */
  public Lifecycle lifecycle() {
    return lifecycle;
  }

  /**
   * Takes up a request, or answers with the one that was taken up before under the same {@code
   * externalId}.
   */
  public Answer submit(Call call, Draft draft) {
    Optional<Entity> earlier = earlier(call);
    if (earlier.isPresent()) {
      return repeated(draft, earlier.get());
    }
    Tenant tenant = call.tenant();
    List<Entity> wallets = draft.wallets();
    Spend spend = draft.spend();
    boolean delegated =
        call.caller().isEndUser() || wallets.stream().anyMatch(wallet -> !wallet.is("custodial"));
    Activity activity = Activity.signing(delegated ? List.of() : wallets, spend);
    Verdict verdict = delegated ? Verdict.cleared() : Judge.judge(tenant, activity);
    if (verdict.outcome() == Outcome.BLOCKED && tenant.switches().blockedActivityStatus() != 200) {
      return Answer.refused(tenant.switches().blockedActivityStatus(), "Blocked by policy")
          .because(verdict.reason());
    }
    Entity request = described(call, draft);
    tenant.put(kind.table(), request);
    Events.record(tenant, kind.event("requested"), kind.subject(), request.shown());
    Announcements.triggered(tenant, verdict, activity.kind(), kind.subject(), request.shown());
    switch (verdict.outcome()) {
      case CLEARED -> {
        count(tenant, request, wallets, spend);
        request = lifecycle.execute(tenant, request);
      }
      case NEEDS_APPROVAL -> {
        count(tenant, request, wallets, spend);
        String approval = Approvals.request(call, activity, verdict, kind.subject(), request.id());
        request = request.with("approvalId", approval);
        tenant.put(kind.table(), request);
        Announcements.pending(tenant, approval, kind.subject(), request.shown());
      }
      case BLOCKED -> request = lifecycle.reject(tenant, request, verdict.reason());
    }
    if (verdict.outcome() != Outcome.NEEDS_APPROVAL) {
      Announcements.decided(tenant, verdict, activity.kind(), request.id());
    }
    return Answer.ok(request.shown());
  }

  private Optional<Entity> earlier(Call call) {
    String externalId = call.text("externalId");
    return externalId.isEmpty()
        ? Optional.empty()
        : call.tenant().table(kind.table()).where("externalId", externalId).findFirst();
  }

  private Answer repeated(Draft draft, Entity earlier) {
    boolean same =
        Json.same(earlier.get("requestBody"), draft.body())
            && draft.parent().properties().stream()
                .allMatch(field -> earlier.get(field.getKey()).equals(field.getValue()));
    return same
        ? Answer.ok(earlier.shown())
        : Answer.refused(409, "Conflicting " + kind.noun() + " with same externalId")
            .detail(
                "duplicate",
                Json.object()
                    .put("id", earlier.id())
                    .put("externalId", earlier.text("externalId")));
  }

  private Entity described(Call call, Draft draft) {
    String id = call.tenant().newId(kind.prefix());
    ObjectNode shown = Json.object().put("id", id);
    shown.setAll(draft.parent());
    shown.setAll(draft.more());
    shown.set("requester", call.caller().requester());
    shown.set("requestBody", draft.body());
    shown.put("status", Status.PENDING.text()).put("dateRequested", Times.text(call.now()));
    if (call.body().has("externalId")) {
      shown.put("externalId", call.text("externalId"));
    }
    return Entity.of(id, shown).withHidden(draft.hidden());
  }

  /** Remembers it for policies that look back over time. */
  private static void count(Tenant tenant, Entity request, List<Entity> wallets, Spend spend) {
    for (Entity wallet : wallets) {
      ObjectNode row =
          Json.object()
              .put("requestId", request.id())
              .put("walletId", wallet.id())
              .put("at", tenant.now().toEpochMilli())
              .put("usd", spend.usd(tenant.prices()).map(BigDecimal::toPlainString).orElse(""));
      tenant.put(Tables.ACTIVITIES, Entity.of(request.id() + " " + wallet.id(), row));
    }
  }
}

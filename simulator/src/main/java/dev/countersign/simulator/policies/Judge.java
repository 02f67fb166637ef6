package dev.countersign.simulator.policies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.control.Finding;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Holds an activity against all policies that match it. */
public final class Judge {

  private Judge() {}

  /** What the policies say. */
  public static Verdict judge(Tenant tenant, Activity activity) {
    Verdict.Builder verdict = new Verdict.Builder();
    Supplier<Finding> finding = once(() -> Findings.of(tenant, activity.spend()));
    tenant
        .table(Tables.POLICIES)
        .where("active", activity.kind())
        .filter(policy -> matches(policy.get("filters"), activity))
        .forEach(
            policy ->
                judge(
                    tenant,
                    policy,
                    activity.of(wallets(policy.get("filters"), activity)),
                    finding,
                    verdict));
    return verdict.build();
  }

  private static void judge(
      Tenant tenant,
      Entity policy,
      Activity activity,
      Supplier<Finding> finding,
      Verdict.Builder verdict) {
    Optional<String> why = Rules.triggers(tenant, policy.get("rule"), activity, finding);
    verdict.evaluated(policy.id(), why.isPresent(), why.orElse("does not trigger"));
    if (why.isEmpty()) {
      return;
    }
    String reason = "policy " + policy.id() + ": " + why.get();
    JsonNode action = policy.get("action");
    switch (action.path("kind").asText()) {
      case "Block" -> verdict.block(reason);
      case "RequestApproval" -> {
        List<ObjectNode> groups = new ArrayList<>();
        action.path("approvalGroups").forEach(group -> groups.add((ObjectNode) group));
        JsonNode minutes = action.path("autoRejectTimeout");
        verdict.ask(
            groups,
            minutes.isNumber() ? OptionalLong.of(minutes.asLong()) : OptionalLong.empty(),
            reason);
      }
      default -> {
        // NoAction: the evaluation alone
      }
    }
  }

  /** Policies that ask about the same activity are told the same. */
  private static Supplier<Finding> once(Supplier<Finding> source) {
    AtomicReference<@Nullable Finding> found = new AtomicReference<>();
    return () -> {
      Finding finding = Objects.requireNonNullElseGet(found.get(), source);
      found.set(finding);
      return finding;
    };
  }

  private static boolean matches(JsonNode filters, Activity activity) {
    return in(filters, "permissionId", activity.target())
        && in(filters, "policyId", activity.target())
        && (isForAllWallets(filters) || !wallets(filters, activity).isEmpty());
  }

  private static boolean isForAllWallets(JsonNode filters) {
    return !filters.has("walletId") && !filters.has("walletTags");
  }

  /** The wallets that pass the filters, each of them all of these. */
  private static List<Entity> wallets(JsonNode filters, Activity activity) {
    return activity.wallets().stream()
        .filter(it -> in(filters, "walletId", it.id()))
        .filter(it -> !filters.has("walletTags") || tagged(filters.get("walletTags"), it))
        .toList();
  }

  private static boolean in(JsonNode filters, String filter, String value) {
    return !filters.has(filter) || texts(filters.path(filter).path("in")).contains(value);
  }

  private static boolean tagged(JsonNode filter, Entity wallet) {
    Set<String> tags = texts(wallet.get("tags"));
    Set<String> any = texts(filter.path("hasAny"));
    return tags.containsAll(texts(filter.path("hasAll")))
        && (!filter.has("hasAny") || any.stream().anyMatch(tags::contains));
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new HashSet<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }
}

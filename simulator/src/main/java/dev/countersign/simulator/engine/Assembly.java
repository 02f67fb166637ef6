package dev.countersign.simulator.engine;

import dev.countersign.simulator.auth.Auth;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.keys.Keys;
import dev.countersign.simulator.keys.Signatures;
import dev.countersign.simulator.networks.Networks;
import dev.countersign.simulator.permissions.Assignments;
import dev.countersign.simulator.permissions.Permissions;
import dev.countersign.simulator.policies.Approvals;
import dev.countersign.simulator.policies.ChangeRequests;
import dev.countersign.simulator.policies.Held;
import dev.countersign.simulator.policies.Policies;
import dev.countersign.simulator.records.Records;
import dev.countersign.simulator.requests.Requests;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.wallets.Offers;
import dev.countersign.simulator.wallets.Transactions;
import dev.countersign.simulator.wallets.Transfers;
import dev.countersign.simulator.wallets.Wallets;
import dev.countersign.simulator.webhooks.Attempts;
import dev.countersign.simulator.webhooks.Courier;
import dev.countersign.simulator.webhooks.Webhooks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Puts the engine's parts together: here they learn of each other. */
final class Assembly {

  private final Description description;
  private final Courier courier;
  private final Permissions permissions;
  private final Approvals approvals;
  private final Transfers transfers = new Transfers();
  private final Transactions transactions = new Transactions();
  private final Signatures signatures = new Signatures();

  Assembly(Description description, Courier courier) {
    this.description = description;
    this.courier = courier;
    this.permissions = new Permissions(description);
    Map<String, Held> held = new HashMap<>();
    held.put(
        ChangeRequests.SUBJECT,
        new ChangeRequests(
            Map.of(
                Policies.KIND, Policies::apply,
                Permissions.KIND, permissions::apply,
                Assignments.KIND, Assignments::apply)));
    for (Requests requests : requests()) {
      held.put(requests.kind().subject(), requests.lifecycle());
    }
    this.approvals = new Approvals(Map.copyOf(held));
  }

  /** What is simulated, by the operation's name; what is written by hand replaces records. */
  Map<String, Behaviour> behaviours() {
    Map<String, Behaviour> all = new HashMap<>();
    all.putAll(Records.behaviours(description));
    all.putAll(permissions.behaviours());
    all.putAll(Policies.behaviours(approvals));
    all.putAll(Keys.behaviours(signatures));
    all.putAll(Wallets.behaviours(transfers, transactions, signatures));
    all.putAll(Networks.behaviours());
    all.putAll(Webhooks.behaviours(courier));
    all.putAll(Auth.behaviours(Objects.requireNonNull(all.get("createWallet"))));
    return Map.copyOf(all);
  }

  /** What happens by itself, by its name. */
  Map<String, Happening> happenings() {
    Map<String, Happening> all = new HashMap<>();
    all.put(Approvals.EXPIRY, (tenant, due) -> approvals.expire(tenant, due.subject()));
    all.put(Offers.EXPIRY, (tenant, due) -> Offers.expire(tenant, due.subject()));
    all.put(Attempts.RETRY, (tenant, due) -> Attempts.retry(tenant, due.subject()));
    for (Requests requests : requests()) {
      all.put(
          requests.kind().step(),
          (tenant, due) -> requests.lifecycle().step(tenant, due.subject()));
    }
    return Map.copyOf(all);
  }

  private List<Requests> requests() {
    return List.of(transfers.requests(), transactions.requests(), signatures.requests());
  }
}

package dev.countersign.simulator.wallets;

import dev.countersign.simulator.requests.Effect;
import dev.countersign.simulator.requests.Execution;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tenant;

/** What transactions do, by the kind of their body. */
final class OnChain implements Effect {

  @Override
  public Execution execute(Tenant tenant, Entity request) {
    return Usable.lost(tenant, request)
        .map(Execution::failed)
        .orElseGet(() -> send(tenant, request));
  }

  private static Execution send(Tenant tenant, Entity request) {
    return switch (kind(request)) {
      case Replacements.CANCEL, Replacements.SPEED_UP -> Replacements.execute(tenant, request);
      case Offers.KIND -> Offers.execute(tenant, request);
      default -> Holdings.send(tenant, request);
    };
  }

  @Override
  public void confirmed(Tenant tenant, Entity request) {
    Entity content = Replacements.content(tenant, request);
    String txHash = request.text("txHash");
    switch (kind(content)) {
      case Activation.KIND -> Activation.confirmed(tenant, content);
      case Offers.KIND -> Offers.confirmed(tenant, content, txHash);
      default -> {
        Holdings.arrive(tenant, content);
        Payments.record(tenant, content, txHash);
      }
    }
  }

  private static String kind(Entity request) {
    return request.get("requestBody").path("kind").asText();
  }
}

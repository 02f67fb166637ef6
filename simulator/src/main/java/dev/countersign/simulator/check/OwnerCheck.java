package dev.countersign.simulator.check;

import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Resource;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import java.util.List;
import java.util.Optional;

/**
 * Whether the wallet or key is the caller's to use: an end user sees only those delegated to it,
 * and nobody else operates them.
 */
final class OwnerCheck implements Check {

  private static final String OWNER = "delegatedTo";

  /** Where a body names the key that a new wallet or key is to come from. */
  private static final List<String> KEYS_IN_BODIES =
      List.of("/signingKey/id", "/signingKey/deriveFrom/keyId", "/deriveFrom/keyId");

  @Override
  public Optional<Answer> refusal(Call call) {
    if (call.parameters().containsKey(Resource.WALLET.parameter())) {
      return refusal(call, Resource.WALLET, call.resource(Resource.WALLET));
    }
    if (call.parameters().containsKey(Resource.KEY.parameter())) {
      return refusal(call, Resource.KEY, call.resource(Resource.KEY));
    }
    return KEYS_IN_BODIES.stream()
        .map(pointer -> call.json().at(pointer).asText())
        .flatMap(id -> call.tenant().find(Tables.KEYS, id).stream())
        .flatMap(key -> refusal(call, Resource.KEY, key).stream())
        .findFirst();
  }

  private static Optional<Answer> refusal(Call call, Resource resource, Entity entity) {
    String owner = entity.hiddenText(OWNER) + entity.get("signingKey").path(OWNER).asText();
    if (call.caller().isEndUser()) {
      return owner.equals(call.caller().userId())
          ? Optional.empty()
          : Optional.of(
              Answer.refused(404, resource.noun() + " not found")
                  .detail(resource.parameter(), entity.id())
                  .detail("orgId", call.tenant().id()));
    }
    return owner.isEmpty() || !call.operation().userAction()
        ? Optional.empty()
        : Optional.of(
            Answer.refused(403, resource.noun() + " is delegated to an end user")
                .because("only " + owner + " operates this " + resource.noun()));
  }
}

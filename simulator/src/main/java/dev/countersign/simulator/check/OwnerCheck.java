package dev.countersign.simulator.check;

import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.IdentityKind;
import dev.countersign.simulator.call.Resource;
import dev.countersign.simulator.state.Entity;
import java.util.Optional;

/**
 * Whether the wallet or key is the caller's to use: an end user sees only those delegated to it,
 * and nobody else operates them.
 */
final class OwnerCheck implements Check {

  @Override
  public Optional<Answer> refusal(Call call) {
    if (call.parameters().containsKey(Resource.WALLET.parameter())) {
      Entity wallet = call.resource(Resource.WALLET);
      return refusal(call, Resource.WALLET, wallet.get("signingKey").path("delegatedTo").asText());
    }
    return call.parameters().containsKey(Resource.KEY.parameter())
        ? refusal(call, Resource.KEY, call.resource(Resource.KEY).hiddenText("delegatedTo"))
        : Optional.empty();
  }

  private static Optional<Answer> refusal(Call call, Resource resource, String owner) {
    if (call.caller().kind() == IdentityKind.END_USER) {
      return owner.equals(call.caller().userId())
          ? Optional.empty()
          : Optional.of(
              Answer.refused(404, resource.noun() + " not found")
                  .detail(resource.parameter(), call.resource(resource).id())
                  .detail("orgId", call.tenant().id()));
    }
    return owner.isEmpty() || !call.operation().userAction()
        ? Optional.empty()
        : Optional.of(
            Answer.refused(403, resource.noun() + " is delegated to an end user")
                .because("only " + owner + " operates this " + resource.noun()));
  }
}

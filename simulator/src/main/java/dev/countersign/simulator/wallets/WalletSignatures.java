package dev.countersign.simulator.wallets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Resource;
import dev.countersign.simulator.keys.Signatures;
import dev.countersign.simulator.state.Entity;
import java.util.Map;
import java.util.Optional;

/** The signatures of a wallet, which are those of its key: the older way to the same. */
final class WalletSignatures {

  private final Signatures signatures;

  WalletSignatures(Signatures signatures) {
    this.signatures = signatures;
  }

  Map<String, Behaviour> behaviours() {
    return Map.of(
        "generateWalletSignature",
        this::generate,
        "listWalletSignatures",
        call -> Signatures.list(call, key(call).id()),
        "getWalletSignature",
        WalletSignatures::get);
  }

  private Answer generate(Call call) {
    Entity wallet = call.resource(Resource.WALLET);
    Optional<Answer> archived = Usable.archived(call, wallet);
    if (archived.isPresent()) {
      return archived.get();
    }
    Answer answer = signatures.generate(call, key(call), wallet.text("network"));
    return answer.status() == 200 && answer.body().orElseThrow() instanceof ObjectNode request
        ? Answer.ok(request.deepCopy().put("walletId", wallet.id()))
        : answer;
  }

  private static Answer get(Call call) {
    Entity signature = call.resource(Resource.SIGNATURE);
    return signature.text("keyId").equals(key(call).id())
        ? Answer.ok(signature.shown())
        : Answer.refused(404, "signature not found")
            .detail("signatureId", signature.id())
            .detail("orgId", call.tenant().id());
  }

  private static Entity key(Call call) {
    return Usable.key(call, call.resource(Resource.WALLET));
  }
}

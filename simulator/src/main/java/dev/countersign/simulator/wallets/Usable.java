package dev.countersign.simulator.wallets;

import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.keys.Keys;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.util.Optional;

/**
 * Whether a wallet can send: it is there, was activated where that is needed, and its key signs.
 */
final class Usable {

  private Usable() {}

  /** The refusal if it cannot. */
  static Optional<Answer> refusal(Call call, Entity wallet) {
    return archived(call, wallet)
        .or(
            () ->
                wallet.text("status").equals("Inactive")
                    ? Optional.of(
                        Answer.refused(412, "wallet is not activated")
                            .detail("walletId", wallet.id()))
                    : Optional.empty())
        .or(() -> Keys.unusable(call, key(call, wallet)))
        .or(() -> sponsor(call));
  }

  /** The refusal if somebody is to pay the fees who is not there, or pays none at present. */
  private static Optional<Answer> sponsor(Call call) {
    String id = call.text("feeSponsorId");
    if (id.isEmpty()) {
      return Optional.empty();
    }
    Optional<Entity> sponsor = call.tenant().find(Tables.RECORDS, "/fee-sponsors/" + id);
    if (sponsor.isEmpty()) {
      return Optional.of(
          Answer.refused(404, "fee sponsor not found")
              .detail("feeSponsorId", id)
              .detail("orgId", call.tenant().id()));
    }
    String status = sponsor.get().text("status");
    return status.equals("Active")
        ? Optional.empty()
        : Optional.of(Answer.refused(422, "fee sponsor is " + status).detail("feeSponsorId", id));
  }

  /** The refusal if it is archived. */
  static Optional<Answer> archived(Call call, Entity wallet) {
    return wallet.text("status").equals("Archived")
        ? Optional.of(
            Answer.refused(422, "wallet is archived")
                .detail("walletId", wallet.id())
                .detail("orgId", call.tenant().id()))
        : Optional.empty();
  }

  /** The key it signs with. */
  static Entity key(Call call, Entity wallet) {
    return call.tenant().get(Tables.KEYS, keyId(wallet));
  }

  /** Why the key does not sign a request of its wallet any more, if so. */
  static Optional<String> lost(Tenant tenant, Entity request) {
    return Keys.lost(tenant, keyId(tenant.get(Tables.WALLETS, request.text("walletId"))), request);
  }

  private static String keyId(Entity wallet) {
    return wallet.get("signingKey").path("id").asText();
  }
}

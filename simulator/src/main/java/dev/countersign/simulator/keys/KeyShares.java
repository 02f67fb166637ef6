package dev.countersign.simulator.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Times;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.webhooks.Events;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Keys that come and go as encrypted shares. How shares are encrypted is not documented: what comes
 * is not opened, so that an imported key has a key pair of its own, and what goes is no key.
 */
public final class KeyShares {

  private static final int SHARES = 5;
  private static final int ENOUGH = 3;

  private KeyShares() {}

  /** The refusal if the shares of a call's body make no key. */
  public static Optional<Answer> refusal(Call call) {
    String name = call.text("protocol");
    Optional<Protocol> protocol = Protocol.of(name);
    if (protocol.isEmpty()) {
      return Optional.of(
          Answer.refused(501, "The simulator does not simulate the protocol " + name + " yet"));
    }
    if (!protocol.get().runsOn(call.text("curve"))) {
      return invalid("curve: " + name + " does not go with " + call.text("curve"));
    }
    JsonNode shares = call.json().path("encryptedKeyShares");
    int signers = call.json().path("minSigners").asInt();
    if (signers < 1 || signers > shares.size()) {
      return invalid("minSigners: must be 1 to the number of shares");
    }
    Set<String> seen = new HashSet<>();
    for (JsonNode share : shares) {
      if (share.path("encryptedKeyShare").asText().isEmpty()
          || !seen.add(share.path("signerId").asText())) {
        return invalid("encryptedKeyShares: every signer has one share");
      }
    }
    return Optional.empty();
  }

  /**
   * Takes up a key whose shares have no fault.
   *
   * @return nothing if the curve is not simulated
   */
  public static Optional<Entity> take(Call call) {
    ObjectNode shown = Json.object().put("imported", true);
    if (call.body().has("name")) {
      shown.put("name", call.text("name"));
    }
    if (call.body().path("masterKey").asBoolean()) {
      shown.put("masterKey", true);
    }
    return KeyRing.create(
        call.tenant(),
        Protocol.of(call.text("protocol")).orElseThrow().scheme(),
        call.text("curve"),
        Delegation.owner(call),
        shown);
  }

  /** Hands out a key; from then on it does not sign here. */
  public static Answer give(Call call, Entity key) {
    Optional<Answer> archived = Keys.archived(call, key);
    if (archived.isPresent()) {
      return archived.get();
    }
    if (call.text("encryptionKey").isBlank()) {
      return Answer.refused(400, "Validation error: encryptionKey: must not be empty");
    }
    Optional<Protocol> protocol = supported(call, key);
    if (protocol.isEmpty()) {
      return Answer.refused(
          400,
          "Validation error: supportedSchemes: none is for "
              + key.text("scheme")
              + " keys on "
              + key.text("curve"));
    }
    Tenant tenant = call.tenant();
    Entity given =
        key.with(Json.object().put("exported", true).put("dateExported", Times.text(tenant.now())));
    tenant.put(Tables.KEYS, given);
    Events.record(tenant, "key.exported", "key", given.shown());
    tenant
        .table(Tables.WALLETS)
        .where("key", key.id())
        .toList()
        .forEach(wallet -> Events.record(tenant, "wallet.exported", "wallet", wallet.shown()));
    ObjectNode exported =
        Json.object()
            .put("publicKey", key.text("publicKey"))
            .put("protocol", protocol.get().name())
            .put("curve", key.text("curve"))
            .put("minSigners", ENOUGH);
    ArrayNode shares = exported.putArray("encryptedKeyShares");
    for (int signer = 1; signer <= SHARES; signer++) {
      byte[] bytes =
          tenant.derive(
              "share " + signer + " of " + key.id() + " for " + call.text("encryptionKey"));
      shares
          .addObject()
          .put("signerId", "signer-" + signer)
          .put("encryptedKeyShare", Base64.getEncoder().encodeToString(bytes));
    }
    return Answer.ok(exported);
  }

  private static Optional<Protocol> supported(Call call, Entity key) {
    for (JsonNode scheme : call.json().path("supportedSchemes")) {
      Optional<Protocol> protocol =
          Protocol.of(scheme.path("protocol").asText())
              .filter(it -> it.scheme().equals(key.text("scheme")));
      if (protocol.isPresent() && scheme.path("curve").asText().equals(key.text("curve"))) {
        return protocol;
      }
    }
    return Optional.empty();
  }

  private static Optional<Answer> invalid(String fault) {
    return Optional.of(Answer.refused(400, "Validation error: " + fault));
  }
}

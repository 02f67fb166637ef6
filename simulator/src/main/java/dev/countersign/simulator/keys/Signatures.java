package dev.countersign.simulator.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Pages;
import dev.countersign.simulator.call.Resource;
import dev.countersign.simulator.crypto.WalletKey;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.policies.Spend;
import dev.countersign.simulator.requests.Draft;
import dev.countersign.simulator.requests.Execution;
import dev.countersign.simulator.requests.RequestKind;
import dev.countersign.simulator.requests.Requests;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Signing with keys, for real: the signature verifies with the key's public half. */
public final class Signatures {

  private final Requests requests = new Requests(RequestKind.SIGNATURE, Signatures::execute);

  /** The signatures of an organisation. */
  public Signatures() {}

  /** Their way. */
  public Requests requests() {
    return requests;
  }

  Map<String, Behaviour> behaviours() {
    return Map.of(
        "generateSignature",
            call -> generate(call, call.resource(Resource.KEY), call.text("network")),
        "listSignatures", call -> list(call, call.resource(Resource.KEY).id()),
        "getSignature", call -> Answer.ok(call.resource(Resource.SIGNATURE).shown()));
  }

  /**
   * Takes up a request for a signature.
   *
   * @param network the network it is for; empty if none is known
   */
  public Answer generate(Call call, Entity key, String network) {
    Optional<Answer> unusable = Keys.unusable(call, key);
    if (unusable.isPresent()) {
      return unusable.get();
    }
    if (key.text("scheme").equals("DH")) {
      return Answer.refused(400, "A DH key does not sign").detail("keyId", key.id());
    }
    String kind = call.text("kind");
    if (!SignedData.knows(kind) || key.text("scheme").equals("Schnorr")) {
      return Answer.refused(
          501,
          "The simulator does not simulate "
              + key.text("scheme")
              + " signatures of "
              + kind
              + " yet");
    }
    if (call.json().path("transaction").isObject()) {
      return Answer.refused(
          501, "The simulator does not simulate signatures of a transaction as an object yet");
    }
    Optional<String> fault = SignedData.fault(call.json(), isEdwards(key));
    if (fault.isPresent()) {
      return Answer.refused(400, "Validation error: " + fault.get());
    }
    ObjectNode parent = Json.object().put("keyId", key.id());
    if (!network.isEmpty()) {
      parent.put("network", network);
    }
    List<Entity> wallets = call.tenant().table(Tables.WALLETS).where("key", key.id()).toList();
    return requests.submit(call, Draft.of(call.json(), parent, wallets, Spend.unknown(network)));
  }

  /** The signatures of a key in pages. */
  public static Answer list(Call call, String key) {
    return Pages.page(
        call,
        Pages.USUAL,
        after -> call.tenant().table(Tables.SIGNATURES).after(after, "keyId", key),
        Entity::shown,
        Json.object().put("keyId", key));
  }

  private static Execution execute(Tenant tenant, Entity request) {
    return Keys.lost(tenant, request.text("keyId"), request)
        .map(Execution::failed)
        .orElseGet(() -> signed(tenant, request));
  }

  private static Execution signed(Tenant tenant, Entity request) {
    Entity key = tenant.get(Tables.KEYS, request.text("keyId"));
    ObjectNode body = Json.object().put("network", request.text("network"));
    body.setAll((ObjectNode) request.get("requestBody"));
    WalletKey.Signed signed = KeyRing.pair(tenant, key).sign(SignedData.of(body, isEdwards(key)));
    ObjectNode signature = Json.object().put("r", "0x" + signed.r()).put("s", "0x" + signed.s());
    String encoded = "0x" + signed.r() + signed.s();
    if (signed.recovery() >= 0) {
      signature.put("recid", signed.recovery());
      encoded += signed.recovery() == 0 ? "1b" : "1c";
    }
    return Execution.done(Json.object().set("signature", signature.put("encoded", encoded)));
  }

  private static boolean isEdwards(Entity key) {
    return key.text("curve").equals("ed25519");
  }
}

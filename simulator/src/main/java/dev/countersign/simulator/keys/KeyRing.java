package dev.countersign.simulator.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Times;
import dev.countersign.simulator.crypto.WalletKey;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.webhooks.Events;
import java.util.HexFormat;
import java.util.Optional;

/** Makes keys and finds their private halves. */
public final class KeyRing {

  private KeyRing() {}

  /**
   * Makes a key.
   *
   * @param shown fields the API shows besides the usual ones
   * @param delegateTo the end user it belongs to; empty: the organisation
   * @return nothing if the curve is not simulated
   */
  public static Optional<Entity> create(
      Tenant tenant, String scheme, String curve, String delegateTo, ObjectNode shown) {
    String id = tenant.newId("key");
    return WalletKey.of(curve, tenant.derive(id))
        .map(
            pair -> {
              ObjectNode fields =
                  Json.object()
                      .put("id", id)
                      .put("scheme", scheme)
                      .put("curve", curve)
                      .put("publicKey", HexFormat.of().formatHex(pair.publicKey()))
                      .put("status", "Active")
                      .put("custodial", delegateTo.isEmpty())
                      .put("dateCreated", Times.text(tenant.now()));
              fields.setAll(shown);
              Entity key =
                  Entity.of(id, fields).withHidden(Json.object().put("delegatedTo", delegateTo));
              tenant.put(Tables.KEYS, key);
              Events.record(tenant, "key.created", "key", key.shown());
              return key;
            });
  }

  /** A key with its private half. */
  public static WalletKey pair(Tenant tenant, Entity key) {
    return WalletKey.of(key.text("curve"), tenant.derive(key.id())).orElseThrow();
  }
}

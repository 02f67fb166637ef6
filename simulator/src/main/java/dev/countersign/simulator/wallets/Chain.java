package dev.countersign.simulator.wallets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.keys.Network;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tenant;
import java.util.HexFormat;
import java.util.Locale;

/** The chains, which accept everything. */
final class Chain {

  private Chain() {}

  /** What a broadcast request gets: the hash of its transaction. */
  static ObjectNode broadcast(Tenant tenant, Entity request) {
    String hash = HexFormat.of().formatHex(tenant.derive("transaction hash " + request.id()));
    boolean evm = Network.of(request.text("network")).isEvm();
    return Json.object().put("txHash", evm ? "0x" + hash : hash);
  }

  /** The identifier of a network's native asset. */
  static String nativeTid(Tenant tenant, String network) {
    return tenant
        .prices()
        .nativeOf(network)
        .map(asset -> "native:" + asset.symbol().toLowerCase(Locale.ROOT))
        .orElse("native:");
  }
}

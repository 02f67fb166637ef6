package dev.countersign.simulator.records;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.json.Json;
import java.util.Map;

/** A vault's balances: nothing but one quarantined deposit, until somebody unquarantines it. */
final class Quarantines {

  private static final String COLLECTION = "quarantines";

  private Quarantines() {}

  static Map<String, Behaviour> behaviours(Layout layout) {
    return Map.of("listVaultBalances", call -> Desk.answer(layout, call, Quarantines::balances));
  }

  private static Answer balances(Desk desk) {
    Place vault = desk.place.parent();
    Place quarantines =
        new Place(vault.template() + "/" + COLLECTION, vault.path() + "/" + COLLECTION);
    return Looking.page(desk, quarantines, Quarantines::balance);
  }

  /** The entry of a balance that a quarantine is. */
  private static ObjectNode balance(ObjectNode quarantine) {
    return Json.object()
        .put("id", quarantine.path("id").asText() + "-balance")
        .put("kind", "Quarantined")
        .put("network", "EthereumSepolia")
        .put("tid", "Native")
        .put("amount", "1000000000000000")
        .put("quarantineId", quarantine.path("id").asText());
  }
}

package dev.countersign.simulator.wallets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Pages;
import dev.countersign.simulator.call.Resource;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.requests.Draft;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What was paid out of wallets and into them; see {@link Payments}. */
final class History {

  private History() {}

  static Map<String, Behaviour> behaviours() {
    return Map.of("getWalletHistory", History::ofWallet, "listOrgWalletHistory", History::ofAll);
  }

  private static Answer ofWallet(Call call) {
    Entity wallet = call.resource(Resource.WALLET);
    return Pages.page(
        call,
        Pages.USUAL,
        after ->
            call.tenant()
                .table(Tables.HISTORY)
                .after(after, "walletId", wallet.id())
                .filter(row -> asked(call, row.entity(), "direction"))
                .filter(row -> asked(call, row.entity(), "kind"))
                .filter(row -> asked(call, row.entity(), "contract")),
        Entity::shown,
        Draft.parent(wallet));
  }

  private static boolean asked(Call call, Entity event, String field) {
    return call.query(field).isEmpty() || call.query(field).equalsIgnoreCase(event.text(field));
  }

  private static Answer ofAll(Call call) {
    Optional<Instant> start = time(call, "startTime", Instant.MIN);
    Optional<Instant> end = time(call, "endTime", Instant.MAX);
    if (start.isEmpty() || end.isEmpty()) {
      return Answer.refused(
          400, "Validation error: " + (start.isEmpty() ? "startTime" : "endTime") + ": not a time");
    }
    return Pages.page(
        call,
        Pages.USUAL,
        after ->
            call.tenant()
                .table(Tables.HISTORY)
                .after(after)
                .filter(row -> !timestamp(row.entity()).isBefore(start.get()))
                .filter(row -> !timestamp(row.entity()).isAfter(end.get())),
        History::line,
        Json.object().put("orgId", call.tenant().id()));
  }

  private static Instant timestamp(Entity event) {
    return Instant.parse(event.text("timestamp"));
  }

  private static Optional<Instant> time(Call call, String name, Instant otherwise) {
    if (call.query(name).isEmpty()) {
      return Optional.of(otherwise);
    }
    try {
      return Optional.of(Instant.parse(call.query(name)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** An event as a line of the organisation's history: every value is a text. */
  private static ObjectNode line(Entity event) {
    ObjectNode line = Json.object();
    for (String field :
        new String[] {
          "timestamp", "walletId", "network", "direction", "from", "to", "tokenId", "txHash"
        }) {
      copy(event, field, line, field);
    }
    copy(event, "value", line, "amount");
    copy(event, "contract", line, "asset");
    copy(event, "mint", line, "asset");
    copy(event, "master", line, "asset");
    copy(event, "symbol", line, "symbol");
    copy(event, "decimals", line, "decimals");
    return line;
  }

  private static void copy(Entity event, String from, ObjectNode line, String to) {
    if (event.get(from).isValueNode()) {
      line.put(to, event.text(from));
    }
  }
}

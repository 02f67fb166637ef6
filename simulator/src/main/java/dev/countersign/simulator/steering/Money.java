package dev.countersign.simulator.steering;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.Delivery;
import dev.countersign.simulator.Organisation;
import dev.countersign.simulator.Screening;
import dev.countersign.simulator.control.Finding;
import dev.countersign.simulator.documents.Field;
import dev.countersign.simulator.documents.FindingJson;
import dev.countersign.simulator.json.Json;
import java.math.BigInteger;
import java.util.Map;

/** The operations about deliveries, balances and screening. */
final class Money {

  private Money() {}

  static void add(Map<String, Handler> all) {
    all.put(
        "listDeliveries",
        call -> Handlers.items(call.organisation().deliveries().list(), Money::delivery));
    all.put(
        "redeliver",
        call ->
            Handlers.ok(
                Json.object()
                    .put(
                        "eventId",
                        call.organisation().deliveries().redeliver(call.parameter("eventId")))));
    all.put(
        "getBalance",
        call -> {
          String wallet = call.requiredQuery("walletId");
          String asset = call.requiredQuery("asset");
          return Handlers.ok(
              Json.object()
                  .put(
                      "amount",
                      Field.of(
                          "asset",
                          () -> call.organisation().balances().of(wallet, asset).toString())));
        });
    all.put(
        "setBalance",
        call ->
            Handlers.done(
                call.organisation(),
                it ->
                    Field.of(
                        "asset",
                        () -> {
                          it.balances()
                              .set(call.text("walletId"), call.text("asset"), amount(call));
                          return it;
                        })));
    all.put("deposit", call -> Handlers.ok(Json.object().put("hash", deposit(call))));
    all.put(
        "addFinding", call -> Handlers.done(call.organisation(), it -> find(call, it.screening())));
    all.put(
        "forgetFindings",
        call -> Handlers.done(call.organisation(), it -> it.screening().forget()));
  }

  private static BigInteger amount(ControlCall call) {
    return new BigInteger(call.text("amount"));
  }

  private static String deposit(ControlCall call) {
    Organisation organisation = call.organisation();
    return Field.of(
        "asset",
        () ->
            organisation
                .balances()
                .deposit(
                    call.text("walletId"), call.text("asset"), amount(call), call.text("from")));
  }

  private static void find(ControlCall call, Screening screening) {
    Finding finding = Field.of("finding", () -> FindingJson.read(call.body().path("finding")));
    switch (call.text("of")) {
      case "next" -> screening.next(finding);
      case "address" -> screening.address(required(call, "address"), finding);
      case "asset" -> screening.asset(required(call, "network"), required(call, "tid"), finding);
      default -> screening.otherwise(finding);
    }
  }

  private static String required(ControlCall call, String field) {
    if (call.text(field).isEmpty()) {
      throw new IllegalArgumentException(field + ": is needed with of " + call.text("of"));
    }
    return call.text(field);
  }

  private static ObjectNode delivery(Delivery delivery) {
    ObjectNode json =
        Json.object()
            .put("eventId", delivery.eventId())
            .put("webhookId", delivery.webhookId())
            .put("kind", delivery.kind())
            .put("attempt", delivery.attempt())
            .put("delivered", delivery.isDelivered());
    delivery.retryOf().ifPresent(it -> json.put("retryOf", it));
    delivery.status().ifPresent(it -> json.put("status", it));
    delivery.error().ifPresent(it -> json.put("error", it));
    delivery.nextAttempt().ifPresent(it -> json.put("nextAttempt", it.toString()));
    return json;
  }
}

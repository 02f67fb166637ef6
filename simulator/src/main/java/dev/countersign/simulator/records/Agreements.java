package dev.countersign.simulator.records;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Agreements: there is one of each type, and it waits until somebody accepts it. */
final class Agreements {

  private static final Place ACCEPTED = new Place("/agreements", "/agreements");

  private Agreements() {}

  static Map<String, Behaviour> behaviours(Layout layout) {
    return Map.of(
        "getLatestUnacceptedAgreement", call -> latest(Desk.unchecked(layout, call)),
        "recordAgreementAcceptance", call -> accept(Desk.unchecked(layout, call)));
  }

  private static Answer latest(Desk desk) {
    String asked = desk.call.query("agreementType");
    JsonNode waiting =
        types(desk).stream()
            .filter(type -> asked.isEmpty() || asked.equals(type))
            .filter(type -> !isAccepted(desk, type))
            .findFirst()
            .<JsonNode>map(type -> agreement(desk, type))
            .orElse(NullNode.getInstance());
    return Answer.ok(Json.object().set("latestAgreement", waiting));
  }

  private static Answer accept(Desk desk) {
    String id = desk.call.parameters().getOrDefault("agreementId", "");
    Optional<String> type =
        types(desk).stream()
            .filter(it -> agreement(desk, it).path("id").asText().equals(id))
            .findFirst();
    if (type.isEmpty()) {
      return desk.notFound("agreement", "agreementId", id);
    }
    ObjectNode acceptance =
        Json.object()
            .put("agreementId", id)
            .put("userId", desk.call.caller().userId())
            .put("dateAccepted", desk.time());
    desk.shelf.put(ACCEPTED.member(type.get()), acceptance);
    return Answer.ok(acceptance);
  }

  private static List<String> types(Desk desk) {
    return desk.layout
        .shapes()
        .resolve(Json.object().put("$ref", "#/components/schemas/AgreementType"))
        .path("enum")
        .valueStream()
        .map(JsonNode::asText)
        .toList();
  }

  private static ObjectNode agreement(Desk desk, String type) {
    return Json.object()
        .put("id", desk.id("agr", type))
        .put("details", "There is nothing to agree to: this is a simulator")
        .put("agreementType", type);
  }

  private static boolean isAccepted(Desk desk, String type) {
    return desk.shelf.isThere(ACCEPTED.member(type));
  }
}

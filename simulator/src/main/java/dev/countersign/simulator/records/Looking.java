package dev.countersign.simulator.records;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Pages;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Table.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Shows records. */
final class Looking {

  private static final Set<String> PAGING = Set.of("limit", "paginationToken");

  private Looking() {}

  /** One member. */
  static Answer read(Desk desk) {
    return desk.answer(desk.shelf.get(desk.place).shown());
  }

  /** The members of a collection that have what the query asks for. */
  static Answer list(Desk desk) {
    JsonNode item = desk.layout.listedSchema(desk.place.template()).orElseThrow();
    JsonNode answer =
        desk.layout.shapes().resolve(desk.call.operation().answerSchema().orElseThrow());
    if (answer.has("items")) {
      return Answer.ok(
          Json.array()
              .addAll(rows(desk, 0).map(row -> desk.of(item, row.entity().shown())).toList()));
    }
    return page(desk, desk.place, shown -> shown);
  }

  /** A page of a collection's members, seen as items of what the operation lists. */
  static Answer page(Desk desk, Place collection, UnaryOperator<ObjectNode> item) {
    JsonNode schema = desk.layout.listedSchema(desk.place.template()).orElseThrow();
    JsonNode answer =
        desk.layout.shapes().resolve(desk.call.operation().answerSchema().orElseThrow());
    ObjectNode frame = (ObjectNode) desk.of(answer, Json.object().set("items", Json.array()));
    frame.remove("items");
    return Pages.page(
        desk.call,
        answer.path("properties").has("nextPageToken") ? Pages.USUAL : Pages.MOST,
        after ->
            desk.shelf
                .in(collection, after)
                .filter(row -> fits(desk, item.apply(row.entity().shown()))),
        entity -> (ObjectNode) desk.of(schema, item.apply(entity.shown())),
        frame);
  }

  /** The latest record at a path that is a collection to others, and that fits the query. */
  static Answer lookUp(Desk desk) {
    Optional<Entity> latest = rows(desk, 0).map(Row::entity).reduce((first, second) -> second);
    return latest
        .map(entity -> desk.answer(entity.shown()))
        .orElseGet(
            () ->
                Answer.refused(404, desk.place.name().replaceAll("s$", "") + " not found")
                    .detail("orgId", desk.call.tenant().id()));
  }

  private static Stream<Row> rows(Desk desk, long after) {
    return desk.shelf.in(desk.place, after).filter(row -> fits(desk, row.entity().shown()));
  }

  private static boolean fits(Desk desk, ObjectNode shown) {
    for (Map.Entry<String, List<String>> asked : desk.call.query().entrySet()) {
      boolean isFilter =
          !PAGING.contains(asked.getKey())
              && desk.call.operation().queryParameters().containsKey(asked.getKey());
      if (isFilter && !asked.getValue().contains(shown.path(asked.getKey()).asText())) {
        return false;
      }
    }
    return true;
  }
}

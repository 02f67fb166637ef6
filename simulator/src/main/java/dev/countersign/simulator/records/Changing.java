package dev.countersign.simulator.records;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.spec.Operation;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Creates, changes and removes records. */
final class Changing {

  private static final String STATUS = "status";
  private static final int EVIDENT = 5;

  private Changing() {}

  /** Adds to a collection, and to the list that its parent has of it. */
  static Answer create(Desk desk) {
    Place collection = desk.place;
    Operation operation = desk.call.operation();
    JsonNode answer = operation.answerSchema().orElseThrow();
    Optional<JsonNode> parentSchema = desk.parentSchema();
    boolean parentAnswers = parentSchema.filter(answer::equals).isPresent();
    String id = desk.shelf.newId(collection);
    JsonNode schema =
        parentAnswers ? desk.layout.memberSchema(collection.template()).orElseThrow() : answer;
    ObjectNode made = (ObjectNode) desk.of(schema, desk.said().put("id", id));
    desk.shelf.put(collection.member(id), made);
    desk.listOfParent()
        .ifPresent(
            list ->
                desk.shelf.put(
                    collection.parent(),
                    Json.changed(
                        desk.shelf.get(collection.parent()).shown(),
                        Json.object().set(collection.name(), list.deepCopy().add(made)))));
    return desk.answer(parentAnswers ? desk.shelf.get(collection.parent()).shown() : made);
  }

  /** Overlays a member with the body; {@code null} removes a field. */
  static Answer change(Desk desk) {
    ObjectNode given = Json.changed(desk.shelf.get(desk.place).shown(), desk.call.json());
    given.put("dateUpdated", desk.time());
    JsonNode schema = desk.layout.memberSchema(desk.place.parent().template()).orElseThrow();
    ObjectNode changed = (ObjectNode) desk.of(schema, given);
    desk.shelf.put(desk.place, changed);
    return desk.answer(changed);
  }

  /** Removes a member. */
  static Answer remove(Desk desk) {
    ObjectNode gone = Json.changed(desk.shelf.get(desk.place).shown(), Json.object());
    desk.status("archive").or(() -> desk.status("delete")).ifPresent(it -> gone.put(STATUS, it));
    gone.put("dateDeleted", desk.time());
    desk.shelf.remove(desk.place);
    return desk.answer(gone);
  }

  /** Changes a member's status to that which the path's verb asks for, if there is one. */
  static Answer act(Desk desk) {
    Place member = desk.place.parent();
    ObjectNode given = desk.shelf.get(member).shown().deepCopy();
    desk.status(desk.place.name()).ifPresent(it -> given.put(STATUS, it));
    desk.shelf.put(member, given);
    return desk.answer(given);
  }

  /** Adds values to a list of the member above, or takes them out. */
  static Answer list(Desk desk, boolean add) {
    String name = desk.place.name();
    Place member = desk.place.parent();
    Set<JsonNode> values = new LinkedHashSet<>();
    desk.shelf.get(member).get(name).forEach(values::add);
    JsonNode asked = desk.call.json().path(name);
    asked.forEach(value -> change(values, value, add));
    ArrayNode list = Json.array().addAll(values);
    desk.shelf.put(
        member, Json.changed(desk.shelf.get(member).shown(), Json.object().set(name, list)));
    return desk.answer(Json.object());
  }

  private static void change(Set<JsonNode> values, JsonNode value, boolean add) {
    if (add) {
      values.add(value);
    } else {
      values.remove(value);
    }
  }

  /** The value of an enumeration that a verb means: the one that begins most like it. */
  static Optional<String> meant(String verb, JsonNode values) {
    String best = "";
    int most = EVIDENT - 1;
    for (JsonNode value : values) {
      int same = sameBeginning(verb, value.asText());
      if (same > most) {
        most = same;
        best = value.asText();
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
  }

  private static int sameBeginning(String verb, String value) {
    int length = 0;
    while (length < Math.min(verb.length(), value.length())
        && verb.regionMatches(true, 0, value, 0, length + 1)) {
      length++;
    }
    return length;
  }
}

package dev.countersign.simulator.records;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.IdentityKind;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Table.Row;
import dev.countersign.simulator.state.Tables;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The records of the organisation that calls, each under its path.
 *
 * <p>A collection that is addressed by identifiers but that nobody can add to has one member from
 * the start; it is taken up when somebody first looks.
 */
final class Shelf {

  static final String COLLECTION = "collection";

  /** Prefixes of identifiers that are known; others are the beginning of the collection's name. */
  private static final Map<String, String> PREFIXES =
      Map.of(
          "vaults", "vlt",
          "locks", "vlt-lck",
          "quarantines", "vlt-qua",
          "fee-sponsors", "fs",
          "apps", "ap");

  private static final String KEY_STORES = "/key-stores";

  private final Layout layout;
  private final Call call;

  Shelf(Layout layout, Call call) {
    this.layout = layout;
    this.call = call;
  }

  /** The member at a place, if there is one. */
  Optional<Entity> find(Place place) {
    stand(place.parent());
    return call.tenant().find(Tables.RECORDS, place.path()).filter(this::isVisible);
  }

  /** The member at a place that was found before. */
  Entity get(Place place) {
    return call.tenant().get(Tables.RECORDS, place.path());
  }

  /** Puts a member into a collection, or in the place of what it was. */
  void put(Place place, ObjectNode shown) {
    call.tenant()
        .put(
            Tables.RECORDS,
            Entity.of(place.path(), shown)
                .withHidden(Json.object().put(COLLECTION, place.parent().path())));
  }

  /** Takes a member out of its collection for good, even one that was there from the start. */
  void remove(Place place) {
    if (layout.isStanding(place.parent().template())) {
      call.tenant().put(Tables.RECORDS, Entity.of(place.path(), Json.object()));
    } else {
      call.tenant().remove(Tables.RECORDS, place.path());
    }
  }

  /** The members of a collection after a position, in the order they came. */
  Stream<Row> in(Place collection, long after) {
    stand(collection);
    return call.tenant()
        .table(Tables.RECORDS)
        .after(after, COLLECTION, collection.path())
        .filter(row -> isVisible(row.entity()));
  }

  /** A new identifier for a member of a collection. */
  String newId(Place collection) {
    return call.tenant().newId(prefix(collection));
  }

  /** The refusal, if something that a place is in, or the place itself, is not there. */
  Optional<Answer> missing(Place place) {
    return place.members().stream()
        .filter(member -> find(member).isEmpty())
        .findFirst()
        .map(
            member ->
                Answer.refused(404, noun(member) + " not found")
                    .detail(member.name(), call.parameters().getOrDefault(member.name(), ""))
                    .detail("orgId", call.tenant().id()));
  }

  static String noun(Place member) {
    return member
        .name()
        .replaceAll("Id$", "")
        .replaceAll("([A-Z])", " $1")
        .toLowerCase(Locale.ROOT);
  }

  /** Whether something was put at a place. */
  boolean isThere(Place place) {
    return call.tenant().find(Tables.RECORDS, place.path()).filter(Shelf::isThere).isPresent();
  }

  /** Whether the caller may see it: an end user sees what they asked for themselves. */
  private boolean isVisible(Entity entity) {
    JsonNode requester = entity.get("requester").path("userId");
    return isThere(entity)
        && (call.caller().kind() != IdentityKind.END_USER
            || requester.asText().equals(call.caller().userId()));
  }

  private static boolean isThere(Entity entity) {
    return !entity.hiddenText(COLLECTION).isEmpty();
  }

  private static String prefix(Place collection) {
    String name = collection.name();
    return Objects.requireNonNullElse(
        PREFIXES.get(name), name.substring(0, Math.min(3, name.length())));
  }

  /** Takes up the one member of a collection that nobody can add to. */
  private void stand(Place collection) {
    Optional<String> parameter = layout.parameterOf(collection.template());
    if (parameter.isEmpty() || !layout.isStanding(collection.template())) {
      return;
    }
    Facts facts = Facts.in(call.tenant());
    String id =
        collection.path().equals(KEY_STORES)
            ? "default"
            : facts.id(prefix(collection), collection.path());
    ObjectNode given = Json.object().put("id", id).put(parameter.get(), id);
    collection.members().forEach(member -> given.put(member.name(), member.id()));
    JsonNode made =
        layout
            .memberSchema(collection.template())
            .map(schema -> new Sample(layout.shapes(), facts).of(schema, given))
            .orElse(given);
    String own =
        List.of(parameter.get(), "id", "symbol").stream()
            .map(made::path)
            .filter(TextNode.class::isInstance)
            .map(JsonNode::asText)
            .findFirst()
            .orElse(id);
    Place place = collection.member(own);
    if (call.tenant().find(Tables.RECORDS, place.path()).isEmpty()) {
      put(place, (ObjectNode) made);
    }
  }
}

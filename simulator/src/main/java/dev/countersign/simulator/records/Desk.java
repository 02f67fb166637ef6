package dev.countersign.simulator.records;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.IdentityKind;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One call about records: where it goes, what is there, and what is known of it. */
final class Desk {

  private static final Set<String> WALLETS = Set.of("walletId", "targetWalletId");

  final Layout layout;
  final Call call;
  final Place place;
  final Shelf shelf;
  private final Facts facts;

  private Desk(Layout layout, Call call) {
    this.layout = layout;
    this.call = call;
    this.place = Place.of(call);
    this.shelf = new Shelf(layout, call);
    this.facts = Facts.of(call).without(layout.secrets(call.operation()));
  }

  /** What is done at a desk. */
  @FunctionalInterface
  interface Work {
    Answer answer(Desk desk);
  }

  /** Does the work if everything is there that path and body name; else the answer is 404. */
  static Answer answer(Layout layout, Call call, Work work) {
    Desk desk = new Desk(layout, call);
    return desk.shelf
        .missing(desk.place)
        .or(desk::missingReference)
        .orElseGet(() -> work.answer(desk));
  }

  /** The desk of a call whose work looks itself whether everything is there. */
  static Desk unchecked(Layout layout, Call call) {
    return new Desk(layout, call);
  }

  /** The operation's answer, made of what is given. */
  Answer answer(JsonNode given) {
    String type = call.operation().answerType();
    if (type.startsWith("text/")) {
      return Answer.text(type, call.operation().id() + " is not simulated\n");
    }
    return call.operation()
        .answerSchema()
        .map(schema -> Answer.ok(of(schema, given)))
        .orElseGet(Answer::noContent);
  }

  /** A value of a schema, made of what is given. */
  JsonNode of(JsonNode schema, JsonNode given) {
    return new Sample(layout.shapes(), facts).of(schema, given);
  }

  /**
   * The body's fields, and the body as {@code requestBody}, for what a request makes; without what
   * is secret.
   */
  ObjectNode said() {
    ObjectNode given = Json.object();
    if (call.json().isObject()) {
      given.set("requester", call.caller().requester());
      ObjectNode body = call.body().deepCopy();
      body.remove(layout.secrets(call.operation()));
      given.setAll(body);
      given.set("requestBody", body);
    }
    return given;
  }

  /** The schema of the member that the place is in, if it is in one. */
  Optional<JsonNode> parentSchema() {
    return place.parent().isMember()
        ? layout.memberSchema(place.parent().parent().template())
        : Optional.empty();
  }

  /** The list that the member above keeps under the place's name, if its schema has one. */
  Optional<ArrayNode> listOfParent() {
    if (!layout.isPartOfMember(place)) {
      return Optional.empty();
    }
    return Optional.of(
        shelf.get(place.parent()).get(place.name()) instanceof ArrayNode list
            ? list
            : Json.array());
  }

  /** The status that a verb means, if the answer has a status and one of its values is evident. */
  Optional<String> status(String verb) {
    return meant("status", verb);
  }

  /** The value of a field of the answer that a word means, if one is evident. */
  Optional<String> meant(String field, String word) {
    return call.operation()
        .answerSchema()
        .map(layout.shapes()::resolve)
        .map(it -> layout.shapes().resolve(it.path("properties").path(field)).path("enum"))
        .flatMap(values -> Changing.meant(word, values));
  }

  /** An identifier for something that nobody created. */
  String id(String prefix, String name) {
    return facts.id(prefix, name);
  }

  /** The time of the call as the API writes it. */
  String time() {
    return facts.time();
  }

  /** Looks up what the body refers to; learns from it, and from what the place is in. */
  private Optional<Answer> missingReference() {
    for (Map.Entry<String, JsonNode> field : call.json().properties()) {
      String id = field.getValue().asText();
      Optional<String> collection = layout.collectionOf(field.getKey());
      if (WALLETS.contains(field.getKey())) {
        Optional<Entity> wallet = call.tenant().find(Tables.WALLETS, id).filter(this::isCallers);
        if (wallet.isEmpty()) {
          return Optional.of(notFound("wallet", field.getKey(), id));
        }
        facts.add(Json.object().set("network", wallet.get().get("network")));
      } else if (collection.isPresent() && !collection.get().contains("{")) {
        Place member = new Place(collection.get(), collection.get()).member(id);
        Optional<Entity> found = shelf.find(member);
        if (found.isEmpty()) {
          return Optional.of(notFound(field.getKey().replaceAll("Id$", ""), field.getKey(), id));
        }
        learn(found.get().shown());
      }
    }
    place.members().forEach(member -> facts.add(shelf.get(member).shown()));
    return Optional.empty();
  }

  /** Whether the caller may know of a wallet: an end user knows only their own. */
  private boolean isCallers(Entity wallet) {
    return call.caller().kind() != IdentityKind.END_USER
        || wallet.get("signingKey").path("delegatedTo").asText().equals(call.caller().userId());
  }

  /** What a quote calls {@code sourceAsset} is the {@code quotedSourceAsset} of what it was for. */
  private void learn(ObjectNode referred) {
    facts.add(referred);
    ObjectNode quoted = Json.object();
    referred
        .properties()
        .forEach(
            field -> {
              String name = field.getKey();
              quoted.set(
                  "quoted" + Character.toUpperCase(name.charAt(0)) + name.substring(1),
                  field.getValue());
            });
    facts.add(quoted);
  }

  /** The refusal where something is not there. */
  Answer notFound(String noun, String field, String id) {
    return Answer.refused(404, noun + " not found")
        .detail(field, id)
        .detail("orgId", call.tenant().id());
  }
}

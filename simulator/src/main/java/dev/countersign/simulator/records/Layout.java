package dev.countersign.simulator.records;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.spec.Operation;
import dev.countersign.simulator.spec.Shapes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the description says about collections: what is in them, and who puts it there. */
final class Layout {

  private final Description description;

  Layout(Description description) {
    this.description = description;
  }

  Shapes shapes() {
    return description.shapes();
  }

  /** The operation for a method and a path template. */
  Optional<Operation> at(String method, String template) {
    return description.operations().stream()
        .filter(it -> it.method().equals(method) && it.path().equals(template))
        .findFirst();
  }

  /** The operation that shows one member of a collection. */
  Optional<Operation> reader(String collection) {
    return description.operations().stream()
        .filter(it -> it.method().equals("GET") && isMember(it.path(), collection))
        .findFirst();
  }

  /** The collection whose members a parameter of a path names, if they are records. */
  Optional<String> collectionOf(String parameter) {
    return description.operations().stream()
        .filter(Records::covers)
        .map(Operation::path)
        .filter(path -> path.endsWith("/{" + parameter + "}"))
        .map(path -> path.substring(0, path.lastIndexOf('/')))
        .findFirst();
  }

  /** What paths call the identifier of a member of a collection, if any does. */
  Optional<String> parameterOf(String collection) {
    String start = collection + "/{";
    return description.operations().stream()
        .map(Operation::path)
        .filter(path -> path.startsWith(start))
        .map(path -> path.substring(start.length(), path.indexOf('}', start.length())))
        .findFirst();
  }

  /** Whether members of a collection are there without being created by anybody. */
  boolean isStanding(String collection) {
    return at("POST", collection).isEmpty();
  }

  /** Whether an operation answers a list of the members of the collection at its path. */
  boolean isList(Operation operation) {
    JsonNode answer = operation.answerSchema().map(shapes()::resolve).orElseGet(Json::object);
    return operation.method().equals("GET")
        && (answer.has("items") || answer.path("properties").path("items").has("items"));
  }

  /** The schema of a member of a collection as it is kept: that of one, else that in the list. */
  Optional<JsonNode> memberSchema(String collection) {
    return reader(collection)
        .flatMap(Operation::answerSchema)
        .or(() -> listedSchema(collection))
        .or(() -> at("POST", collection).flatMap(Operation::answerSchema));
  }

  /** The schema of a member of a collection as the list shows it. */
  Optional<JsonNode> listedSchema(String collection) {
    return at("GET", collection)
        .filter(this::isList)
        .flatMap(Operation::answerSchema)
        .map(shapes()::resolve)
        .map(it -> it.has("items") ? it.get("items") : it.at("/properties/items/items"));
  }

  /** The fields of a body that are secret. */
  Set<String> secrets(Operation operation) {
    JsonNode body = operation.bodySchema().map(shapes()::resolve).orElseGet(Json::object);
    return Stream.concat(Stream.of(body), body.path("oneOf").valueStream().map(shapes()::resolve))
        .flatMap(shape -> shape.path("properties").propertyStream())
        .filter(property -> property.getValue().path("x-dfns-secret").asBoolean())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Whether the member above a place has a list of that name. */
  boolean isPartOfMember(Place place) {
    return place.parent().isMember()
        && memberSchema(place.parent().parent().template())
            .filter(schema -> hasList(schema, place.name()))
            .isPresent();
  }

  /** Whether a schema, or the first variant of a union, has a list of a name. */
  private boolean hasList(JsonNode schema, String name) {
    JsonNode shape = shapes().resolve(schema);
    JsonNode object = shape.has("oneOf") ? shapes().resolve(shape.at("/oneOf/0")) : shape;
    return object.at("/properties/" + name + "/type").asText().equals("array");
  }

  private static boolean isMember(String path, String collection) {
    return path.startsWith(collection + "/{")
        && path.indexOf('/', collection.length() + 1) < 0
        && path.endsWith("}");
  }
}

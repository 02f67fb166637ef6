package dev.countersign.simulator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.json.Nearest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the names of a scenario stand for. Not thread-safe. */
final class References {

  private static final Pattern IDENTIFIER =
      Pattern.compile("[a-z]{2,4}-[a-z0-9]{5}-[a-z0-9]{5}-[a-z0-9]{16}");

  private final Faults faults;
  private final Map<String, Map<String, String>> ids = new HashMap<>();
  private final Set<String> kinds;

  /** References from fields of these names, such as {@code walletId}. */
  References(Faults faults, String... kinds) {
    this.faults = faults;
    this.kinds = Set.of(kinds);
  }

  /**
   * Remembers what a name stands for.
   *
   * @param kind the field in which identifiers of its kind stand, such as {@code walletId}
   */
  void add(String kind, String name, String id) {
    of(kind).put(name, id);
  }

  boolean has(String kind, String name) {
    return of(kind).containsKey(name);
  }

  /** What a name stands for; nothing, and a fault, if it is not known. */
  Optional<String> find(String kind, JsonNode name, Place place) {
    String text = name.asText();
    String id = of(kind).get(text);
    if (id == null && IDENTIFIER.matcher(text).matches()) {
      return Optional.of(text);
    }
    if (id == null) {
      faults.add(
          place,
          of(kind).isEmpty()
              ? "nothing here has the name " + text
              : "nothing here has the name "
                  + text
                  + "; the nearest is "
                  + Nearest.to(text, of(kind).keySet()));
    }
    return Optional.ofNullable(id);
  }

  /** A value in which the names in lists like {@code userId: {in: […]}} are identifiers. */
  JsonNode resolved(JsonNode node, Place place) {
    if (node instanceof ArrayNode array) {
      ArrayNode copy = Json.array();
      array.forEach(element -> copy.add(resolved(element, place.element(copy.size()))));
      return copy;
    }
    if (!(node instanceof ObjectNode)) {
      return node;
    }
    ObjectNode copy = Json.object();
    node.properties()
        .forEach(
            field -> {
              Place inner = place.field(field.getKey());
              boolean named =
                  kinds.contains(field.getKey()) && field.getValue().path("in").isArray();
              copy.set(
                  field.getKey(),
                  named
                      ? Json.object()
                          .set("in", all(field.getKey(), field.getValue(), inner.field("in")))
                      : resolved(field.getValue(), inner));
            });
    return copy;
  }

  private ArrayNode all(String kind, JsonNode list, Place place) {
    ArrayNode all = Json.array();
    int index = 0;
    for (JsonNode name : list.path("in")) {
      find(kind, name, place.element(index++)).ifPresent(all::add);
    }
    return all;
  }

  private Map<String, String> of(String kind) {
    return ids.computeIfAbsent(kind, it -> new HashMap<>());
  }
}

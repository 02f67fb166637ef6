package dev.countersign.codegen;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place in the description: the JSON there and how to get there. Whatever is not as expected
 * throws {@link DescriptionException} naming the place.
 *
 * @param where the place, for people
 * @param json what stands there
 */
record Node(String where, JsonNode json) {

  DescriptionException problem(String sentence) {
    return new DescriptionException(where, sentence);
  }

  boolean has(String name) {
    return json.has(name);
  }

  /** A member that must be there. */
  Node get(String name) {
    JsonNode member = json.get(name);
    if (member == null) {
      throw problem("'" + name + "' is missing");
    }
    return new Node(where + "." + name, member);
  }

  String text() {
    if (!json.isTextual()) {
      throw problem("a string is expected here");
    }
    return json.textValue();
  }

  boolean bool() {
    if (!json.isBoolean()) {
      throw problem("true or false is expected here");
    }
    return json.booleanValue();
  }

  long integer() {
    if (!json.isIntegralNumber() || !json.canConvertToLong()) {
      throw problem("an integer is expected here");
    }
    return json.longValue();
  }

  String text(String name) {
    return get(name).text();
  }

  @Nullable String optionalText(String name) {
    return has(name) ? text(name) : null;
  }

  /** A boolean member; absent is false. */
  boolean flag(String name) {
    return has(name) && get(name).bool();
  }

  /** The elements of an array member; absent is empty. */
  List<Node> list(String name) {
    List<Node> elements = new ArrayList<>();
    if (has(name)) {
      Node array = get(name);
      if (!array.json.isArray()) {
        throw array.problem("an array is expected here");
      }
      array.json.forEach(e -> elements.add(new Node(array.where + "[" + elements.size() + "]", e)));
    }
    return elements;
  }

  List<String> texts(String name) {
    return list(name).stream().map(Node::text).toList();
  }

  /** The members of an object member, in their order; absent is empty. */
  Map<String, Node> members(String name) {
    return has(name) ? get(name).members() : Map.of();
  }

  Map<String, Node> members() {
    if (!json.isObject()) {
      throw problem("an object is expected here");
    }
    Map<String, Node> members = new LinkedHashMap<>();
    for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      members.put(name, get(name));
    }
    return members;
  }

  /** Refuses members that the generator would not heed. */
  void allow(Set<String> keywords) {
    for (String name : members().keySet()) {
      if (!keywords.contains(name)) {
        throw problem("the generator does not know the keyword '" + name + "'");
      }
    }
  }
}

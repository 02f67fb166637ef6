package dev.countersign.simulator.records;

import dev.countersign.simulator.call.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A collection, or a member of one, in one organisation.
 *
 * @param template as the description has it, such as {@code /vaults/{vaultId}/locks}
 * @param path the same with identifiers in it, such as {@code /vaults/vlt-…/locks}
 */
record Place(String template, String path) {

  Place {
    Objects.requireNonNull(template, "template");
    Objects.requireNonNull(path, "path");
  }

  /** Where a call goes. */
  static Place of(Call call) {
    String path = call.operation().path();
    for (Map.Entry<String, String> parameter : call.parameters().entrySet()) {
      // an identifier with a slash must not look like a deeper path
      path = path.replace("{" + parameter.getKey() + "}", parameter.getValue().replace("/", "%2F"));
    }
    return new Place(call.operation().path(), path);
  }

  /** The place this one is in. */
  Place parent() {
    return new Place(withoutLast(template), withoutLast(path));
  }

  /** The member of this collection with an identifier, whatever the description calls that. */
  Place member(String id) {
    return new Place(template + "/{id}", path + "/" + id);
  }

  /** Whether it is a member of a collection. */
  boolean isMember() {
    return template.endsWith("}");
  }

  /** The members of collections on the way to here, this one included, outermost first. */
  List<Place> members() {
    List<Place> members = new ArrayList<>();
    for (Place place = this; !place.template.isEmpty(); place = place.parent()) {
      if (place.isMember()) {
        members.add(0, place);
      }
    }
    return members;
  }

  /** The last segment, or what the parameter there is called. */
  String name() {
    return template.substring(template.lastIndexOf('/') + 1).replaceAll("[{}]", "");
  }

  /** The last segment with the identifier in it. */
  String id() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String withoutLast(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }
}

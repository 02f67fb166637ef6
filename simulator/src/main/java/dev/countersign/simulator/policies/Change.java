package dev.countersign.simulator.policies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * A change of a policy, a permission, or who has it.
 *
 * @param kind {@code Policy}, {@code Permission} or {@code Assignment}
 * @param operation {@code Update}, {@code Create} or {@code Delete}
 * @param entityId what changes
 * @param body how it will be
 */
public record Change(String kind, String operation, String entityId, ObjectNode body) {

  /** Checks the components. */
  public Change {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(entityId, "entityId");
    Objects.requireNonNull(body, "body");
  }
}

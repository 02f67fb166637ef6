package dev.countersign.simulator.policies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.state.Tenant;

/** Something that waits for an approval. */
public interface Held {

  /** It was approved. */
  void released(Tenant tenant, String id);

  /** It was denied, or the approval expired. */
  void rejected(Tenant tenant, String id, String reason);

  /** What the approval shows of it. */
  ObjectNode view(Tenant tenant, String id);
}

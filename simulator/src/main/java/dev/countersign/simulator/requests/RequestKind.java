package dev.countersign.simulator.requests;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.TableKey;
import dev.countersign.simulator.state.Tenant;
import java.util.Objects;
import java.util.function.BiFunction;

/**
 * A kind of request.
 *
 * @param noun what the API calls it, such as {@code transfer}
 * @param subject the name approvals show it under, such as {@code transferRequest}
 * @param prefix what its identifiers begin with
 * @param table where it is
 * @param broadcasts whether it ends on a chain rather than with a signature
 * @param result the fields it gets once it was executed
 */
public record RequestKind(
    String noun,
    String subject,
    String prefix,
    TableKey table,
    boolean broadcasts,
    BiFunction<Tenant, Entity, ObjectNode> result) {

  /** Checks the components. */
  public RequestKind {
    Objects.requireNonNull(noun, "noun");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(result, "result");
  }

  /** What happens by itself: the request's next step. */
  public String step() {
    return noun + " step";
  }
}

package dev.countersign.simulator.requests;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import java.util.Objects;

/**
 * What came of executing a request.
 *
 * @param fields the fields the request gets by it
 * @param failure why it failed; empty if it did not
 */
public record Execution(ObjectNode fields, String failure) {

  /** Checks the components. */
  public Execution {
    Objects.requireNonNull(fields, "fields");
    Objects.requireNonNull(failure, "failure");
  }

  /** It was done. */
  public static Execution done(ObjectNode fields) {
    return new Execution(fields, "");
  }

  /** It could not be done. */
  public static Execution failed(String why) {
    return new Execution(Json.object(), why);
  }
}

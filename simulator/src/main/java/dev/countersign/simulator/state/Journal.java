package dev.countersign.simulator.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Where the changes of one organisation are written before the answers to them leave. Called by one
 * thread at a time.
 */
@FunctionalInterface
public interface Journal {

  /**
   * What changed.
   *
   * @param anew whether everything that was written before is void
   * @param put what to write, by its key; whoever reads it back needs nothing else
   * @param removed the keys of what to forget
   */
  record Changes(boolean anew, Map<String, JsonNode> put, Set<String> removed) {

    /** Checks the components. */
    public Changes {
      Objects.requireNonNull(put, "put");
      Objects.requireNonNull(removed, "removed");
    }

    boolean isEmpty() {
      return !anew && put.isEmpty() && removed.isEmpty();
    }
  }

  /**
   * Writes all changes or none, so that they are there when this process ends in any way.
   *
   * @throws RuntimeException if it cannot; the changes are taken back then
   */
  void write(Changes changes);
}

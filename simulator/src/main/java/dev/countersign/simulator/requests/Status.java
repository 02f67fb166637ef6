package dev.countersign.simulator.requests;

import java.util.Map;
import java.util.Set;

/** Where a request is on its way, and where it can go from there. */
enum Status {
  PENDING("Pending"),
  EXECUTING("Executing"),
  BROADCASTED("Broadcasted"),
  SIGNED("Signed"),
  CONFIRMED("Confirmed"),
  FAILED("Failed"),
  REJECTED("Rejected");

  private static final Map<Status, Set<Status>> MOVES =
      Map.of(
          PENDING, Set.of(EXECUTING, REJECTED),
          EXECUTING, Set.of(BROADCASTED, SIGNED, FAILED),
          BROADCASTED, Set.of(CONFIRMED, FAILED),
          SIGNED, Set.of(),
          CONFIRMED, Set.of(),
          FAILED, Set.of(),
          REJECTED, Set.of());

  private final String text;

  Status(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  static Status of(String text) {
    for (Status status : values()) {
      if (status.text.equals(text)) {
        return status;
      }
    }
    throw new IllegalArgumentException("No request has the status " + text);
  }

  /** Whether a request in this status can go to another. */
  boolean leadsTo(Status next) {
    return MOVES.getOrDefault(this, Set.of()).contains(next);
  }

  /** Whether nothing happens to a request in this status any more. */
  boolean isFinal() {
    return MOVES.getOrDefault(this, Set.of()).isEmpty();
  }
}

package dev.countersign.simulator.coverage;

import java.util.Set;
import java.util.TreeSet;

/** What was called, and what of it was valid. Not thread-safe. */
final class Tally {

  private final Set<String> called = new TreeSet<>();
  private final Set<String> requests = new TreeSet<>();
  private final Set<String> answers = new TreeSet<>();

  void called(String operation) {
    called.add(operation);
  }

  void validRequest(String operation) {
    requests.add(operation);
  }

  void validAnswer(String operation) {
    answers.add(operation);
  }

  /** In one line, of how many there are in all. */
  String of(int total) {
    return "%d of %d operations called; %d requests and %d answers valid"
        .formatted(called.size(), total, requests.size(), answers.size());
  }
}

package dev.countersign.bench;

import java.util.List;

/** What is made of many measurements. */
final class Statistics {

  private Statistics() {}

  /** The middle one: a busy machine disturbs some measurements much, and the middle one little. */
  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}

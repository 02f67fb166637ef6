package dev.countersign.bench;

import java.io.IOException;

/** A measurement of whole programs, which prints a table of its own. */
@FunctionalInterface
interface Section {

  /**
   * Measures.
   *
   * @param quick whether a rough answer will do
   * @return lines that say what was measured, beside the baseline of the same run
   */
  String measure(boolean quick) throws IOException, InterruptedException;
}

package dev.countersign.quickstart;

import java.io.PrintStream;

/** What the story tells: numbered steps, and facts below them. */
final class Transcript {

  private final PrintStream out;

  Transcript(PrintStream out) {
    this.out = out;
  }

  void step(int number, String what) {
    out.printf("%n%2d  %s%n", number, what);
  }

  void fact(String name, Object value) {
    out.printf("      %-16s %s%n", name, value);
  }

  void line(String text) {
    out.println(text);
  }
}

package dev.countersign.simulator.json;

import java.util.Collection;
import java.util.Comparator;

/** Guesses which name was meant. */
public final class Nearest {

  private Nearest() {}

  /** The name that takes the fewest letters to change into; the name itself if there are none. */
  public static String to(String name, Collection<String> names) {
    return names.stream()
        .min(
            Comparator.comparingInt((String it) -> distance(name, it))
                .thenComparing(Comparator.naturalOrder()))
        .orElse(name);
  }

  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int above = row[j];
        int changed = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(changed, 1 + Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return row[right.length()];
  }
}

package dev.countersign.batch;

import java.util.Map;

/**
 * How far a run is.
 *
 * @param waiting how many items were taken from the source and are not begun
 * @param inFlight how many are under way
 * @param ended how many have ended, by their end; an end that none had is missing
 */
public record BatchProgress(int waiting, int inFlight, Map<ItemEnd, Long> ended) {

  /** How far a run is. */
  public BatchProgress {
    ended = Map.copyOf(ended);
  }

  /** How many items ended this way. */
  public long ended(ItemEnd end) {
    return ended.getOrDefault(end, 0L);
  }

  /** How many items have ended, in whatever way. */
  public long total() {
    return ended.values().stream().mapToLong(Long::longValue).sum();
  }
}

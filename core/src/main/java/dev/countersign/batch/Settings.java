package dev.countersign.batch;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;

/** What all batches of one {@link Batches} have in common. */
record Settings(
    FrozenCalls calls,
    BatchJournal journal,
    Executor executor,
    Clock clock,
    int inFlight,
    Duration lease) {

  /** How many items may be taken from a source and not have ended, for one that is in flight. */
  private static final int AHEAD = 4;

  int window() {
    return inFlight * AHEAD;
  }
}

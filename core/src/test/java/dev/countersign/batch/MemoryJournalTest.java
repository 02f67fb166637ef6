package dev.countersign.batch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

class MemoryJournalTest extends BatchJournalContract {

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final BatchJournal journal =
      MemoryJournal.create(((InstantSource) now::get).withZone(ZoneOffset.UTC));

  @Override
  protected BatchJournal journal() {
    return journal;
  }

  @Override
  protected void letASecondPass() {
    now.updateAndGet(at -> at.plus(Duration.ofSeconds(1)));
  }
}

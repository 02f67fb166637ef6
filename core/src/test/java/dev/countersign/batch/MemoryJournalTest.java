package dev.countersign.batch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

class MemoryJournalTest extends BatchJournalContract {

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final BatchJournal journal = MemoryJournal.create(new Moved());

  @Override
  protected BatchJournal journal() {
    return journal;
  }

  @Override
  protected void letASecondPass() {
    now.updateAndGet(at -> at.plus(Duration.ofSeconds(1)));
  }

  private final class Moved extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now.get();
    }
  }
}

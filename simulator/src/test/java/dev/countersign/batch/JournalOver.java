package dev.countersign.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A journal over another one, of which a test replaces a method. */
class JournalOver implements BatchJournal {

  private final BatchJournal journal;

  JournalOver(BatchJournal journal) {
    this.journal = journal;
  }

  @Override
  public OptionalLong acquire(String batchId, Duration lease) {
    return journal.acquire(batchId, lease);
  }

  @Override
  public boolean renew(String batchId, long fence, Duration lease) {
    return journal.renew(batchId, fence, lease);
  }

  @Override
  public void release(String batchId, long fence) {
    journal.release(batchId, fence);
  }

  @Override
  public Optional<JournalItem> add(String batchId, long fence, JournalItem item) {
    return journal.add(batchId, fence, item);
  }

  @Override
  public boolean start(String batchId, long fence, String itemId, Instant at) {
    return journal.start(batchId, fence, itemId, at);
  }

  @Override
  public void putBack(String batchId, long fence, String itemId) {
    journal.putBack(batchId, fence, itemId);
  }

  @Override
  public void end(String batchId, String itemId, RecordedEnd end) {
    journal.end(batchId, itemId, end);
  }

  @Override
  public List<JournalItem> unfinished(String batchId, long after, int limit) {
    return journal.unfinished(batchId, after, limit);
  }
}

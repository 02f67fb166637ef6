package dev.countersign.batch;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

/** The unfinished items of a batch, read a page at a time. */
final class Unfinished implements Iterator<JournalItem> {

  private final BatchJournal journal;
  private final String batchId;
  private final int page;
  private final Queue<JournalItem> read = new ArrayDeque<>();
  private final AtomicLong position = new AtomicLong();

  Unfinished(BatchJournal journal, String batchId, int page) {
    this.journal = journal;
    this.batchId = batchId;
    this.page = page;
  }

  @Override
  public boolean hasNext() {
    if (read.isEmpty()) {
      List<JournalItem> more = journal.unfinished(batchId, position.get(), page);
      more.forEach(item -> position.set(item.position()));
      read.addAll(more);
    }
    return !read.isEmpty();
  }

  @Override
  public JournalItem next() {
    if (!hasNext()) {
      throw new NoSuchElementException("There is no more unfinished item");
    }
    return read.remove();
  }
}

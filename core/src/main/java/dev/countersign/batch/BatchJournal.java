package dev.countersign.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a batch is written down, so that it survives its process: an item before its first request
 * leaves, and its end afterwards.
 *
 * <p>One process at a time works on a batch: it holds the <em>lease</em>, and with it a number, the
 * <em>fence</em>. Leases run out by the journal's own clock. Whoever comes next has a greater
 * fence, and from then on the earlier one can start nothing: a process that was only slow finds out
 * before it sends anything new. What it had sent before, it may still record the end of.
 *
 * <p>When a method that changes something has returned, the change survives the death of the
 * process. All methods block, are atomic, and are safe for use by several threads and processes at
 * once; a journal that cannot answer throws a {@link
 * dev.countersign.error.ServiceUnavailableException}, and then the change was made or not.
 */
public interface BatchJournal {

  /**
   * Takes the lease of a batch, which need not exist yet.
   *
   * @param lease how long, unless it is renewed
   * @return the fence, at least 1; empty while another holds the lease
   */
  OptionalLong acquire(String batchId, Duration lease);

  /** Makes the lease last this long from now; false if another has taken it since. */
  boolean renew(String batchId, long fence, Duration lease);

  /** Gives the lease back, if it is still held. */
  void release(String batchId, long fence);

  /**
   * Adds an item that waits, unless there is one of its id: submitting again changes nothing.
   *
   * @param item its position, start and end do not matter
   * @return the item as it is in the journal now; empty if the fence is not the newest
   */
  Optional<JournalItem> add(String batchId, long fence, JournalItem item);

  /**
   * Notes that an item is about to be sent. The last word before a request leaves.
   *
   * @return whether it may be sent: it waited, or was started under an earlier fence, and has no
   *     end, and the fence is the newest
   */
  boolean start(String batchId, long fence, String itemId, Instant at);

  /** Lets an item wait again that was started under this fence and certainly had no effect. */
  void putBack(String batchId, long fence, String itemId);

  /**
   * Records how an item ended. It needs no fence, since what is known to have happened is true
   * whoever says it: a certain end is recorded unless there is one, and takes the place of {@link
   * ItemEnd#UNKNOWN}; an unknown one is recorded only if there is none.
   */
  void end(String batchId, String itemId, RecordedEnd end);

  /**
   * Items without an end, in the order in which they were added.
   *
   * @param after the position after which to begin, 0 for the first
   * @param limit how many at most
   */
  List<JournalItem> unfinished(String batchId, long after, int limit);
}

package dev.countersign.batch;

import dev.countersign.call.CheckReturnValue;
import dev.countersign.call.Operation;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Flow;

/**
 * One batch: many operations that are each finished exactly once, whatever process finishes them.
 *
 * <p>Each item is in the journal before its first request leaves. Submitting is idempotent: an item
 * of an id that was submitted before is not submitted twice, and what is sent is the request of the
 * first time. So after a crash in the middle of a stream the same stream may be submitted again
 * from its beginning.
 *
 * <p>An item that was on its way when its process died is sent again to the byte if Dfns recognises
 * the repeat ({@link Operation#isIdempotent()}: transfers, transactions, signatures). Others, such
 * as {@code createWallet}, end {@link ItemEnd#UNKNOWN} and are never sent again.
 *
 * <p>Immutable and safe for use by several threads; of one batch at most one run is under way at a
 * time, in whatever process.
 *
 * @param <T> what Dfns answers
 */
@CheckReturnValue
public final class Batch<T> {

  /** How many items are read from the journal at a time. */
  private static final int PAGE = 100;

  private final Settings settings;
  private final String id;
  private final Map<String, Operation<? extends T>> operations = new HashMap<>();

  Batch(Settings settings, String id, Collection<? extends Operation<? extends T>> operations) {
    this.settings = settings;
    this.id = id;
    for (Operation<? extends T> operation : operations) {
      if (operation.security() != Operation.Security.USER_ACTION) {
        throw new IllegalArgumentException(
            operation.name() + " needs no user action, and so cannot be part of a batch");
      }
      this.operations.put(operation.name(), operation);
    }
  }

  /** The batch's id. */
  public String id() {
    return id;
  }

  /**
   * Starts a run over items that an iterator gives; it may block, and is asked for no more than the
   * run can take. {@code stream.iterator()} makes one of a stream, which stays the caller's to
   * close.
   */
  public BatchRun start(Iterator<? extends BatchItem<T>> items, BatchListener<T> listener) {
    Source<BatchItem<T>> source = Source.of(items, settings.executor());
    return new Run<>(settings, id, source, desk(listener), Desk::admit).begin();
  }

  /** The same over items that a publisher gives; no more is requested than the run can take. */
  public BatchRun start(Flow.Publisher<? extends BatchItem<T>> items, BatchListener<T> listener) {
    Source<BatchItem<T>> source = Source.of(items);
    return new Run<>(settings, id, source, desk(listener), Desk::admit).begin();
  }

  /**
   * Starts a run over all items in the journal that have not ended. It knows only what was
   * submitted: a submission that was cut short has to be made again, which also resumes.
   */
  public BatchRun resume(BatchListener<T> listener) {
    Iterator<JournalItem> items = new Unfinished(settings.journal(), id, PAGE);
    Source<JournalItem> source = Source.of(items, settings.executor());
    return new Run<>(settings, id, source, desk(listener), Desk::readmit).begin();
  }

  private Desk<T> desk(BatchListener<T> listener) {
    return new Desk<>(settings, id, Map.copyOf(operations), listener);
  }

  @Override
  public String toString() {
    return "batch " + id;
  }
}

package dev.countersign.batch;

import dev.countersign.action.UserAction;
import dev.countersign.call.FrozenCall;
import dev.countersign.call.Operation;
import dev.countersign.error.DfnsException;
import dev.countersign.error.ServiceUnavailableException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The paperwork of a run: lets items in by way of the journal, writes down what becomes of them,
 * and tells the listener. Used by one thread at a time.
 */
final class Desk<T> {

  private final Settings settings;
  private final String batchId;
  private final Map<String, Operation<? extends T>> operations;
  private final BatchListener<T> listener;
  private final AtomicLong fence = new AtomicLong();
  private final Map<ItemEnd, Long> ended = new EnumMap<>(ItemEnd.class);

  /** The ids that are let in and have not ended. */
  private final Set<String> inside = new HashSet<>();

  /** The order keys of what may yet have to be done, and is not done in this run. */
  private final Set<String> heldUp = new HashSet<>();

  private final ReentrantLock leasing = new ReentrantLock();
  private final AtomicBoolean closed = new AtomicBoolean();

  Desk(
      Settings settings,
      String batchId,
      Map<String, Operation<? extends T>> operations,
      BatchListener<T> listener) {
    this.settings = settings;
    this.batchId = batchId;
    this.operations = operations;
    this.listener = listener;
  }

  void open() {
    fence.set(
        settings
            .journal()
            .acquire(batchId, settings.lease())
            .orElseThrow(
                () ->
                    new ServiceUnavailableException(
                        "Batch "
                            + batchId
                            + " is being worked on by another run; try again when that is over, or"
                            + " its lease of "
                            + settings.lease()
                            + " has run out",
                        null)));
  }

  /** Whether the batch is still this run's, or was until it closed. By any thread. */
  boolean renew() {
    leasing.lock();
    try {
      return closed.get() || settings.journal().renew(batchId, fence.get(), settings.lease());
    } finally {
      leasing.unlock();
    }
  }

  /** Gives the batch back; nothing renews it any more. */
  void close() {
    leasing.lock();
    try {
      closed.set(true);
      settings.journal().release(batchId, fence.get());
    } finally {
      leasing.unlock();
    }
  }

  Map<ItemEnd, Long> ended() {
    return ended;
  }

  BatchListener<T> listener() {
    return listener;
  }

  /** Lets an item in that is submitted; empty if it has been told of already. */
  Optional<Ticket<T>> admit(BatchItem<T> submitted) {
    Optional<JournalItem> described;
    try {
      described = describe(submitted);
    } catch (IllegalStateException e) {
      String reason = e.getMessage() == null ? "It cannot be frozen" : e.getMessage();
      tell(ItemResult.notBegun(submitted.id(), null, reason));
      return Optional.empty();
    }
    if (described.isEmpty()) {
      tell(ItemResult.notBegun(submitted.id(), null, "It is no call of this batch's operations"));
      return Optional.empty();
    }
    JournalItem item = described.get();
    JournalItem kept = settings.journal().add(batchId, fence.get(), item).orElseThrow(this::lost);
    if (!kept.fingerprint().equals(item.fingerprint())) {
      tell(
          ItemResult.notBegun(
              item.id(),
              null,
              "The journal has another request under this item's id; what is to be paid again needs"
                  + " an id of its own"));
      return Optional.empty();
    }
    return readmit(kept);
  }

  /** Lets an item in that is in the journal. */
  Optional<Ticket<T>> readmit(JournalItem item) {
    Operation<? extends T> operation = operations.get(item.operation());
    if (item.end().isPresent()) {
      tell(ItemResult.earlier(item, item.end().get()));
    } else if (operation == null) {
      notSent(item, item.operation() + " is not among the operations of this batch");
    } else if (inside.contains(item.id())) {
      tell(ItemResult.notBegun(item.id(), item, "This run has an item of this id already"));
    } else if (item.startedBy() > 0 && !operation.isIdempotent()) {
      finish(
          item,
          ItemEnd.UNKNOWN,
          null,
          "It was on its way when its process ended, and is not sent again, since Dfns does not"
              + " recognise a repeat of "
              + item.operation());
    } else {
      return ticket(operation, item);
    }
    return Optional.empty();
  }

  private <V extends T> Optional<Ticket<T>> ticket(Operation<V> operation, JournalItem item) {
    FrozenCall<V> call;
    try {
      call = settings.calls().resume(operation, item.request());
    } catch (IllegalArgumentException e) {
      notSent(item, "What the journal has of it cannot be resumed");
      return Optional.empty();
    }
    inside.add(item.id());
    return Optional.of(new Ticket<>(item, call, operation.isIdempotent(), settings.clock()));
  }

  /** Whether something that it is in order with, and that comes before it, is not done here. */
  boolean isHeldUp(JournalItem item) {
    return item.orderKey().filter(heldUp::contains).isPresent();
  }

  /** The last word before a request leaves: the ticket to go with, if it may go. */
  Optional<Ticket<T>> start(Ticket<T> ticket) {
    JournalItem item = ticket.item();
    Instant now = settings.clock().instant();
    if (settings.journal().start(batchId, fence.get(), item.id(), now)) {
      ticket.started(fence.get(), now);
      return Optional.of(ticket);
    }
    JournalItem kept = settings.journal().add(batchId, fence.get(), item).orElseThrow(this::lost);
    inside.remove(item.id());
    if (kept.end().isPresent()) {
      tell(ItemResult.earlier(kept, kept.end().get()));
    } else {
      notSent(kept, "The journal does not let it start");
    }
    return Optional.empty();
  }

  /** It was not sent, and the journal may have it as started. */
  void notStarted(Ticket<T> ticket) {
    try {
      if (!ticket.isRepeat()) {
        settings.journal().putBack(batchId, fence.get(), ticket.item().id());
      }
    } finally {
      left(ticket, "the journal did not let it start");
    }
  }

  /** Dfns answered. */
  void answered(Ticket<T> ticket, T value) {
    RecordedEnd end =
        RecordedEnd.of(Ends.of(value), Ends.entityId(value), null, settings.clock().instant());
    inside.remove(ticket.item().id());
    try {
      settings.journal().end(batchId, ticket.item().id(), end);
    } finally {
      tell(ItemResult.answered(ticket.item(), end, value));
    }
  }

  /** It failed; whether what is in order behind it may go. */
  boolean failed(Ticket<T> ticket, Throwable failure) {
    JournalItem item = ticket.item();
    ItemEnd end = Ends.of(failure, ticket.isRepeat());
    DfnsException error = failure instanceof DfnsException known ? known : null;
    boolean again = end == ItemEnd.NO_EFFECT || (end == ItemEnd.UNKNOWN && ticket.isIdempotent());
    String reason =
        (end == ItemEnd.UNKNOWN && ticket.isRepeat()
                ? "An earlier request of it may have taken effect, and then: "
                : "")
            + Ends.reason(failure);
    inside.remove(item.id());
    if (!again) {
      finish(item, end, error, reason);
      return end != ItemEnd.UNKNOWN;
    }
    try {
      if (end == ItemEnd.NO_EFFECT) {
        settings.journal().putBack(batchId, fence.get(), item.id());
      }
    } finally {
      tell(ItemResult.failed(item, end, null, error, reason));
    }
    return false;
  }

  /** It is left for another run. */
  void left(Ticket<T> ticket, String reason) {
    ticket.drop();
    inside.remove(ticket.item().id());
    notSent(ticket.item(), reason);
  }

  private void notSent(JournalItem item, String reason) {
    holdUp(item);
    if (item.startedBy() > 0) {
      tell(
          ItemResult.failed(
              item,
              ItemEnd.UNKNOWN,
              null,
              null,
              "An earlier run had sent it, and this one did not send it again: " + reason));
    } else {
      tell(ItemResult.notBegun(item.id(), item, reason));
    }
  }

  private void holdUp(JournalItem item) {
    item.orderKey().ifPresent(heldUp::add);
  }

  ServiceUnavailableException lost() {
    return new ServiceUnavailableException(
        "Another run has taken over batch "
            + batchId
            + ", since the lease of "
            + settings.lease()
            + " had run out; this one begins nothing more",
        null);
  }

  private void finish(JournalItem item, ItemEnd end, @Nullable DfnsException error, String reason) {
    RecordedEnd recorded = RecordedEnd.of(end, null, reason, settings.clock().instant());
    if (end == ItemEnd.UNKNOWN) {
      holdUp(item);
    }
    try {
      settings.journal().end(batchId, item.id(), recorded);
    } finally {
      tell(ItemResult.failed(item, end, recorded, error, reason));
    }
  }

  private void tell(ItemResult<T> result) {
    ended.merge(result.end(), 1L, Long::sum);
    listener.ended(result);
  }

  /** What the journal is to keep; empty if none of the operations fits. */
  private Optional<JournalItem> describe(BatchItem<T> submitted) {
    String frozen = submitted.call().freeze();
    String externalId = submitted.call().externalId().orElse(null);
    for (Operation<? extends T> operation : operations.values()) {
      try {
        UserAction action = settings.calls().resume(operation, frozen).action();
        return Optional.of(
            JournalItem.of(
                    submitted.id(),
                    operation.name(),
                    frozen,
                    Requests.fingerprint(action, externalId))
                .orderKey(submitted.orderKey().orElse(null))
                .externalId(externalId)
                .build());
      } catch (IllegalArgumentException e) {
        // it is one of another operation
      }
    }
    return Optional.empty();
  }
}

package dev.countersign.approval;

import dev.countersign.error.DfnsException;
import dev.countersign.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One thing that is waited for, by one or more waiters. Its state is the poller's to guard. */
final class Entry<T> {

  final WaitId<T> id;
  final List<CompletableFuture<Waited<T>>> waiters = new ArrayList<>();

  /** Nanoseconds between the last look and the next, before chance. */
  final AtomicLong interval;

  /** When the next look is due, on the poller's clock. */
  final AtomicLong due = new AtomicLong();

  /** Whether a look is queued or on its way. */
  final AtomicBoolean busy = new AtomicBoolean();

  /** Looks in a row whose answer could not be read. */
  final AtomicInteger unreadable = new AtomicInteger();

  private final AtomicInteger settling = new AtomicInteger();
  private final AtomicReference<@Nullable T> lastSeen = new AtomicReference<>();
  private final AtomicReference<@Nullable String> approvalId = new AtomicReference<>();
  private final AtomicReference<@Nullable DfnsException> trouble = new AtomicReference<>();
  private final AtomicBoolean held = new AtomicBoolean();

  Entry(WaitId<T> id, long interval) {
    this.id = id;
    this.interval = new AtomicLong(interval);
  }

  /**
   * Whether an approval holds it: then it is looked for among the pending ones, all in one list.
   */
  boolean isHeld() {
    return held.get();
  }

  /** Its id on a shelf. */
  String idOn(Shelf shelf) {
    String approval = approvalId.get();
    return held.get() && approval != null && shelf.equals(Shelf.APPROVALS) ? approval : id.id();
  }

  /** Remembers the approval that an event named. */
  void approvalIs(String approval) {
    approvalId.set(approval);
  }

  boolean isOf(String approval) {
    return approval.equals(approvalId.get());
  }

  /**
   * Judges what a look saw.
   *
   * @return how it ended, or null if it goes on
   */
  @Nullable Verdict<T> see(JsonObject json) {
    T seen = id.kind().view(json);
    Verdict<T> verdict = id.kind().judge(seen);
    lastSeen.set(seen);
    answered();
    return progress(verdict);
  }

  /** What an event says, if it says that this has ended; else it changes nothing. */
  @Nullable Verdict<T> hear(JsonObject json) {
    Verdict<T> verdict = id.kind().judge(id.kind().view(json));
    return verdict instanceof Verdict.Ended || verdict instanceof Verdict.Rejected
        ? progress(verdict)
        : null;
  }

  /** What is left of a verdict: an end, a rejection to explain, or null if it goes on. */
  @Nullable Verdict<T> progress(Verdict<T> verdict) {
    if (verdict instanceof Verdict.Going<T> going) {
      held.set(going.approvalId() != null);
      if (going.approvalId() != null) {
        approvalId.set(going.approvalId());
      }
      return null;
    }
    held.set(false);
    if (verdict instanceof Verdict.Settling<T> settled) {
      return settling.incrementAndGet() > Verdict.LOOKS_TO_SETTLE
          ? new Verdict.Ended<>(settled.otherwise())
          : null;
    }
    if (verdict instanceof Verdict.Rejected<T> rejected) {
      String approval = rejected.approvalId() != null ? rejected.approvalId() : approvalId.get();
      return approval == null
          ? new Verdict.Ended<>(new Waited.Blocked<>(rejected.entity()))
          : new Verdict.Rejected<>(rejected.entity(), approval);
    }
    return verdict;
  }

  /** A look succeeded. */
  void answered() {
    trouble.set(null);
    unreadable.set(0);
  }

  void troubled(DfnsException e) {
    trouble.set(e);
  }

  Waited.StillPending<T> stillPending() {
    return new Waited.StillPending<>(id, lastSeen.get(), trouble.get());
  }
}

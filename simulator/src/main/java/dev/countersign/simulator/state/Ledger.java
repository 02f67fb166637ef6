package dev.countersign.simulator.state;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Notes what may have changed in an organisation, and has it written. Used by one thread at a time.
 */
final class Ledger {

  private final Journal journal;
  private final AtomicReference<@Nullable Moment> written;
  private final Set<Entries.Place> places = new HashSet<>();
  private final Set<Due> dues = new HashSet<>();

  /**
   * A ledger.
   *
   * @param written what is written already; nothing if everything has to be
   */
  Ledger(Journal journal, @Nullable Moment written) {
    this.journal = journal;
    this.written = new AtomicReference<>(written);
  }

  void touch(TableKey table, String id) {
    places.add(new Entries.Place(table.name(), id));
  }

  void touch(Due due) {
    dues.add(due);
  }

  /** Everything may have changed. */
  void touchAll() {
    written.set(null);
  }

  /** What is written. */
  @Nullable Moment written() {
    return written.get();
  }

  /** Writes what changed since the last time; nothing if nothing did. */
  void commit(Moment now) {
    Moment before = written.get();
    try {
      Journal.Changes changes =
          before == null ? Entries.all(now) : Entries.between(before, now, places, dues);
      if (!changes.isEmpty()) {
        journal.write(changes);
      }
      written.set(now);
    } finally {
      places.clear();
      dues.clear();
    }
  }
}

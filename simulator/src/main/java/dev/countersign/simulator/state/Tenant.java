package dev.countersign.simulator.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.control.Fired;
import dev.countersign.simulator.control.Prices;
import dev.countersign.simulator.control.SimClock;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.crypto.Jwts;
import dev.countersign.simulator.faults.Faults;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One organisation: its state, clock, chance, switches and prices. Its state is read and changed
 * only inside {@link #alone(Supplier)}, by one thread at a time.
 */
public final class Tenant {

  private final String id;
  private final Seed seed;
  private final long seedNumber;
  private final String name;
  private final AtomicReference<Switches> switches;
  private final Prices prices = new Prices(change -> move(change));
  private final SimClock clock;
  private final Jwts jwts;
  private final Decisions decisions = new Decisions();
  private final Faults faults = new Faults();
  private final Traffic traffic = new Traffic();
  private final BiConsumer<Tenant, Due> happening;
  private final Consumer<Tenant> committed;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicReference<State> state = new AtomicReference<>(State.empty());
  private final AtomicReference<@Nullable Instant> now = new AtomicReference<>();
  private final AtomicLong restored = new AtomicLong();
  private final AtomicReference<@Nullable Ledger> ledger = new AtomicReference<>();

  /**
   * An organisation that remembers nothing yet.
   *
   * @param name tells apart the organisations of one seed
   * @param happening makes happen what is due
   */
  public Tenant(
      long seed, String name, Clock base, Switches switches, BiConsumer<Tenant, Due> happening) {
    this(seed, name, base, switches, happening, tenant -> {});
  }

  /**
   * An organisation that remembers nothing yet.
   *
   * @param name tells apart the organisations of one seed
   * @param happening makes happen what is due
   * @param committed looks at what is there after each change, inside {@link #alone(Supplier)}; it
   *     must not wait
   */
  public Tenant(
      long seed,
      String name,
      Clock base,
      Switches switches,
      BiConsumer<Tenant, Due> happening,
      Consumer<Tenant> committed) {
    this.seedNumber = seed;
    this.name = name;
    this.seed = new Seed(seed, name);
    this.id = this.seed.id("or", 0);
    this.switches = new AtomicReference<>(switches);
    this.happening = happening;
    this.committed = committed;
    this.jwts = new Jwts(this.seed.bytes("token key"));
    this.clock = new SimClock(base, this::move);
  }

  /** The organisation's identifier. */
  public String id() {
    return id;
  }

  /** What tells it apart from the organisations of the same seed. */
  public String name() {
    return name;
  }

  /** What all its chance comes from, together with its name; secret where its keys are. */
  public long seedNumber() {
    return seedNumber;
  }

  /** Its switches. */
  public Switches switches() {
    return switches.get();
  }

  /** Sets its switches. */
  public void setSwitches(Switches value) {
    move(() -> switches.set(value));
  }

  /** What was answered and why. */
  public Decisions decisions() {
    return decisions;
  }

  /** What goes wrong in it. */
  public Faults faults() {
    return faults;
  }

  /** What its requests have touched. */
  public Traffic traffic() {
    return traffic;
  }

  /** What signs its tokens. */
  public Jwts jwts() {
    return jwts;
  }

  /** Its prices. */
  public Prices prices() {
    return prices;
  }

  /** Its clock. */
  public SimClock clock() {
    return clock;
  }

  /** Does something while nobody else does, after everything that is due by now has happened. */
  public <T> T alone(Supplier<T> work) {
    lock.lock();
    Instant outer = now.get();
    try {
      settle(it -> {});
      return work.get();
    } finally {
      if (outer == null && now.get() != null) {
        committed.accept(this);
      }
      now.set(outer);
      try {
        if (outer == null) {
          commit();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** Changes what the organisation goes by; what is due then happens, and is returned. */
  private List<Fired> move(Runnable change) {
    lock.lock();
    Instant outer = now.get();
    try {
      List<Fired> fired = new ArrayList<>();
      settle(fired::add);
      change.run();
      settle(fired::add);
      return List.copyOf(fired);
    } finally {
      if (outer == null && now.get() != null) {
        committed.accept(this);
      }
      now.set(outer);
      try {
        if (outer == null) {
          commit();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private void settle(Consumer<Fired> told) {
    Instant time = clock.now();
    Optional<Due> next = state.get().firstBy(time);
    while (next.isPresent()) {
      Due due = next.get();
      now.set(due.at());
      state.set(state.get().done(due));
      touched(it -> it.touch(due));
      happening.accept(this, due);
      told.accept(new Fired(due.at(), due.what(), due.subject()));
      next = state.get().firstBy(time);
    }
    now.set(time);
  }

  /** Everything as it is now. */
  public Moment moment() {
    lock.lock();
    try {
      return new Moment(state.get(), clock.reading(), prices.all(), switches.get());
    } finally {
      lock.unlock();
    }
  }

  /** Everything as it is now, with what its keys come of. */
  public Snapshot snapshot() {
    return new Snapshot(seedNumber, name, moment());
  }

  /** Whether a snapshot is of this organisation. */
  public boolean isOf(Snapshot snapshot) {
    return snapshot.seed() == seedNumber && snapshot.name().equals(name);
  }

  /** Makes everything as it was, the clock and the identifiers to come included. */
  public void restore(Moment earlier) {
    lock.lock();
    try {
      state.set(earlier.state());
      clock.restore(earlier.clock());
      prices.restore(earlier.prices());
      switches.set(earlier.switches());
      decisions.clear();
      restored.incrementAndGet();
      touched(Ledger::touchAll);
      commit();
    } finally {
      lock.unlock();
    }
  }

  /** Has what is there looked at, as after a change, though nothing changed and nothing happens. */
  public void look() {
    lock.lock();
    try {
      committed.accept(this);
    } finally {
      lock.unlock();
    }
  }

  /** How often it was restored: what was begun before has nothing to do with what is there now. */
  public long restored() {
    return restored.get();
  }

  /**
   * Has all changes written from now on.
   *
   * @param isWritten whether everything is written as it is now
   */
  public void keepIn(Journal journal, boolean isWritten) {
    lock.lock();
    try {
      ledger.set(new Ledger(journal, isWritten ? moment() : null));
      commit();
    } finally {
      lock.unlock();
    }
  }

  /** Has changes written nowhere from now on. */
  public void keepNowhere() {
    lock.lock();
    try {
      ledger.set(null);
    } finally {
      lock.unlock();
    }
  }

  /** What a journal's entries hold, once they are read back. */
  public static Moment moment(Map<String, JsonNode> entries) {
    return Entries.moment(entries);
  }

  private void commit() {
    Ledger kept = ledger.get();
    if (kept != null) {
      Moment before = kept.written();
      try {
        kept.commit(moment());
      } catch (RuntimeException e) {
        if (before != null) {
          state.set(before.state().drawn(state.get().drawn()));
        }
        throw e;
      }
    }
  }

  private void touched(Consumer<Ledger> note) {
    Ledger kept = ledger.get();
    if (kept != null) {
      note.accept(kept);
    }
  }

  /** The time of what is happening: it stands still while a request is handled. */
  public Instant now() {
    Instant instant = now.get();
    if (instant == null) {
      throw new IllegalStateException("An organisation has a now only inside alone()");
    }
    return instant;
  }

  /** A table as it is now. */
  public Table table(TableKey key) {
    return state.get().table(key);
  }

  /** The entity of a table with an identifier, if there is one. */
  public Optional<Entity> find(TableKey key, String entity) {
    return table(key).find(entity);
  }

  /**
   * The entity of a table with an identifier that something else refers to.
   *
   * @throws IllegalStateException if there is none; it begins with {@link #absence}
   */
  public Entity get(TableKey key, String entity) {
    return find(key, entity).orElseThrow(() -> new IllegalStateException(absence(entity) + key));
  }

  /** How an error begins that says that an identifier is nobody's. */
  public static String absence(String entity) {
    return "There is no " + entity + " among the ";
  }

  /** Adds an entity, or puts it in the place of one with the same identifier. */
  public void put(TableKey key, Entity entity) {
    state.set(state.get().with(key, entity));
    touched(it -> it.touch(key, entity.id()));
  }

  /** Forgets an entity. */
  public void remove(TableKey key, String entity) {
    state.set(state.get().without(key, entity));
    touched(it -> it.touch(key, entity));
  }

  /** Makes something happen at a time. */
  public void schedule(Instant at, String what, String subject) {
    Due due = new Due(at, draw(), what, subject);
    state.set(state.get().scheduled(due));
    touched(it -> it.touch(due));
  }

  /**
   * Makes something happen at a time without drawing a number, for what comes from outside and must
   * not change which identifiers are drawn next; once for each subject.
   */
  public void scheduleApart(Instant at, String what, String subject) {
    long number = ByteBuffer.wrap(derive(what + " " + subject)).getLong() | Long.MIN_VALUE;
    Due due = new Due(at, number, what, subject);
    state.set(state.get().scheduled(due));
    touched(it -> it.touch(due));
  }

  /** The time of what happens next by itself, if anything does. */
  public Optional<Instant> nextDue() {
    return state.get().firstBy(Instant.MAX).map(Due::at);
  }

  /** An identifier that belongs to a name, for what comes from outside. */
  public String idOf(String prefix, String name) {
    return seed.id(prefix, ByteBuffer.wrap(derive(name)).getLong() | Long.MIN_VALUE);
  }

  /** An identifier that was not there before, such as {@code wa-xxxxx-xxxxx-xxxxxxxxxxxxxxxx}. */
  public String newId(String prefix) {
    return seed.id(prefix, draw());
  }

  /** Ten digits that were not there before. */
  public String newDigits() {
    return seed.digits(draw());
  }

  /** 32 bytes that belong to a name; secret if they are a key. */
  public byte[] derive(String name) {
    return seed.bytes("derived " + name);
  }

  /** What takes everything back to how it is now; identifiers drawn since are not drawn again. */
  public Runnable mark() {
    State marked = state.get();
    return () -> state.set(marked.drawn(state.get().drawn()));
  }

  private long draw() {
    return state.updateAndGet(State::draw).drawn();
  }

  /** The organisation's identifier. */
  @Override
  public String toString() {
    return id;
  }
}

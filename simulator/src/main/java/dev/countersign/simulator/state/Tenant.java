package dev.countersign.simulator.state;

import dev.countersign.simulator.control.Prices;
import dev.countersign.simulator.control.SimClock;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.crypto.Jwts;
import dev.countersign.simulator.faults.Faults;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One organisation: its state, clock, chance, switches and prices. Its state is read and changed
 * only inside {@link #alone(Supplier)}, by one thread at a time.
 */
public final class Tenant {

  private final String id;
  private final Seed seed;
  private final Switches switches;
  private final Prices prices = new Prices();
  private final SimClock clock;
  private final Jwts jwts;
  private final Decisions decisions = new Decisions();
  private final Faults faults = new Faults();
  private final Traffic traffic = new Traffic();
  private final BiConsumer<Tenant, Due> happening;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicReference<State> state = new AtomicReference<>(State.empty());
  private final AtomicReference<@Nullable Instant> now = new AtomicReference<>();

  /**
   * An organisation that remembers nothing yet.
   *
   * @param name tells apart the organisations of one seed
   * @param happening makes happen what is due
   */
  public Tenant(
      long seed, String name, Clock base, Switches switches, BiConsumer<Tenant, Due> happening) {
    this.seed = new Seed(seed, name);
    this.id = this.seed.id("or", 0);
    this.switches = switches;
    this.happening = happening;
    this.jwts = new Jwts(this.seed.bytes("token key"));
    this.clock = new SimClock(base, () -> alone(() -> ""));
  }

  /** The organisation's identifier. */
  public String id() {
    return id;
  }

  /** Its switches. */
  public Switches switches() {
    return switches;
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
      Instant time = clock.now();
      Optional<Due> next = state.get().firstBy(time);
      while (next.isPresent()) {
        Due due = next.get();
        now.set(due.at());
        state.set(state.get().done(due));
        happening.accept(this, due);
        next = state.get().firstBy(time);
      }
      now.set(time);
      return work.get();
    } finally {
      now.set(outer);
      lock.unlock();
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
   * @throws IllegalStateException if there is none
   */
  public Entity get(TableKey key, String entity) {
    return find(key, entity)
        .orElseThrow(() -> new IllegalStateException("No " + entity + " in the table " + key));
  }

  /** Adds an entity, or puts it in the place of one with the same identifier. */
  public void put(TableKey key, Entity entity) {
    state.set(state.get().with(key, entity));
  }

  /** Forgets an entity. */
  public void remove(TableKey key, String entity) {
    state.set(state.get().without(key, entity));
  }

  /** Makes something happen at a time. */
  public void schedule(Instant at, String what, String subject) {
    long number = draw();
    state.set(state.get().scheduled(new Due(at, number, what, subject)));
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

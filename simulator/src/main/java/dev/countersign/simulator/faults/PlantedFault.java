package dev.countersign.simulator.faults;

import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** A fault of an organisation, with how often it struck. Safe for use by several threads. */
public final class PlantedFault {

  /** Keeps the chances of neighbouring occasions apart. */
  private static final long STEP = 0xD1342543DE82EF95L;

  private final String id;
  private final Fault fault;
  private final AtomicLong occasions;
  private final AtomicLong fired;

  /**
   * A fault as it stands.
   *
   * @param occasions how many occasions it has seen
   * @param fired how often it struck
   */
  public PlantedFault(String id, Fault fault, long occasions, long fired) {
    this.id = Objects.requireNonNull(id, "id");
    this.fault = Objects.requireNonNull(fault, "fault");
    this.occasions = new AtomicLong(occasions);
    this.fired = new AtomicLong(fired);
  }

  /** Its identifier, {@code fl-…}. */
  public String id() {
    return id;
  }

  /** What it is. */
  public Fault fault() {
    return fault;
  }

  /** How many occasions it has seen: requests that it selects, in its phase. */
  public long occasions() {
    return occasions.get();
  }

  /** How often it struck. */
  public long fired() {
    return fired.get();
  }

  boolean selects(Phase phase, Occasion occasion) {
    return fault.phase() == phase
        && (fault.operation().isEmpty() || fault.operation().equals(occasion.operation()))
        && (fault.header().isEmpty() || fault.header().equals(occasion.header()))
        && (fault.identity().isEmpty() || occasion.identities().contains(fault.identity()));
  }

  /** Sees an occasion; whether it strikes. */
  boolean strikes() {
    long occasion = occasions.incrementAndGet();
    if (occasion <= fault.skip() || !chance(occasion)) {
      return false;
    }
    long before = fired.getAndUpdate(count -> count < fault.times() ? count + 1 : count);
    return before < fault.times();
  }

  private boolean chance(long occasion) {
    return fault.probability() >= 1
        || new SplittableRandom(fault.seed() + occasion * STEP).nextDouble() < fault.probability();
  }

  /** Its identifier, the fault and how often it struck. */
  @Override
  public String toString() {
    return id + " " + fault + ", fired " + fired;
  }
}

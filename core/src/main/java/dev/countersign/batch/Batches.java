package dev.countersign.batch;

import dev.countersign.call.Operation;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Where batches are opened. Immutable and safe for use by several threads. It owns nothing that
 * would have to be closed.
 */
public final class Batches {

  /** How many items are in flight at once unless told otherwise: 8. */
  public static final int DEFAULT_IN_FLIGHT = 8;

  /**
   * How long a batch stays with a process that has died, unless told otherwise: 2 minutes. A living
   * one renews its lease four times in that time.
   */
  public static final Duration DEFAULT_LEASE = Duration.ofMinutes(2);

  private final Settings settings;

  private Batches(Settings settings) {
    this.settings = settings;
  }

  /** Starts collecting what batches need. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * A batch of one operation. Nothing is sent and nothing is written.
   *
   * @param id the caller's own, 1 to 200 characters; the same one names the same batch for ever
   * @throws IllegalArgumentException if the operation needs no user action
   */
  public <T> Batch<T> open(String id, Operation<T> operation) {
    return open(id, List.of(operation));
  }

  /** A batch of several operations, whose answers have a type in common. */
  public <T> Batch<T> open(String id, Collection<? extends Operation<? extends T>> operations) {
    return new Batch<>(settings, Names.require("id", id), operations);
  }

  /** Collects what batches need. Not thread-safe. */
  public static final class Builder {
    private @Nullable FrozenCalls calls;
    private @Nullable BatchJournal journal;
    private @Nullable Executor executor;
    private Clock clock = Clock.systemUTC();
    private int inFlight = DEFAULT_IN_FLIGHT;
    private Duration lease = DEFAULT_LEASE;

    private Builder() {}

    /** Sets what runs the calls, {@code dfns::resume}; required. */
    public Builder calls(FrozenCalls calls) {
      this.calls = calls;
      return this;
    }

    /** Sets what batches are written into; required. */
    public Builder journal(BatchJournal journal) {
      this.journal = journal;
      return this;
    }

    /**
     * Sets what the journal is written on, items are taken from iterators on and listeners are told
     * on; required. A run keeps at most two of its threads busy at a time, one of them with its
     * iterator; it has to outlive the runs.
     */
    public Builder executor(Executor executor) {
      this.executor = executor;
      return this;
    }

    /** Sets the clock that starts and ends are dated with; the system's unless set. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /**
     * Sets how many items of a run are in flight at once, {@link #DEFAULT_IN_FLIGHT} unless set. At
     * most four times as many are taken from the source and wait or are in flight.
     *
     * @throws IllegalArgumentException unless it is from 1 to 10,000
     */
    public Builder inFlight(int inFlight) {
      if (inFlight < 1 || inFlight > 10_000) {
        throw new IllegalArgumentException(
            "From 1 to 10,000 items of a batch are in flight at once, not " + inFlight);
      }
      this.inFlight = inFlight;
      return this;
    }

    /**
     * Sets how long a batch stays with a process that has died, {@link #DEFAULT_LEASE} unless set.
     *
     * @throws IllegalArgumentException if it is less than a second or more than a day
     */
    public Builder lease(Duration lease) {
      if (lease.compareTo(Duration.ofSeconds(1)) < 0 || lease.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException("A lease lasts from a second to a day, not " + lease);
      }
      this.lease = lease;
      return this;
    }

    /** The batches. */
    public Batches build() {
      return new Batches(
          new Settings(
              Objects.requireNonNull(calls, "Batches need their calls: dfns::resume"),
              Objects.requireNonNull(journal, "Batches need their journal"),
              Objects.requireNonNull(executor, "Batches need their executor"),
              clock,
              inFlight,
              lease));
    }
  }
}

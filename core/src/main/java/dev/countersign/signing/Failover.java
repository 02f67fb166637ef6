package dev.countersign.signing;

import dev.countersign.error.SigningException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Decides which of two keys signs: the primary until it fails, then the secondary, and the primary
 * again once it has signed again. Every switch is an event; none is silent.
 *
 * <p>After a failure the primary is left alone for the cool-down. Then a single signature tries it,
 * while all others keep to the secondary; if that one fails too, another cool-down begins. So a
 * hardware module that hangs costs one signature a cool-down, not every one.
 *
 * <p>Safe for use by several threads. Choosing takes no lock.
 */
public final class Failover {

  /** How long a primary that failed is left alone unless told otherwise: 30 seconds. */
  public static final Duration DEFAULT_COOL_DOWN = Duration.ofSeconds(30);

  private final Duration coolDown;
  private final Clock clock;
  private final FailoverListener listener;
  private final ReentrantLock switching = new ReentrantLock();

  /** What the turns that are taken now may decide; changed under the lock alone. */
  private final AtomicReference<State> state = new AtomicReference<>(new State(null));

  private Failover(Duration coolDown, Clock clock, FailoverListener listener) {
    this.coolDown = Objects.requireNonNull(coolDown, "coolDown");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.listener = Objects.requireNonNull(listener, "listener");
    if (coolDown.isNegative() || coolDown.isZero()) {
      throw new IllegalArgumentException(
          "The cool-down has to be positive, and is " + coolDown + "; give some seconds");
    }
  }

  /**
   * Starts with the primary.
   *
   * @throws IllegalArgumentException unless the cool-down is positive
   */
  public static Failover of(Duration coolDown, Clock clock, FailoverListener listener) {
    return new Failover(coolDown, clock, listener);
  }

  /** Whether the secondary signs now; asking takes nobody's turn to try the primary. */
  public boolean isFailedOver() {
    return state.get().failedAt != null;
  }

  /**
   * The turn to sign with the primary, if it is the primary's. What becomes of it has to be told to
   * the turn; one of which nothing is told passes to somebody else after another cool-down.
   */
  public Optional<Turn> primarysTurn() {
    State now = state.get();
    if (now.failedAt == null) {
      return Optional.of(new Turn(now));
    }
    if (!isOver(now.failedAt, clock.instant())) {
      return Optional.empty();
    }
    switching.lock();
    try {
      State trial = new State(clock.instant());
      if (state.compareAndSet(now, trial)) {
        return Optional.of(new Turn(trial));
      }
      State latest = state.get();
      return latest.failedAt == null ? Optional.of(new Turn(latest)) : Optional.empty();
    } finally {
      switching.unlock();
    }
  }

  /** A clock that was set back ends the cool-down rather than prolong it. */
  private boolean isOver(Instant since, Instant now) {
    return now.isBefore(since) || !now.isBefore(since.plus(coolDown));
  }

  /** One signature's turn with the primary. */
  public final class Turn {

    private final State taken;

    private Turn(State taken) {
      this.taken = taken;
    }

    /**
     * The primary has signed. That ends a failover only if it was tried because of it: a signature
     * that was made before the failure, and is told of afterwards, proves nothing.
     */
    public void signed() {
      if (taken.failedAt == null) {
        return;
      }
      switching.lock();
      try {
        if (state.compareAndSet(taken, new State(null))) {
          tell(FailoverEvent.toPrimary(clock.instant()));
        }
      } finally {
        switching.unlock();
      }
    }

    /** The primary could not sign: the secondary is to, now and until the primary has recovered. */
    public void failed(SigningException why) {
      switching.lock();
      try {
        Instant now = clock.instant();
        State before = state.get();
        if (before.failedAt == null) {
          state.set(new State(now));
          tell(FailoverEvent.toSecondary(now, why));
        } else if (before == taken) {
          state.set(new State(now));
        }
      } finally {
        switching.unlock();
      }
    }
  }

  /** Compared by identity: every failure and every try is a state of its own. */
  private static final class State {

    /** When the primary failed last, or was last tried; null while it signs. */
    private final @Nullable Instant failedAt;

    State(@Nullable Instant failedAt) {
      this.failedAt = failedAt;
    }
  }

  private void tell(FailoverEvent event) {
    try {
      listener.switched(event);
    } catch (RuntimeException e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }
}

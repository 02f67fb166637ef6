package dev.countersign.credential;

import dev.countersign.error.DfnsException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The credential in use, which can be replaced while calls are in flight: for a new key when both
 * keys are registered at Dfns.
 *
 * <p>Calls in flight end with the credential that they began with; calls that begin later use the
 * new one. The new one is on trial until Dfns has taken a signature of it for the first time (its
 * token, if it has no key); until then the former is kept. If the new one is refused while on
 * trial, that is if its key cannot sign or is not allowed to, or Dfns refuses its signature (400,
 * 401, 403) or its token (401), it is given up and the former is used again. A call that meets the
 * refusal has had no effect yet and is made once more, with the credential that is proven, so its
 * caller sees no failure; likewise a call whose credential has been retired since it began.
 *
 * <p>Every step is an event: see {@link RotationEvent.Kind}. A source is <em>drained</em> when it
 * is no longer used and the last call that began with it has ended; only then may its signer be
 * closed. The signers belong to whoever opened them and nothing here closes one. What {@link
 * #current()} gives is not counted, and is for its token alone.
 *
 * <p>Safe for use by several threads. No lock is held while a source or the listener is called.
 */
public final class RotatingCredentials implements CredentialSource {

  private final Clock clock;
  private final RotationEvents events;
  private final ReentrantLock lock = new ReentrantLock();

  /** All that are not drained yet. Under the lock, as is all below. */
  private final List<Tenure> tenures = new ArrayList<>();

  private final AtomicReference<State> state;

  private RotatingCredentials(CredentialSource first, Clock clock, RotationListener listener) {
    this.clock = Objects.requireNonNull(clock, "clock");
    this.events = new RotationEvents(listener);
    Tenure proven = new Tenure(first);
    this.tenures.add(proven);
    this.state = new AtomicReference<>(new State(proven, null));
  }

  /** Starts with a source that counts as proven. */
  public static RotatingCredentials of(CredentialSource first, RotationListener listener) {
    return of(first, Clock.systemUTC(), listener);
  }

  /** The same with a clock that events are dated with. */
  public static RotatingCredentials of(
      CredentialSource first, Clock clock, RotationListener listener) {
    return new RotatingCredentials(first, clock, listener);
  }

  /**
   * Replaces the source: calls that begin from now on use the next one, on trial. One that is still
   * on trial is superseded; the proven one is kept until the next one is proven.
   *
   * @throws IllegalArgumentException if this very source is in use, or was and is not drained yet
   * @throws dev.countersign.error.DfnsException what the source throws when it is asked for a
   *     credential; then nothing is replaced
   */
  public void replace(CredentialSource next) {
    Objects.requireNonNull(next.current(), "The source gives no credential");
    lock.lock();
    try {
      if (tenures.stream().anyMatch(tenure -> tenure.isOf(next))) {
        throw new IllegalArgumentException(
            "This source is in use, or not drained yet; replace it with a new one");
      }
      State before = state.get();
      Tenure tenure = new Tenure(next);
      tenures.add(tenure);
      state.set(new State(before.proven, tenure));
      if (before.trial != null) {
        events.add(event(RotationEvent.Kind.SUPERSEDED, before.trial, null));
        removeIfDrained(before.trial);
      }
    } finally {
      lock.unlock();
    }
    events.tell();
  }

  /** Whether what is in use has yet to be proven. */
  public boolean isOnTrial() {
    return state.get().trial != null;
  }

  @Override
  public Credential current() {
    return state.get().inUse().source.current();
  }

  @Override
  public CredentialUse use(CredentialUse.Purpose purpose) {
    Tenure tenure;
    lock.lock();
    try {
      tenure = state.get().inUse();
      tenure.uses.incrementAndGet();
    } finally {
      lock.unlock();
    }
    return use(tenure, purpose);
  }

  /** A use that is counted already. */
  private CredentialUse use(Tenure tenure, CredentialUse.Purpose purpose) {
    try {
      return new CountedUse(tenure, tenure.source.use(purpose), purpose);
    } catch (RuntimeException e) {
      ended(tenure);
      throw e;
    }
  }

  private void ended(Tenure tenure) {
    lock.lock();
    try {
      tenure.uses.decrementAndGet();
      removeIfDrained(tenure);
    } finally {
      lock.unlock();
    }
    events.tell();
  }

  private void accepted(Tenure tenure) {
    if (state.get().trial != tenure) {
      return;
    }
    lock.lock();
    try {
      State before = state.get();
      if (before.trial == tenure) {
        state.set(new State(tenure, null));
        events.add(event(RotationEvent.Kind.COMMITTED, tenure, null));
        removeIfDrained(before.proven);
      }
    } finally {
      lock.unlock();
    }
    events.tell();
  }

  /** Gives up a source on trial. The proven one, counted, unless it is the one that was refused. */
  private Optional<Tenure> refused(Tenure tenure, DfnsException why) {
    lock.lock();
    try {
      State before = state.get();
      if (before.proven == tenure) {
        return Optional.empty();
      }
      if (before.trial == tenure) {
        state.set(new State(before.proven, null));
        events.add(event(RotationEvent.Kind.ROLLED_BACK, tenure, why));
      }
      before.proven.uses.incrementAndGet();
      return Optional.of(before.proven);
    } finally {
      lock.unlock();
    }
  }

  /** Under the lock. */
  private void removeIfDrained(Tenure tenure) {
    State now = state.get();
    if (tenure != now.proven
        && tenure != now.trial
        && tenure.uses.get() == 0
        && tenures.remove(tenure)) {
      events.add(event(RotationEvent.Kind.DRAINED, tenure, null));
    }
  }

  private RotationEvent event(
      RotationEvent.Kind kind, Tenure tenure, @Nullable DfnsException reason) {
    return new RotationEvent(kind, tenure.source, clock.instant(), reason);
  }

  @Override
  public String toString() {
    State now = state.get();
    return "RotatingCredentials("
        + now.inUse().source
        + (now.trial == null ? "" : ", on trial in place of " + now.proven.source)
        + ")";
  }

  /** The time of one source, with the number of calls that began with it and have not ended. */
  private static final class Tenure {
    private final CredentialSource source;
    private final AtomicInteger uses = new AtomicInteger();

    Tenure(CredentialSource source) {
      this.source = Objects.requireNonNull(source, "source");
    }

    @SuppressWarnings("ReferenceEquality") // the very object: events name it
    boolean isOf(CredentialSource other) {
      return source == other;
    }
  }

  /** Which source is proven, and which is on trial in its place, if any. */
  private static final class State {
    private final Tenure proven;
    private final @Nullable Tenure trial;

    State(Tenure proven, @Nullable Tenure trial) {
      this.proven = proven;
      this.trial = trial;
    }

    Tenure inUse() {
      return trial == null ? proven : trial;
    }
  }

  /** A use that is counted in its source's tenure. */
  private final class CountedUse implements CredentialUse {
    private final Tenure tenure;
    private final CredentialUse use;
    private final Purpose purpose;
    private final AtomicBoolean over = new AtomicBoolean();

    CountedUse(Tenure tenure, CredentialUse use, Purpose purpose) {
      this.tenure = tenure;
      this.use = use;
      this.purpose = purpose;
    }

    @Override
    public Credential credential() {
      return use.credential();
    }

    /** A token proves nothing of a key. */
    @Override
    public void accepted() {
      use.accepted();
      if (purpose == Purpose.SIGNATURE || credential().key().isEmpty()) {
        RotatingCredentials.this.accepted(tenure);
      }
    }

    @Override
    public Optional<CredentialUse> refused(DfnsException why) {
      Optional<CredentialUse> another = use.refused(why);
      if (another.isPresent()) {
        tenure.uses.incrementAndGet();
        return another.map(next -> new CountedUse(tenure, next, purpose));
      }
      Optional<CredentialUse> proven =
          RotatingCredentials.this
              .refused(tenure, why)
              .map(kept -> RotatingCredentials.this.use(kept, purpose));
      events.tell();
      return proven;
    }

    @Override
    public void ended() {
      if (over.compareAndSet(false, true)) {
        use.ended();
        RotatingCredentials.this.ended(tenure);
      }
    }
  }
}

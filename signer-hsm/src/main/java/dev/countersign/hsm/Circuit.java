package dev.countersign.hsm;

import dev.countersign.error.SigningException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Whether a signer may ask its token, and why not: a state, and the moves it allows. */
final class Circuit {

  /** How it is. */
  enum Phase {
    READY,
    /** Something was lost and is being made anew; signatures wait for that. */
    RECOVERING,
    /** The token is gone or hangs: nobody asks it but the probe. */
    OPEN,
    /** The PIN was refused: nobody asks it at all. */
    LATCHED,
    CLOSED
  }

  private static final Map<Phase, Set<Phase>> MOVES = moves();

  private record State(Phase phase, Instant since, String sentence) {
    private boolean isUsable() {
      return phase == Phase.READY || phase == Phase.RECOVERING;
    }
  }

  private final Clock clock;
  private final AtomicReference<State> state;
  private final AtomicReference<@Nullable String> lastError = new AtomicReference<>();
  private final AtomicReference<@Nullable Instant> lastSignature = new AtomicReference<>();

  Circuit(Clock clock) {
    this.clock = clock;
    this.state = new AtomicReference<>(new State(Phase.READY, clock.instant(), ""));
  }

  private static Map<Phase, Set<Phase>> moves() {
    Map<Phase, Set<Phase>> moves = new EnumMap<>(Phase.class);
    moves.put(Phase.READY, EnumSet.of(Phase.RECOVERING, Phase.OPEN, Phase.LATCHED, Phase.CLOSED));
    moves.put(Phase.RECOVERING, EnumSet.of(Phase.READY, Phase.OPEN, Phase.LATCHED, Phase.CLOSED));
    moves.put(Phase.OPEN, EnumSet.of(Phase.READY, Phase.OPEN, Phase.LATCHED, Phase.CLOSED));
    moves.put(Phase.LATCHED, EnumSet.of(Phase.CLOSED));
    moves.put(Phase.CLOSED, EnumSet.noneOf(Phase.class));
    return moves;
  }

  /** Moves from one of some phases, if it is there; staying in a phase keeps its time. */
  private boolean move(Set<Phase> from, Phase to, String sentence) {
    while (true) {
      State now = state.get();
      if (!from.contains(now.phase) || !MOVES.getOrDefault(now.phase, Set.of()).contains(to)) {
        return false;
      }
      Instant since = now.phase == to ? now.since : clock.instant();
      if (state.compareAndSet(now, new State(to, since, sentence))) {
        return now.phase != to;
      }
    }
  }

  /**
   * Nothing, if the token may be asked.
   *
   * @throws SigningException if not, with the sentence of why
   */
  void requireUsable() {
    State now = state.get();
    if (!now.isUsable()) {
      throw new SigningException(now.sentence);
    }
  }

  boolean isUsable() {
    return state.get().isUsable();
  }

  /** The token has signed. */
  void signed() {
    lastSignature.set(clock.instant());
    move(EnumSet.of(Phase.RECOVERING), Phase.READY, "");
  }

  /** The token has signed a probe. */
  void probed() {
    lastSignature.set(clock.instant());
    move(EnumSet.of(Phase.OPEN, Phase.RECOVERING), Phase.READY, "");
  }

  void recovering(String error) {
    if (move(EnumSet.of(Phase.READY), Phase.RECOVERING, error)) {
      lastError.set(error);
    }
  }

  /** Something that one signature failed of, and that says nothing about the next. */
  void failedOnce(String error) {
    lastError.set(error);
    move(EnumSet.of(Phase.RECOVERING), Phase.READY, "");
  }

  /** Opens, or says anew why it is; true if it was not open before, so that somebody must probe. */
  boolean open(String error) {
    lastError.set(error);
    return move(EnumSet.allOf(Phase.class), Phase.OPEN, error);
  }

  void latch(String error) {
    lastError.set(error);
    move(EnumSet.allOf(Phase.class), Phase.LATCHED, error);
  }

  /** True for the first who closes. */
  boolean close(String sentence) {
    return move(EnumSet.allOf(Phase.class), Phase.CLOSED, sentence);
  }

  boolean isOpen() {
    return state.get().phase == Phase.OPEN;
  }

  Phase phase() {
    return state.get().phase;
  }

  HsmHealth health() {
    State now = state.get();
    return new HsmHealth(now.phase == Phase.READY, now.since, lastError.get(), lastSignature.get());
  }
}

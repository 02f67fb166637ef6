package dev.countersign.hsm;

import dev.countersign.error.SigningException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
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

  /** With the number of the last opening, as long as it is open or since. */
  private record State(Phase phase, Instant since, String sentence, long opening) {
    private boolean isOpen(long number) {
      return phase == Phase.OPEN && opening == number;
    }

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
    this.state = new AtomicReference<>(new State(Phase.READY, clock.instant(), "", 0));
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

  /** Moves from one of some phases, if it is there. */
  private boolean move(Set<Phase> from, Phase to, String sentence) {
    return move(now -> from.contains(now.phase), to, sentence) != null;
  }

  /**
   * Moves, if that is allowed from where it is; staying in a phase keeps its time.
   *
   * @return where it is now; null if it has not got into another phase
   */
  private @Nullable State move(Predicate<State> from, Phase to, String sentence) {
    while (true) {
      State now = state.get();
      if (!from.test(now) || !MOVES.getOrDefault(now.phase, Set.of()).contains(to)) {
        return null;
      }
      boolean stays = now.phase == to;
      State next =
          new State(
              to,
              stays ? now.since : clock.instant(),
              sentence,
              to == Phase.OPEN && !stays ? now.opening + 1 : now.opening);
      if (state.compareAndSet(now, next)) {
        return stays ? null : next;
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

  /** The token has signed a probe of this opening. */
  void probed(long opening) {
    lastSignature.set(clock.instant());
    move(now -> now.isOpen(opening), Phase.READY, "");
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

  /**
   * Opens, or says anew why it is.
   *
   * @return the number of this opening, which somebody must probe; 0 if somebody does already
   */
  long open(String error) {
    lastError.set(error);
    State opened = move(now -> true, Phase.OPEN, error);
    return opened == null ? 0 : opened.opening;
  }

  /** A probe of this opening failed: says anew why it is open, if it still is. */
  void stillOpen(long opening, String error) {
    if (isOpen(opening)) {
      lastError.set(error);
      move(now -> now.isOpen(opening), Phase.OPEN, error);
    }
  }

  void latch(String error) {
    lastError.set(error);
    move(EnumSet.allOf(Phase.class), Phase.LATCHED, error);
  }

  /** True for the first who closes. */
  boolean close(String sentence) {
    return move(EnumSet.allOf(Phase.class), Phase.CLOSED, sentence);
  }

  /** Whether it has been open since it was opened for that time. */
  boolean isOpen(long opening) {
    return state.get().isOpen(opening);
  }

  Phase phase() {
    return state.get().phase;
  }

  HsmHealth health() {
    State now = state.get();
    return new HsmHealth(now.phase == Phase.READY, now.since, lastError.get(), lastSignature.get());
  }
}

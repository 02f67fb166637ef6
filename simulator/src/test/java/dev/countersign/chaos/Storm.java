package dev.countersign.chaos;

import dev.countersign.simulator.faults.Effect;
import dev.countersign.simulator.faults.Fault;
import dev.countersign.simulator.faults.Faults;
import dev.countersign.simulator.faults.Phase;
import dev.countersign.simulator.faults.PlantedFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Every kind of fault at every hop, before and after the simulator acted, by chance.
 *
 * <p>One is left out: 429 after a change was made. It says that nothing was, so whoever believes it
 * is told a lie that no client can see through.
 */
final class Storm {

  /** The name that a refused connection has beside those of the kinds here. */
  static final String REFUSED = "refused";

  /** Longer than a client waits for an exchange. */
  private static final Duration LONG = Duration.ofSeconds(3);

  private static final Duration SHORT = Duration.ofMillis(25);

  /** Those that cost a caller much time come seldom. */
  private static final double SELDOM = 0.25;

  private record Kind(String name, Effect effect, double weight) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("reset", Effect.reset(), 1),
          new Kind("empty", Effect.empty(), 1),
          new Kind("truncated body", Effect.truncated(), 1),
          new Kind("garbage", Effect.garbage(), 1),
          new Kind(
              "500", Effect.json(500, "{\"error\":{\"message\":\"Internal Server Error\"}}"), 1),
          new Kind("502 with HTML", Effect.html(502), 1),
          new Kind("429", Effect.tooManyRequests(), 1),
          new Kind("429 Retry-After", Effect.tooManyRequests(Duration.ofSeconds(1)), SELDOM),
          new Kind("stalled headers", Effect.stall(SHORT), 1),
          new Kind("stalled headers, long", Effect.stall(LONG), SELDOM),
          new Kind("stalled body", Effect.stalledBody(SHORT), 1),
          new Kind("stalled body, long", Effect.stalledBody(LONG), SELDOM),
          new Kind("slow", Effect.latency(SHORT), 1),
          new Kind("slow, too long", Effect.latency(LONG), SELDOM));

  private static final List<Phase> PHASES =
      List.of(Phase.BEFORE_AUTHENTICATION, Phase.BEFORE_COMMIT, Phase.AFTER_COMMIT);

  private record Planted(Hop hop, String kind, PlantedFault fault) {}

  private final List<Planted> planted = new ArrayList<>();

  /**
   * Plants them.
   *
   * @param faults those of the organisation that is to have them
   * @param chance how likely each is on an occasion; there are about 35 for one hop
   */
  Storm(Faults faults, double chance, long seed) {
    long number = seed;
    for (Hop hop : Hop.values()) {
      // fewer wallets than transfers: they meet each fault all the same
      double likely = hop == Hop.CREATE ? 6 * chance : chance;
      for (Kind kind : KINDS) {
        for (Phase phase : PHASES) {
          boolean isLie =
              hop.takesEffect() && phase == Phase.AFTER_COMMIT && kind.effect().status() == 429;
          if (!isLie) {
            Fault.Builder fault =
                Fault.of(phase, kind.effect())
                    .operation(hop.operation())
                    .probability(likely * kind.weight(), number++);
            planted.add(new Planted(hop, kind.name(), faults.add(fault)));
          }
        }
      }
    }
  }

  /** Adds how often each struck to a tally. */
  void count(Tally tally) {
    planted.forEach(
        it -> tally.fired(it.hop(), it.kind(), it.fault().fault().phase(), it.fault().fired()));
  }

  /** The names of all kinds. */
  static List<String> kinds() {
    return KINDS.stream().map(Kind::name).toList();
  }
}

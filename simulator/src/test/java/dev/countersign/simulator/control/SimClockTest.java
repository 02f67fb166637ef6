package dev.countersign.simulator.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A clock that runs, stands and is moved. */
final class SimClockTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicReference<Instant> real = new AtomicReference<>(START);
  private final AtomicInteger moves = new AtomicInteger();
  private final SimClock clock =
      new SimClock(((InstantSource) real::get).withZone(ZoneOffset.UTC), this::moved);

  private List<Fired> moved(Runnable move) {
    move.run();
    moves.incrementAndGet();
    return List.of();
  }

  private void pass(Duration duration) {
    real.updateAndGet(now -> now.plus(duration));
  }

  @Test
  void itRunsWithTheRealClock() {
    pass(Duration.ofSeconds(5));

    assertThat(clock.now()).isEqualTo(START.plusSeconds(5));
  }

  @Test
  void itIsMovedWhileItRuns() {
    clock.advance(Duration.ofHours(1));
    pass(Duration.ofSeconds(5));

    assertThat(clock.now()).isEqualTo(START.plusSeconds(3605));
    assertThat(moves).hasValue(1);
  }

  @Test
  void itStandsWhenFrozenAndRunsOnFromThere() {
    clock.freeze();
    pass(Duration.ofDays(1));
    assertThat(clock.now()).isEqualTo(START);
    clock.advance(Duration.ofMinutes(1));
    assertThat(clock.now()).isEqualTo(START.plusSeconds(60));

    clock.resume();
    pass(Duration.ofSeconds(1));

    assertThat(clock.now()).isEqualTo(START.plusSeconds(61));
  }

  @Test
  void itDoesNotRunBack() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
        .withMessageContaining("PT1S");
  }

  @Test
  void itShowsMilliseconds() {
    pass(Duration.ofNanos(1_999_999));

    assertThat(clock.now()).isEqualTo(START.plusMillis(1));
  }
}

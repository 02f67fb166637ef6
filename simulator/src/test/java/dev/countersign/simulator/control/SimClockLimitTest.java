package dev.countersign.simulator.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far a clock can be moved. */
final class SimClockLimitTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final SimClock clock =
      new SimClock(
          Clock.fixed(START, ZoneOffset.UTC),
          move -> {
            move.run();
            return List.of();
          });

  @Test
  void itEndsWithTheYear9999AndStaysWhereItIs() {
    for (Duration far :
        List.of(Duration.ofDays(99_999_999_999L), Duration.ofSeconds(Long.MAX_VALUE))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> clock.advance(far))
          .withMessage("The simulator's time ends with the year 9999, before " + far + " from now");
      clock.freeze();
    }
    assertThatIllegalArgumentException().isThrownBy(() -> clock.advanceTo(Instant.MAX));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> clock.advanceTo(SimClock.LATEST.plusMillis(1)));

    assertThat(clock.now()).isEqualTo(START);
    clock.advanceTo(SimClock.LATEST);
    assertThat(clock.now()).isEqualTo(SimClock.LATEST);
  }

  @Test
  void aReadingBeyondItIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SimClock.Reading(Duration.ZERO, Instant.MAX))
        .withMessageStartingWith("The simulator's time is from 1970 to 9999, not +1000000000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SimClock.Reading(Duration.ZERO, Instant.EPOCH.minusMillis(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SimClock.Reading(Duration.ofDays(99_999_999_999L), null))
        .withMessage("A clock of the simulator is not ahead by PT2399999999976H");
  }
}

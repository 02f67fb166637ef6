package dev.countersign.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long FAST = TimeUnit.MICROSECONDS.toNanos(60);
  private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(2);

  private final Pace pace = new Pace();

  private void calls(int count, long nanos, boolean sideBySide) {
    for (int i = 0; i < count; i++) {
      pace.took(nanos, sideBySide);
    }
  }

  @Test
  void aModuleIsTakenForQuickUntilItIsNot() {
    assertThat(pace.isQuick()).isTrue();

    calls(10, SLOW, false);

    assertThat(pace.isQuick()).isFalse();
  }

  @Test
  void oneSlowCallAmongManyDoesNotCount() {
    for (int i = 0; i < 20; i++) {
      calls(4, FAST, false);
      calls(1, SLOW, false);
    }

    assertThat(pace.isQuick()).isTrue();
  }

  @Test
  void aModuleThatHasBecomeSlowIsNotQuickAndOneThatHasRecoveredIs() {
    calls(100, FAST, false);
    calls(10, SLOW, false);
    assertThat(pace.isQuick()).isFalse();
    calls(100, SLOW, false);

    calls(20, FAST, true);

    assertThat(pace.isQuick()).isTrue();
  }

  @Test
  void callsThatOnlyTookTurnsSayNothing() {
    calls(100, SLOW, true);
    assertThat(pace.isQuick()).isTrue();
    calls(10, SLOW, false);

    calls(100, SLOW, true);

    assertThat(pace.isQuick()).isFalse();
  }
}

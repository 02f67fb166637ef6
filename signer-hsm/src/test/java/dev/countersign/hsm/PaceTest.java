package dev.countersign.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long FAST = TimeUnit.MICROSECONDS.toNanos(60);
  private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(2);

  private final Pace pace = new Pace();
  private long now = System.nanoTime();

  private void calls(int count, long nanos) {
    for (int i = 0; i < count; i++) {
      long began = now;
      pace.begun(began);
      now += nanos;
      pace.ended(began, now);
    }
  }

  @Test
  void aModuleIsNotTakenForQuickUntilItWas() {
    assertThat(pace.isQuick(now)).isFalse();
    calls(3, FAST);
    assertThat(pace.isQuick(now)).isFalse();

    calls(20, FAST);

    assertThat(pace.isQuick(now)).isTrue();
  }

  @Test
  void oneSlowCallAmongManyDoesNotCount() {
    calls(20, FAST);
    calls(1, SLOW);

    assertThat(pace.isQuick(now)).isTrue();
  }

  @Test
  void aModuleThatHasBecomeSlowIsNotQuickAndOneThatHasRecoveredIs() {
    calls(100, FAST);
    calls(10, SLOW);
    assertThat(pace.isQuick(now)).isFalse();

    calls(20, FAST);

    assertThat(pace.isQuick(now)).isTrue();
  }

  @Test
  void aCallThatDoesNotEndIsNotQuick() {
    calls(20, FAST);
    pace.begun(now);

    assertThat(pace.isQuick(now + FAST)).isTrue();
    assertThat(pace.isQuick(now + SLOW)).isFalse();
  }
}

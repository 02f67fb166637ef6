package dev.countersign.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What all {@link Permits} do. */
public abstract class PermitsContract {

  /**
   * Permits of which 6 can be taken at once, and none for seconds after that: a limit of 10 a
   * minute.
   */
  protected abstract Permits sixAndThenFourAMinute();

  @Test
  void whatIsThereCanBeTakenAndNoMore() {
    Permits permits = sixAndThenFourAMinute();

    assertThat(permits.take(3).join()).isZero();
    assertThat(permits.take(3).join()).isZero();
    assertThat(permits.take(1).join()).isPositive();
  }

  @Test
  void allOrNothingIsTaken() {
    Permits permits = sixAndThenFourAMinute();
    assertThat(permits.take(4).join()).isZero();

    assertThat(permits.take(3).join()).isPositive();

    assertThat(permits.take(2).join()).isZero();
  }

  @Test
  void askingForMoreMeansALongerWait() {
    Permits permits = sixAndThenFourAMinute();
    assertThat(permits.take(6).join()).isZero();

    assertThat(permits.take(2).join()).isGreaterThan(permits.take(1).join());
  }

  @Test
  void nobodyTakesNothingOrMoreThanThereEverIs() {
    Permits permits = sixAndThenFourAMinute();

    assertThatIllegalArgumentException().isThrownBy(() -> permits.take(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> permits.take(7))
        .withMessageContaining("7");
  }

  @Test
  void threadsTogetherTakeNoMoreThanThereIs() throws Exception {
    Permits permits = sixAndThenFourAMinute();
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<Boolean>> takers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        takers.add(pool.submit(() -> permits.take(1).join().isZero()));
      }
      int taken = 0;
      for (Future<Boolean> taker : takers) {
        taken += taker.get() ? 1 : 0;
      }
      assertThat(taken).isEqualTo(6);
    } finally {
      pool.shutdownNow();
    }
  }
}

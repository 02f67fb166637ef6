package dev.countersign.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the soak takes for growth, over twenty minutes with a look every half minute. */
class GrowthTest {

  private static Growth growth(IntFunction<Vitals> vitals) {
    return new Growth(IntStream.range(0, 40).mapToObj(vitals).toList());
  }

  /** Noise of that many KiB, up or down. */
  private static double noise(int number, double most) {
    return (2 * new SplittableRandom(number).nextDouble() - 1) * most;
  }

  @Test
  void aLineIsFoundInItsPoints() {
    Trend trend =
        Trend.of(List.of(new Trend.Point(1, 10), new Trend.Point(2, 13), new Trend.Point(4, 19)));

    assertThat(trend.slope()).isCloseTo(3, within(1e-9));
    assertThat(trend.error()).isCloseTo(0, within(1e-9));
    assertThat(trend.rise()).isCloseTo(9, within(1e-9));
    assertThat(trend.rises(8)).isTrue();
    assertThat(trend.rises(10)).isFalse();
  }

  @Test
  void twoPointsOrOneMomentAreNoTrend() {
    Trend.Point point = new Trend.Point(1, 1);

    assertThatIllegalArgumentException().isThrownBy(() -> Trend.of(List.of(point, point)));
    assertThatIllegalArgumentException().isThrownBy(() -> Trend.of(List.of(point, point, point)));
  }

  @Test
  void whatOnlySwingsDoesNotGrow() {
    Growth growth =
        growth(
            i ->
                new Vitals(
                    i / 2.0, 11_000 + noise(i, 400), 200_000 + noise(i + 99, 5_000), 34 + i % 3));

    assertThat(growth.isGrowing()).isFalse();
    assertThat(growth.lines()).hasSize(3).allMatch(line -> line.endsWith("constant"));
  }

  @Test
  void whatTheFirstQuarterTakesDoesNotCount() {
    assertThat(
            growth(i -> new Vitals(i / 2.0, Math.min(i, 10) * 1_000, Math.min(i, 10) * 9_000, 34))
                .isGrowing())
        .isFalse();
  }

  @Test
  void aHundredBytesLostWithEachCallAreNoticed() {
    // three hundred calls a minute
    Growth growth =
        growth(
            i -> new Vitals(i / 2.0, 11_000 + i * 150 * 100 / 1024.0 + noise(i, 100), 200_000, 34));

    assertThat(growth.isGrowing()).isTrue();
    assertThat(growth.lines().get(0)).contains("heap").endsWith("GROWS");
  }

  @Test
  void memoryBesideTheHeapAndThreadsAreNoticed() {
    assertThat(growth(i -> new Vitals(i / 2.0, 11_000, 200_000 + i * 300, 34)).isGrowing())
        .isTrue();
    assertThat(growth(i -> new Vitals(i / 2.0, 11_000, 200_000, 34 + i / 6)).isGrowing()).isTrue();
  }
}

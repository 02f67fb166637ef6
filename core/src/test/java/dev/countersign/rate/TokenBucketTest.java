package dev.countersign.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A bucket of one process, by a timer that the test moves. */
class TokenBucketTest {

  private final VirtualTimer timer = VirtualTimer.standing();

  @Test
  void aBurstIsThereAtOnceAndThenPermitsComeEvenly() {
    TokenBucket bucket = TokenBucket.perMinute(66, 6, timer);

    assertThat(bucket.take(3).join()).isZero();
    assertThat(bucket.take(3).join()).isZero();
    assertThat(bucket.take(1).join()).isEqualTo(Duration.ofSeconds(1));
    assertThat(bucket.take(3).join()).isEqualTo(Duration.ofSeconds(3));
    timer.pass(Duration.ofSeconds(1));
    assertThat(bucket.take(3).join()).isEqualTo(Duration.ofSeconds(2));
    assertThat(bucket.take(1).join()).isZero();
    assertThat(bucket.take(1).join()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aLongRestGivesNoMoreThanABurst() {
    TokenBucket bucket = TokenBucket.perMinute(66, 6, timer);
    timer.pass(Duration.ofDays(400));

    assertThat(bucket.take(6).join()).isZero();
    assertThat(bucket.take(1).join()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noMinuteEverHasMoreThanTheLimit(long seed) {
    Random random = new Random(seed);
    TokenBucket bucket = TokenBucket.perMinute(100, 10, timer);
    Deque<Long> lastMinute = new ArrayDeque<>();
    long total = 0;
    for (int i = 0; i < 20_000; i++) {
      int requests = 1 + random.nextInt(3);
      if (bucket.take(requests).join().isZero()) {
        for (int r = 0; r < requests; r++) {
          lastMinute.add(timer.nanos());
        }
        total += requests;
      }
      while (timer.nanos() - lastMinute.peekFirst() >= Duration.ofMinutes(1).toNanos()) {
        lastMinute.removeFirst();
      }
      assertThat(lastMinute).hasSizeLessThanOrEqualTo(100);
      // mostly busy; at times a rest in which the burst comes back
      timer.pass(Duration.ofMillis(random.nextInt(500) == 0 ? 20_000 : random.nextInt(200)));
    }
    assertThat(total).as("and it is not idle").isGreaterThan(2_500);
  }

  @ParameterizedTest
  @CsvSource({"100, 10, 0", "100, 10, 11", "100, 10, -1"})
  void moreThanABurstCannotBeTakenAtOnce(int limit, int burst, int requests) {
    TokenBucket bucket = TokenBucket.perMinute(limit, burst, timer);

    assertThatThrownBy(() -> bucket.take(requests)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"100, 2", "3, 3", "0, 3", "-5, -9"})
  void whatCouldNotLetASignedCallThroughIsRefused(int limit, int burst) {
    assertThatThrownBy(() -> TokenBucket.perMinute(limit, burst, timer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one signed call");
  }

  @Test
  void aTenthMayComeAtOnceUnlessToldOtherwise() {
    assertThat(TokenBucket.perMinute(1000)).hasToString("TokenBucket(1000 a minute, 100 at once)");
    assertThat(TokenBucket.perMinute(4)).hasToString("TokenBucket(4 a minute, 3 at once)");
  }
}

package dev.countersign.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.error.ServiceUnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who gets through, in which order, and who is told at once that it will not. */
class RateBudgetTest {

  private static final Duration LONG = Duration.ofHours(1);

  private final VirtualTimer timer = VirtualTimer.standing();

  /** One permit a second, three at first. */
  private final RateBudget budget = budget(TokenBucket.perMinute(63, 3, timer));

  private final List<String> through = new ArrayList<>();

  private RateBudget budget(Permits permits) {
    return RateBudget.builder(permits).timer(timer).build();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the list tells
  private CompletableFuture<Void> call(RateBudget lane, String name, int requests) {
    CompletableFuture<Void> turn = lane.acquire(requests, LONG);
    turn.thenRun(() -> through.add(name));
    return turn;
  }

  @Test
  void withinALaneTheFirstComesFirstEvenIfTheSecondNeedsLess() {
    call(budget, "signed", 3);
    call(budget, "second", 3);
    call(budget, "read", 1);

    timer.pass(Duration.ofSeconds(2));
    assertThat(through).containsExactly("signed");
    timer.pass(Duration.ofSeconds(1));
    assertThat(through).containsExactly("signed", "second");
    timer.pass(Duration.ofSeconds(1));
    assertThat(through).containsExactly("signed", "second", "read");
  }

  @Test
  void aFloodInOneLaneDoesNotStarveAnother() {
    RateBudget batch = budget.lane("batch");
    RateBudget people = budget.lane("people");
    for (int i = 0; i < 100; i++) {
      call(batch, "b", 1);
    }
    call(people, "p1", 1);
    call(people, "p2", 1);

    timer.pass(Duration.ofSeconds(4));

    assertThat(through).containsExactly("b", "b", "b", "b", "p1", "b", "p2");
  }

  @Test
  void nobodyIsLetThroughFasterThanTheRate() {
    for (int i = 0; i < 10; i++) {
      call(budget, "c", 1);
    }

    for (int second = 0; second <= 7; second++) {
      assertThat(through).hasSize(3 + second);
      timer.pass(Duration.ofSeconds(1));
    }
    assertThat(timer.waiting()).as("nothing is left behind").isZero();
  }

  @Test
  void whoGivesUpLeavesThePlaceToTheNext() {
    call(budget, "first", 3);
    CompletableFuture<Void> givenUp = call(budget, "given up", 3);
    call(budget, "read", 1);
    CompletableFuture<Void> middle = call(budget, "middle", 1);
    call(budget, "last", 1);

    givenUp.cancel(false);
    middle.cancel(false);

    assertThat(budget.load().waiting()).isEqualTo(2);
    timer.pass(Duration.ofSeconds(1));
    assertThat(through).containsExactly("first", "read");
    timer.pass(Duration.ofSeconds(1));
    assertThat(through).containsExactly("first", "read", "last");
    assertThat(budget.load().taken()).isEqualTo(5);
  }

  @Test
  void aTurnThatWouldComeTooLateIsRefusedAtOnce() {
    call(budget, "first", 3);
    call(budget, "second", 3);

    CompletableFuture<Void> tooLate = budget.acquire(3, Duration.ofMillis(5_999));
    CompletableFuture<Void> inTime = budget.acquire(3, Duration.ofMillis(6_001));

    assertThatThrownBy(tooLate::join)
        .hasCauseInstanceOf(ServiceUnavailableException.class)
        .hasMessageContaining("rate budget")
        .hasMessageContaining("nothing was sent");
    timer.pass(Duration.ofSeconds(6));
    assertThat(inTime).isCompleted();
  }

  @Test
  void whoIsOvertakenByAnotherLaneIsToldAsSoonAsThatIsSure() {
    RateBudget other = budget.lane("other");
    call(budget, "first", 3);
    call(budget, "second", 3);
    call(other, "other", 3);
    CompletableFuture<Void> third = budget.acquire(3, Duration.ofMillis(8_500));

    timer.pass(Duration.ofMillis(5_999));
    assertThat(third).isNotDone();
    timer.pass(Duration.ofMillis(1));

    assertThat(third).as("three more seconds are too many").isCompletedExceptionally();
    assertThat(budget.load().waiting()).isZero();
  }

  @Test
  void whoseDeadlinePassesInTheQueueIsToldThen() {
    ScriptedPermits permits = new ScriptedPermits();
    permits.answers.add(new CompletableFuture<>());
    RateBudget fleet =
        RateBudget.builder(permits).patience(Duration.ofMinutes(1)).timer(timer).build();
    CompletableFuture<Void> first = fleet.acquire(3, LONG);
    CompletableFuture<Void> second = fleet.acquire(3, Duration.ofSeconds(7));

    timer.pass(Duration.ofMillis(6_999));
    assertThat(second).isNotDone();
    timer.pass(Duration.ofMillis(1));

    assertThat(second).isCompletedExceptionally();
    assertThat(first).isNotDone();
    assertThat(fleet.load().waiting()).isEqualTo(1);
  }

  @Test
  void theLoadTellsQueueAndWait() {
    call(budget, "first", 3);
    call(budget.lane("x"), "second", 1);
    timer.pass(Duration.ofMillis(400));
    call(budget, "third", 1);
    timer.pass(Duration.ofMillis(100));

    assertThat(budget.load()).isEqualTo(new Load(2, Duration.ofMillis(500), 3, Duration.ZERO));
    assertThat(budget).hasToString("RateBudget(default, " + budget.load() + ")");
  }

  @Test
  void a429StopsEverybodyForAsLongAsDfnsAsks() {
    budget.pause(Duration.ofSeconds(20));

    call(budget, "waits", 1);
    CompletableFuture<Void> tooLate = budget.acquire(1, Duration.ofSeconds(19));

    assertThat(tooLate).isCompletedExceptionally();
    assertThat(budget.load().pause()).isEqualTo(Duration.ofSeconds(20));
    timer.pass(Duration.ofMillis(19_999));
    assertThat(through).isEmpty();
    timer.pass(Duration.ofMillis(1));
    assertThat(through).containsExactly("waits");
  }

  @Test
  void aPauseIsASecondIfDfnsDoesNotSayAndAMinuteAtMost() {
    budget.pause(null);
    assertThat(budget.load().pause()).isEqualTo(Duration.ofSeconds(1));
    budget.pause(Duration.ofDays(10_000));
    assertThat(budget.load().pause()).isEqualTo(Duration.ofMinutes(1));
    budget.pause(Duration.ofSeconds(2));
    assertThat(budget.load().pause()).as("a shorter one ends no longer one").hasMinutes(1);
  }

  @Test
  void aPauseThatBeginsWhileSomebodyWaitsHoldsThemToo() {
    call(budget, "first", 3);
    call(budget, "second", 1);

    budget.pause(Duration.ofSeconds(5));

    timer.pass(Duration.ofMillis(4_999));
    assertThat(through).containsExactly("first");
    timer.pass(Duration.ofMillis(1));
    assertThat(through).containsExactly("first", "second");
  }

  @Test
  void permitsThatFailFailTheCallAndNotTheNext() {
    ScriptedPermits permits = new ScriptedPermits();
    RateBudget fleet = budget(permits);
    permits.answers.add(CompletableFuture.failedFuture(new IllegalStateException("redis is down")));
    permits.answers.add(CompletableFuture.completedFuture(Duration.ZERO));

    CompletableFuture<Void> failed = fleet.acquire(3, LONG);

    assertThatThrownBy(failed::join)
        .hasCauseInstanceOf(ServiceUnavailableException.class)
        .hasMessageContaining("fallback")
        .hasMessageContaining("IllegalStateException");
    assertThat(fleet.acquire(3, LONG)).isCompleted();
  }

  @Test
  void permitsThatFailAreStoodInForByAShareOfOnesOwn() {
    ScriptedPermits permits = new ScriptedPermits();
    RateBudget fleet =
        RateBudget.builder(permits)
            .fallback(TokenBucket.perMinute(63, 3, timer))
            .timer(timer)
            .build();
    for (int i = 0; i < 3; i++) {
      permits.answers.add(CompletableFuture.failedFuture(new IllegalStateException("down")));
    }
    permits.answers.add(CompletableFuture.completedFuture(Duration.ZERO));

    call(fleet, "one", 3);
    call(fleet, "two", 1);

    assertThat(through).containsExactly("one");
    timer.pass(Duration.ofSeconds(1));
    assertThat(through).containsExactly("one", "two");
    call(fleet, "three", 3);
    assertThat(through).as("the fleet's store is back").hasSize(3);
  }

  @Test
  void permitsThatDoNotAnswerHaveFailedAndWhatTheyGiveLaterIsNotLost() {
    ScriptedPermits permits = new ScriptedPermits();
    CompletableFuture<Duration> silent = new CompletableFuture<>();
    permits.answers.add(silent);
    RateBudget fleet = budget(permits);
    CompletableFuture<Void> first = fleet.acquire(3, LONG);

    timer.pass(Duration.ofSeconds(5));
    assertThat(first).isCompletedExceptionally();
    silent.complete(Duration.ZERO);

    assertThat(fleet.acquire(3, LONG)).isCompleted();
    assertThat(permits.asked).containsExactly(3);
  }

  @Test
  void permitsTakenForSomebodyWhoIsGoneAreTheNextOnes() {
    ScriptedPermits permits = new ScriptedPermits();
    CompletableFuture<Duration> slow = new CompletableFuture<>();
    permits.answers.add(slow);
    permits.answers.add(CompletableFuture.completedFuture(Duration.ZERO));
    RateBudget fleet = budget(permits);
    CompletableFuture<Void> gone = fleet.acquire(3, LONG);
    call(fleet, "read", 1);
    call(fleet, "signed", 3);

    gone.cancel(false);
    slow.complete(Duration.ZERO);

    assertThat(through).containsExactly("read", "signed");
    assertThat(permits.asked).as("two were left over").containsExactly(3, 1);
  }

  @Test
  void permitsThatWereLeftOverAMinuteAgoAreNotUsed() {
    ScriptedPermits permits = new ScriptedPermits();
    CompletableFuture<Duration> slow = new CompletableFuture<>();
    permits.answers.add(slow);
    permits.answers.add(CompletableFuture.completedFuture(Duration.ZERO));
    permits.answers.add(CompletableFuture.completedFuture(Duration.ZERO));
    RateBudget fleet = budget(permits);
    CompletableFuture<Void> gone = fleet.acquire(3, LONG);
    gone.cancel(false);
    slow.complete(Duration.ZERO);

    timer.pass(Duration.ofSeconds(59));
    call(fleet, "in time", 1);
    assertThat(permits.asked).as("of the three that are left").containsExactly(3);
    timer.pass(Duration.ofSeconds(1));
    call(fleet, "too late", 2);

    assertThat(through).containsExactly("in time", "too late");
    assertThat(permits.asked).containsExactly(3, 2);
  }

  @Test
  void whoseDeadlineIsOverIsRefusedAtOnceAndTakesNothing() {
    assertThat(budget.acquire(3, Duration.ofSeconds(Long.MIN_VALUE))).isCompletedExceptionally();
    assertThat(budget.load().taken()).isZero();
  }

  @Test
  void permitsAreAskedOnceAtATimeAndNotWhileTheySaidToWait() {
    ScriptedPermits permits = new ScriptedPermits();
    permits.answers.add(CompletableFuture.completedFuture(Duration.ofSeconds(9)));
    permits.answers.add(new CompletableFuture<>());
    RateBudget fleet = budget(permits);
    for (int i = 0; i < 50; i++) {
      call(fleet, "c", 1);
    }

    timer.pass(Duration.ofMillis(8_999));
    assertThat(permits.asked).hasSize(1);
    timer.pass(Duration.ofMillis(1));
    assertThat(permits.asked).hasSize(2);
  }

  @Test
  void aCallHasAtLeastOneRequest() {
    assertThatThrownBy(() -> budget.acquire(0, LONG)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Permits that answer what they were told to, in order. */
  private static final class ScriptedPermits implements Permits {
    private final Queue<CompletableFuture<Duration>> answers = new ArrayDeque<>();
    private final List<Integer> asked = new ArrayList<>();

    @Override
    public CompletableFuture<Duration> take(int requests) {
      asked.add(requests);
      return answers.remove();
    }
  }
}

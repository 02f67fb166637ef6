package dev.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

  private static final long SOON = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LATER = TimeUnit.MILLISECONDS.toNanos(60);
  private static final long NEVER = TimeUnit.DAYS.toNanos(1);

  private final Deadlines deadlines = new Deadlines();

  private CompletableFuture<Void> set(long nanos) {
    CompletableFuture<Void> passed = new CompletableFuture<>();
    deadlines.set(nanos, () -> passed.complete(null));
    return passed;
  }

  private static void passes(CompletableFuture<Void> deadline) throws Exception {
    deadline.get(30, TimeUnit.SECONDS);
  }

  @Test
  void whatPassesIsToldAndForgotten() throws Exception {
    passes(set(SOON));

    assertThat(deadlines.size()).isZero();
  }

  @Test
  void whatHasPassedAlreadyIsToldAtOnce() throws Exception {
    passes(set(0));
    passes(set(-1));
  }

  @Test
  void whatIsClearedIsNotToldAndTheNextOneIs() throws Exception {
    AtomicInteger told;
    long begun;
    do {
      told = new AtomicInteger();
      begun = System.nanoTime();
      Runnable cleared = deadlines.set(LATER, told::incrementAndGet);
      cleared.run();
      cleared.run();
      // else the machine stood still, and it may have been told before it was cleared
    } while (System.nanoTime() - begun >= LATER);
    CompletableFuture<Void> next = set(2 * LATER);

    assertThat(deadlines.size()).isOne();

    passes(next);
    assertThat(told).hasValue(0);
  }

  @Test
  void anEarlierOneDoesNotWaitForOneThatWasSetBefore() throws Exception {
    CompletableFuture<Void> never = set(NEVER);

    passes(set(SOON));
    passes(set(SOON));

    assertThat(never).isNotDone();
    assertThat(deadlines.size()).isOne();
  }

  @Test
  void thereIsNoTimeTooLong() throws Exception {
    CompletableFuture<Void> never = set(Long.MAX_VALUE);

    passes(set(SOON));

    assertThat(never).isNotDone();
  }

  @Test
  void ofManyFromManyThreadsEachIsToldOnceUnlessItWasCleared() throws Exception {
    List<CompletableFuture<List<CompletableFuture<Void>>>> threads = new ArrayList<>();
    AtomicInteger told = new AtomicInteger();
    for (int i = 0; i < 8; i++) {
      Random random = new Random(i);
      threads.add(CompletableFuture.supplyAsync(() -> some(random, told)));
    }

    for (CompletableFuture<List<CompletableFuture<Void>>> thread : threads) {
      for (CompletableFuture<Void> passed : thread.get(30, TimeUnit.SECONDS)) {
        passes(passed);
      }
    }

    assertThat(told).hasValue(8 * 500);
    assertThat(deadlines.size()).isZero();
  }

  /** Sets a thousand, and clears every other one of them. */
  private List<CompletableFuture<Void>> some(Random random, AtomicInteger told) {
    List<CompletableFuture<Void>> kept = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      CompletableFuture<Void> passed = new CompletableFuture<>();
      deadlines.set(
          random.nextLong(LATER),
          () -> {
            told.incrementAndGet();
            passed.complete(null);
          });
      kept.add(passed);
      deadlines.set(NEVER + random.nextLong(LATER), told::incrementAndGet).run();
    }
    return kept;
  }
}

package dev.countersign.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.error.SigningException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who calls when, on which thread, and how long the others wait. */
class SigningPoolTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger hanging = new AtomicInteger();

  @AfterEach
  void goOn() {
    release.countDown();
  }

  private String hang() throws InterruptedException {
    hanging.incrementAndGet();
    release.await();
    return "at last";
  }

  private static Thread start(Callable<?> work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.call();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
    return thread;
  }

  /** Has a thread of the pool hang, and returns once it does. */
  private void hangIn(SigningPool pool) {
    start(() -> pool.run(this::hang, LONG, LONG));
    Shim.await(() -> hanging.get() == 1);
  }

  /** Makes the pool believe that calls are quick. */
  private static void hurry(SigningPool pool) throws Exception {
    for (int i = 0; i < 100; i++) {
      pool.run(() -> "quick", LONG, LONG);
    }
  }

  @Test
  void whoComesFirstIsServedFirst() throws Exception {
    SigningPool pool = new SigningPool(1);
    hangIn(pool);
    Queue<Integer> order = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      Thread thread = start(() -> pool.run(() -> order.add(number), LONG, LONG));
      threads.add(thread);
      Shim.await(() -> thread.getState() == Thread.State.TIMED_WAITING);
    }

    release.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(pool.drain(LONG)).isTrue();
    assertThat(List.copyOf(order)).isSorted().hasSize(20);
  }

  @Test
  void callsOfASlowModuleRunSideBySide() throws Exception {
    SigningPool pool = new SigningPool(8);
    CyclicBarrier together = new CyclicBarrier(8);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(start(() -> pool.run(() -> together.await(30, TimeUnit.SECONDS), LONG, LONG)));
    }

    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(together.isBroken()).isFalse();
    assertThat(together.getNumberWaiting()).isZero();
  }

  @Test
  void theThreadThatWorkedLastWorksNext() throws Exception {
    SigningPool pool = new SigningPool(8);
    CyclicBarrier together = new CyclicBarrier(8);
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      callers.add(start(() -> pool.run(() -> together.await(30, TimeUnit.SECONDS), LONG, LONG)));
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(pool.drain(LONG)).isTrue();

    Thread last = null;
    int next = 0;
    for (int i = 0; i < 100; i++) {
      long begun = System.nanoTime();
      Thread works = pool.run(Thread::currentThread, LONG, LONG);
      if (System.nanoTime() - begun >= SigningPool.PATIENCE) {
        // the machine stood still, and another may have been woken
        assertThat(pool.drain(LONG)).isTrue();
        last = null;
      } else {
        if (last != null) {
          assertThat(works).isSameAs(last);
          next++;
        }
        last = works;
      }
    }

    assertThat(next).isPositive();
  }

  @Test
  void whoWaitsForAQuickModuleThatHangsGetsAnotherThread() throws Exception {
    SigningPool pool = new SigningPool(2);
    hurry(pool);
    hangIn(pool);

    assertThat(pool.run(() -> "another", LONG, LONG)).isEqualTo("another");
    assertThat(pool.taken()).isOne();
  }

  /** The inner call comes while its thread, the only one at work, cannot take it. */
  @Test
  void whoWaitsInVainForTheThreadThatWorksAloneGetsAnother() throws Exception {
    SigningPool pool = new SigningPool(2);
    Callable<String> inner = () -> "inner";
    Callable<String> outer = () -> pool.run(inner, LONG, Duration.ofSeconds(10));
    for (int i = 0; i < 5; i++) {
      hurry(pool);

      assertThat(pool.run(outer, LONG, LONG)).isEqualTo("inner");
    }
  }

  @Test
  void whoWillNotWaitGetsAnotherThreadAtOnce() throws Exception {
    SigningPool pool = new SigningPool(2);
    hurry(pool);
    hangIn(pool);

    assertThat(pool.run(() -> "another", Duration.ZERO, LONG)).isEqualTo("another");
  }

  @Test
  void whoWillNotWaitGetsAThreadThoughOthersWaitForTheOneThatWorksAlone() throws Exception {
    SigningPool pool = new SigningPool(3);
    hurry(pool);
    hangIn(pool);
    Thread before = start(() -> pool.run(this::hang, LONG, LONG));
    while (before.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    assertThat(pool.run(() -> "another", Duration.ZERO, LONG)).isEqualTo("another");
    release.countDown();
    assertThat(pool.drain(LONG)).isTrue();
  }

  /** A process at its limit of threads: one more cannot be started for a while. */
  @Test
  void whoseThreadCannotBeStartedWaitsUntilOneCan() throws Exception {
    AtomicInteger failing = new AtomicInteger(3);
    SigningPool pool = new SigningPool(2, work -> startingAfter(failing, work));

    assertThat(pool.run(() -> "at last", LONG, LONG)).isEqualTo("at last");
    assertThat(failing).hasNegativeValue();
    assertThat(pool.drain(LONG)).isTrue();
  }

  @Test
  void whoseThreadCannotBeStartedInTimeIsToldAndForgotten() {
    AtomicInteger failing = new AtomicInteger(Integer.MAX_VALUE);
    SigningPool pool = new SigningPool(2, work -> startingAfter(failing, work));
    AtomicInteger called = new AtomicInteger();

    assertThatThrownBy(() -> pool.run(called::incrementAndGet, Duration.ofMillis(50), LONG))
        .isInstanceOf(SigningException.class)
        .hasMessageStartingWith("No thread to call the HSM on could be started for 50 ms");

    assertThat(pool.taken()).isZero();
    assertThat(pool.drain(LONG)).isTrue();
    assertThat(called).hasValue(0);
  }

  /** The first of the queue is given to a thread by whoever comes next: it must not lose it. */
  @Test
  void whoseThreadCannotBeStartedBySomebodyElseIsServedByTheOneThatWorks() throws Exception {
    AtomicInteger failing = new AtomicInteger();
    SigningPool pool = new SigningPool(2, work -> startingAfter(failing, work));
    hangIn(pool);
    failing.set(Integer.MAX_VALUE);
    AtomicInteger served = new AtomicInteger();
    Callable<Integer> call = () -> pool.run(served::incrementAndGet, LONG, Duration.ofSeconds(5));
    Thread first = start(call);
    Thread second = start(call);
    Shim.await(() -> failing.get() < Integer.MAX_VALUE - 4);

    release.countDown();
    first.join();
    second.join();

    assertThat(served).hasValue(2);
    assertThat(pool.drain(LONG)).isTrue();
    assertThat(pool.taken()).isZero();
  }

  private static Thread startingAfter(AtomicInteger failures, Runnable work) {
    return new Thread(work) {
      @Override
      public void start() {
        if (failures.getAndDecrement() > 0) {
          throw new OutOfMemoryError("unable to create native thread");
        }
        super.start();
      }
    };
  }

  @Test
  void aThreadThatIsInterruptedFromOutsideStillRests() throws Exception {
    SigningPool pool = new SigningPool(1);
    Thread thread = pool.run(Thread::currentThread, LONG, LONG);
    Shim.await(() -> thread.getState() == Thread.State.TIMED_WAITING);

    thread.interrupt();

    Shim.await(() -> !thread.isInterrupted());
    assertThat(pool.run(Thread::currentThread, LONG, LONG)).isSameAs(thread);
  }

  @Test
  void whoWaitsTooLongIsToldAndForgotten() throws Exception {
    SigningPool pool = new SigningPool(1);
    hangIn(pool);
    AtomicInteger called = new AtomicInteger();

    for (Duration wait : List.of(Duration.ZERO, Duration.ofMillis(5), Duration.ofMillis(40))) {
      assertThatThrownBy(() -> pool.run(called::incrementAndGet, wait, LONG))
          .isInstanceOf(SigningException.class)
          .hasMessageStartingWith("All 1 signing operations of the HSM have been busy for")
          .hasMessageContaining(wait.toMillis() + " ms");
    }

    release.countDown();
    assertThat(pool.drain(LONG)).isTrue();
    assertThat(called).hasValue(0);
  }

  @Test
  void aCallThatTakesTooLongIsLeftToItself() throws Exception {
    SigningPool pool = new SigningPool(1);

    assertThatThrownBy(() -> pool.run(this::hang, LONG, Duration.ofMillis(30)))
        .isInstanceOf(TimeoutException.class);

    assertThat(pool.taken()).isOne();
    assertThat(pool.drain(Duration.ofMillis(10))).isFalse();
    release.countDown();
    assertThat(pool.drain(LONG)).isTrue();
  }

  /** The time of a call counts from its beginning, not from when its caller came. */
  @Test
  void whoWaitedForAThreadHasAllTheTimeForTheCall() throws Exception {
    SigningPool pool = new SigningPool(1);
    hangIn(pool);
    CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> aSecond(pool));
    assertThatThrownBy(() -> second.get(4500, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);

    release.countDown();

    assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo("after a second");
  }

  private static String aSecond(SigningPool pool) {
    try {
      return pool.run(
          () -> {
            Thread.sleep(1000);
            return "after a second";
          },
          LONG,
          Duration.ofSeconds(5));
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A quick module's callers are told together; one of them must not wait for the call after. */
  @Test
  void whoseCallIsDoneDoesNotWaitForTheNextOneThatHangs() throws Exception {
    SigningPool pool = new SigningPool(1);
    hurry(pool);
    CountDownLatch done = new CountDownLatch(2);
    Callable<Integer> untilOthersWait =
        () -> {
          waiting(() -> pool.run(() -> 1, LONG, LONG), done);
          waiting(() -> pool.run(this::hang, LONG, LONG), done);
          return 0;
        };
    start(
        () -> {
          pool.run(untilOthersWait, LONG, LONG);
          done.countDown();
          return 0;
        });

    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(hanging).hasValue(1);
  }

  private static void waiting(Callable<?> call, CountDownLatch done) {
    Thread thread =
        start(
            () -> {
              call.call();
              done.countDown();
              return 0;
            });
    Shim.await(() -> thread.getState() == Thread.State.TIMED_WAITING);
  }

  @Test
  void whatACallThrowsIsItsCallersAndTheThreadGoesOn() throws Exception {
    SigningPool pool = new SigningPool(1);

    assertThatThrownBy(
            () ->
                pool.run(
                    () -> {
                      throw new AssertionError("it failed");
                    },
                    LONG,
                    LONG))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("it failed");

    assertThat(pool.run(() -> "next", LONG, LONG)).isEqualTo("next");
    assertThat(pool.drain(LONG)).isTrue();
  }

  @Test
  void whoIsInterruptedWhileWaitingIsStillInterruptedAndNothingIsCalled() throws Exception {
    SigningPool pool = new SigningPool(1);
    hangIn(pool);
    AtomicInteger called = new AtomicInteger();
    AtomicReference<String> told = new AtomicReference<>("nothing");
    Thread waiting =
        start(
            () -> {
              try {
                return pool.run(called::incrementAndGet, LONG, LONG);
              } catch (SigningException e) {
                told.set(e.getMessage() + " " + Thread.currentThread().isInterrupted());
                return 0;
              }
            });
    Shim.await(() -> waiting.getState() == Thread.State.TIMED_WAITING);

    waiting.interrupt();
    waiting.join();

    assertThat(told.get())
        .isEqualTo("Interrupted while waiting for the HSM; nothing was signed true");
    release.countDown();
    assertThat(pool.drain(LONG)).isTrue();
    assertThat(called).hasValue(0);
  }

  @Test
  void ofManyCallsFromManyThreadsNoneIsLost() throws Exception {
    SigningPool pool = new SigningPool(5);
    AtomicInteger called = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      threads.add(
          start(
              () -> {
                for (int j = 0; j < 500; j++) {
                  pool.run(called::incrementAndGet, LONG, LONG);
                }
                return null;
              }));
    }

    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(called).hasValue(32 * 500);
    assertThat(pool.drain(LONG)).isTrue();
    assertThat(pool.taken()).isZero();
  }
}

package dev.countersign.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.error.DfnsException;
import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.json.JsonObject;
import dev.countersign.transport.Reply;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that are cancelled, interrupted or out of time. */
class AbandonedCallTest {

  private final EngineFixture fixture = new EngineFixture();
  private final ScriptedTransport transport = fixture.transport;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void cancellingReachesTheExchange() {
    CompletableFuture<Reply> pending = new CompletableFuture<>();
    transport.signing().then(() -> pending);

    CompletableFuture<JsonObject> call = fixture.change().executeAsync();
    while (transport.requests().size() < 3) {
      Thread.onSpinWait();
    }
    call.cancel(true);

    // the engine may still be between sending and noting that it has sent
    assertThatThrownBy(() -> pending.get(20, TimeUnit.SECONDS))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void aCallThatIsCancelledWhileItIsSignedSendsNothingMore() {
    transport.signing().answer(200, "{}");
    AtomicReference<CompletableFuture<JsonObject>> call = new AtomicReference<>();
    CountDownLatch begun = new CountDownLatch(1);
    fixture.signer.whileSigning.set(
        () -> {
          await(begun);
          call.get().cancel(true);
        });

    call.set(fixture.change().executeAsync());
    begun.countDown();

    assertThatThrownBy(() -> call.get().join()).isInstanceOf(CancellationException.class);
    fixture.executor.shutdown();
    assertThat(fixture.executor).satisfies(AbandonedCallTest::isThrough);
    assertThat(transport.requests()).hasSize(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void isThrough(ExecutorService executor) throws InterruptedException {
    assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aCallerInterruptedBeforeTheChangeKnowsThatNothingHappened() throws InterruptedException {
    transport.then(CompletableFuture::new);

    assertThat(interrupt(fixture.change(), 1)).isInstanceOf(ServiceUnavailableException.class);
  }

  @Test
  void aCallerInterruptedDuringTheChangeKnowsThatItMayHaveHappened() throws InterruptedException {
    CompletableFuture<Reply> pending = new CompletableFuture<>();
    transport.signing().then(() -> pending);

    assertThat(interrupt(fixture.namedChange(), 3)).isInstanceOf(OutcomeUnknownException.class);
    assertThatThrownBy(() -> pending.get(20, TimeUnit.SECONDS))
        .isInstanceOf(CancellationException.class);
  }

  private DfnsException interrupt(Call<JsonObject> call, int exchanges)
      throws InterruptedException {
    AtomicReference<DfnsException> thrown = new AtomicReference<>();
    CountDownLatch keptInterrupt = new CountDownLatch(1);
    Thread caller =
        new Thread(
            () -> {
              thrown.set(catchThrowableOfType(DfnsException.class, call::execute));
              if (Thread.currentThread().isInterrupted()) {
                keptInterrupt.countDown();
              }
            });
    caller.start();
    while (transport.requests().size() < exchanges) {
      Thread.onSpinWait();
    }
    caller.interrupt();
    caller.join();
    assertThat(keptInterrupt.getCount()).as("the interrupt is kept").isZero();
    return thrown.get();
  }

  @Test
  void aDeadlineThatHasPassedKeepsTheChangeFromBeingSent() {
    transport.signing().answer(200, "{}");

    assertThatThrownBy(() -> fixture.change().within(Duration.ofNanos(1)).execute())
        .isInstanceOf(ServiceUnavailableException.class)
        .hasMessageContaining("deadline");
    assertThat(transport.requests()).isEmpty();
  }

  @Test
  void eachExchangeGetsWhatIsLeftOfTheDeadline() {
    transport.signing().answer(200, "{}");

    fixture.change().within(Duration.ofSeconds(7)).execute();

    assertThat(transport.requests())
        .extracting(r -> r.timeout())
        .allSatisfy(
            left -> assertThat(left).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(7)));
    assertThat(transport.request(2).timeout()).isLessThan(transport.request(0).timeout());
  }
}

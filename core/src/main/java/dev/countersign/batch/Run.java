package dev.countersign.batch;

import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A run: everything that happens to it is a step, and steps are taken one after the other on the
 * executor; only what Dfns is asked happens at the same time.
 *
 * @param <I> what the source gives
 * @param <T> what Dfns answers
 */
final class Run<I, T> implements BatchRun, Source.Taker<I> {

  /** How often a lease is renewed before it would run out. */
  private static final int RENEWALS = 4;

  private static final String BEHIND =
      "an item that it is in order with, and that comes before it, may yet have to be done";

  private final Settings settings;
  private final String batchId;
  private final Source<I> source;
  private final Desk<T> desk;
  private final BiFunction<Desk<T>, I, Optional<Ticket<T>>> admission;
  private final Serial steps;
  private final Lanes<T> lanes = new Lanes<>();
  private final Set<Ticket<T>> underWay = new HashSet<>();
  private final CompletableFuture<BatchProgress> summary = new CompletableFuture<>();
  private final AtomicReference<BatchProgress> progress =
      new AtomicReference<>(new BatchProgress(0, 0, Map.of()));
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** The wait before the next renewal of the lease. */
  private final AtomicReference<@Nullable CompletableFuture<Void>> renewal =
      new AtomicReference<>();

  private final AtomicBoolean opened = new AtomicBoolean();
  private final AtomicBoolean ready = new AtomicBoolean();
  private final AtomicBoolean exhausted = new AtomicBoolean();
  private final AtomicBoolean stopping = new AtomicBoolean();

  /** Asked for and not yet there; there and not begun; begun and not ended. */
  private final AtomicInteger asked = new AtomicInteger();

  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();

  Run(
      Settings settings,
      String batchId,
      Source<I> source,
      Desk<T> desk,
      BiFunction<Desk<T>, I, Optional<Ticket<T>>> admission) {
    this.settings = settings;
    this.batchId = batchId;
    this.source = source;
    this.desk = desk;
    this.admission = admission;
    this.steps = new Serial(settings.executor());
  }

  Run<I, T> begin() {
    step(
        () -> {
          desk.open();
          opened.set(true);
          renewLater();
        });
    try {
      source.open(this);
    } catch (RuntimeException | Error e) {
      exhausted(e);
    }
    return this;
  }

  @Override
  public void opened() {
    step(
        () -> {
          ready.set(true);
          if (summary.isDone()) {
            source.cancel();
          }
        });
  }

  @Override
  public void take(I item) {
    step(
        () -> {
          if (summary.isDone()) {
            return;
          }
          asked.decrementAndGet();
          Optional<Ticket<T>> ticket = admission.apply(desk, item);
          if (ticket.isPresent()) {
            JournalItem journalled = ticket.get().item();
            if (lanes.isClosed(journalled) || desk.isHeldUp(journalled)) {
              desk.left(ticket.get(), BEHIND);
            } else {
              lanes.add(ticket.get());
              waiting.incrementAndGet();
            }
          }
        });
  }

  @Override
  public void exhausted(@Nullable Throwable cause) {
    step(
        () -> {
          exhausted.set(true);
          if (cause != null) {
            failure.compareAndSet(null, cause);
          }
        });
  }

  @Override
  public void stop() {
    stopping.set(true);
    step(() -> {});
  }

  @Override
  public BatchProgress progress() {
    return progress.get();
  }

  @Override
  public CompletableFuture<BatchProgress> summary() {
    return summary.copy();
  }

  @Override
  public BatchProgress await() throws InterruptedException {
    try {
      return summary.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("Batch " + batchId + " ended with an error", e.getCause());
    }
  }

  /** One thing that happens, and what follows from it. */
  private void step(Runnable happens) {
    steps.execute(
        () -> {
          guarded(happens);
          if (!summary.isDone()) {
            goOnAndReport();
            if (stopping.get() && waiting.get() > 0) {
              goOnAndReport(); // something went wrong just now: what waits is left
            }
            finishIfOver();
          }
        });
  }

  private void goOnAndReport() {
    guarded(this::goOn);
    guarded(this::report);
  }

  private void guarded(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      stopping.set(true);
    }
  }

  private void goOn() {
    if (stopping.get()) {
      source.cancel();
      for (Ticket<T> ticket : lanes.clear()) {
        waiting.decrementAndGet();
        guarded(() -> desk.left(ticket, "the run was stopped before its turn came"));
      }
      return;
    }
    while (!stopping.get() && inFlight.get() < settings.inFlight()) {
      Optional<Ticket<T>> next = lanes.next();
      if (next.isEmpty()) {
        break;
      }
      launch(next.get());
    }
    lookAhead();
    if (opened.get() && ready.get() && !exhausted.get()) {
      int room = settings.window() - asked.get() - waiting.get() - inFlight.get();
      if (room > 0) {
        asked.addAndGet(room);
        source.ask(room);
      }
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // what becomes of it is a step
  private void launch(Ticket<T> ticket) {
    waiting.decrementAndGet();
    boolean started = false;
    try {
      started = desk.start(ticket).isPresent();
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
      guarded(() -> desk.notStarted(ticket));
      throw e;
    }
    if (!started) {
      over(ticket, !desk.isHeldUp(ticket.item()));
      return;
    }
    inFlight.incrementAndGet();
    underWay.add(ticket);
    execute(ticket).whenComplete((value, error) -> step(() -> landed(ticket, value, error)));
  }

  private CompletableFuture<T> execute(Ticket<T> ticket) {
    try {
      return ticket.execute();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** The next one in order asks for its challenge while this one is in flight. */
  private void lookAhead() {
    underWay.forEach(ticket -> lanes.after(ticket).ifPresent(Ticket::prefetch));
  }

  private void landed(Ticket<T> ticket, @Nullable T value, @Nullable Throwable error) {
    inFlight.decrementAndGet();
    underWay.remove(ticket);
    boolean next = false;
    try {
      if (error == null && value != null) {
        next = true;
        desk.answered(ticket, value);
      } else {
        next = desk.failed(ticket, Ticket.unwrap(Objects.requireNonNull(error)));
      }
    } finally {
      over(ticket, next);
    }
  }

  /** It is over for this run; whether what is in order behind it may go. */
  private void over(Ticket<T> ticket, boolean next) {
    if (next) {
      lanes.ended(ticket);
      return;
    }
    for (Ticket<T> behind : lanes.close(ticket)) {
      waiting.decrementAndGet();
      guarded(() -> desk.left(behind, BEHIND));
    }
  }

  private void report() {
    BatchProgress now = new BatchProgress(waiting.get(), inFlight.get(), desk.ended());
    if (!now.equals(progress.getAndSet(now))) {
      desk.listener().progressed(now);
    }
  }

  private void finishIfOver() {
    if (inFlight.get() > 0 || waiting.get() > 0 || !(exhausted.get() || stopping.get())) {
      return;
    }
    if (opened.get()) {
      guarded(desk::close);
    }
    Throwable cause = failure.get();
    if (cause == null) {
      summary.complete(progress.get());
    } else {
      summary.completeExceptionally(cause);
    }
    CompletableFuture<Void> pending = renewal.get();
    if (pending != null) {
      pending.cancel(false);
    }
  }

  @SuppressWarnings(
      "FutureReturnValueIgnored") // whether it is held is seen by whoever starts an item
  private void renewLater() {
    CompletableFuture<Void> pause = new CompletableFuture<>();
    renewal.set(pause);
    pause.thenRunAsync(this::renew, settings.executor());
    pause.completeOnTimeout(null, settings.lease().toMillis() / RENEWALS, TimeUnit.MILLISECONDS);
    if (summary.isDone()) {
      pause.cancel(false);
    }
  }

  /** Not a step, since a step may wait for a slow listener. */
  private void renew() {
    if (summary.isDone()) {
      return;
    }
    boolean held = true;
    try {
      held = desk.renew();
    } catch (RuntimeException e) {
      // the journal did not answer: it is asked again, and whoever starts an item asks it as well
      held = true;
    }
    if (held) {
      renewLater();
    } else {
      failure.compareAndSet(null, desk.lost());
      stop();
    }
  }
}

package dev.countersign.approval;

import dev.countersign.api.webhooks.WebhookEvent;
import dev.countersign.call.Calls;
import dev.countersign.call.CheckReturnValue;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for what Dfns has not finished yet, however many there are: one thread keeps the time of
 * all of them, and one request looks at all that stand in one list.
 *
 * <p>Held by a policy, entities are looked for among the organisation's pending approvals, else in
 * the list of their wallet or key, else one by one. At most four requests are on their way at once;
 * they are calls like any other, within the client's rate budget. When three in a row find Dfns
 * unavailable, all are quiet for 1 second, and longer each time, as {@link WaitPace} says of a
 * single one. A {@code Retry-After} is heeded for an hour at most.
 *
 * <p>Needs the permissions to read what it looks at; without {@code Policies:Evaluations:Read},
 * approvals are not listed and a rejection is {@link Waited.Unexplained}.
 *
 * <p>Safe for use by several threads. Whoever opened it closes it; what is waited for then ends as
 * {@link Waited.StillPending}.
 */
public final class Waits implements AutoCloseable {

  /** A hundred years: whatever is longer is as long. */
  private static final Duration EVER = Duration.ofDays(36_500);

  private final WaitSettings settings;
  private final Poller poller;
  private final boolean ownsScheduler;

  private Waits(WaitSettings settings, Calls calls, boolean ownsScheduler) {
    this.settings = settings;
    this.poller = new Poller(settings, new Looks(calls));
    this.ownsScheduler = ownsScheduler;
  }

  /** Starts waits whose requests an engine runs. */
  public static Builder over(Calls calls) {
    return new Builder(calls);
  }

  /** Something to wait for, such as {@code WaitId.of(transfer)}. Nothing is sent. */
  @CheckReturnValue
  public <T> Wait<T> on(WaitId<T> id) {
    return new Wait<>(this, Objects.requireNonNull(id, "id"));
  }

  /**
   * Takes an event into account that a {@code WebhookVerifier} found genuine or that Dfns's API
   * listed; anything else must not come here. An event ends what it says has ended or has something
   * looked at, and never moves a wait backwards: it may be late, doubled or out of order. Looking
   * goes on, as Dfns gives up on a delivery after five attempts.
   *
   * @return whether it concerned something that is waited for here
   */
  public boolean accept(WebhookEvent event) {
    AtomicBoolean any = new AtomicBoolean();
    Heard heard = new Heard(poller, event);
    poller.guarded(after -> any.set(heard.apply(after)));
    return any.get();
  }

  /** How many things are waited for. */
  public int size() {
    return poller.size();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the tidying up cannot fail
  <T> CompletableFuture<Waited<T>> await(WaitId<T> id, Duration deadline) {
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("A deadline is positive, not " + deadline);
    }
    CompletableFuture<Waited<T>> waiter = new CompletableFuture<>();
    poller.add(id, waiter);
    long nanos = (deadline.compareTo(EVER) > 0 ? EVER : deadline).toNanos();
    ScheduledFuture<?> timer;
    try {
      timer =
          settings
              .scheduler()
              .schedule(
                  () -> settings.complete(waiter, poller.remove(id, waiter)),
                  nanos,
                  TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      poller.remove(id, waiter);
      throw new IllegalStateException("The scheduler of these waits is shut down", e);
    }
    waiter.whenComplete(
        (how, error) -> {
          timer.cancel(false);
          poller.remove(id, waiter);
        });
    return waiter;
  }

  /** Ends all as still pending. A scheduler that was given stays open. */
  @Override
  public void close() {
    poller.close();
    if (ownsScheduler) {
      settings.scheduler().shutdownNow();
    }
  }

  @Override
  public String toString() {
    return "Waits(" + size() + ")";
  }

  /** Collects what waiting runs on. Not thread-safe. */
  public static final class Builder {
    private final Calls calls;
    private WaitPace pace = WaitPace.DEFAULT;
    private @Nullable ScheduledExecutorService scheduler;
    private Executor executor = ForkJoinPool.commonPool();
    private DoubleSupplier chance = () -> ThreadLocalRandom.current().nextDouble();
    private LongSupplier nanoTime = System::nanoTime;
    private int pageSize = 100;

    private Builder(Calls calls) {
      this.calls = Objects.requireNonNull(calls, "calls");
    }

    /** Sets how often is looked; {@link WaitPace#DEFAULT} unless set. */
    public Builder pace(WaitPace pace) {
      this.pace = Objects.requireNonNull(pace, "pace");
      return this;
    }

    /**
     * Sets what keeps the time, which stays the caller's; one daemon thread of its own unless set.
     */
    public Builder scheduler(ScheduledExecutorService scheduler) {
      this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
      return this;
    }

    /** Sets where futures complete and what follows them runs; the common pool unless set. */
    public Builder executor(Executor executor) {
      this.executor = Objects.requireNonNull(executor, "executor");
      return this;
    }

    /** Sets the chance in the intervals, from 0 to less than 1; a thread's own unless set. */
    public Builder chance(DoubleSupplier chance) {
      this.chance = Objects.requireNonNull(chance, "chance");
      return this;
    }

    /**
     * Sets how many a page of a list holds; 100 unless set. Dfns does not document its maximum; if
     * it refuses the number, it is asked without one.
     *
     * @throws IllegalArgumentException if it is less than one
     */
    public Builder pageSize(int size) {
      if (size < 1) {
        throw new IllegalArgumentException("A page holds at least one, not " + size);
      }
      this.pageSize = size;
      return this;
    }

    /** Sets the clock that the scheduler runs by. */
    Builder nanoTime(LongSupplier nanoTime) {
      this.nanoTime = nanoTime;
      return this;
    }

    /** Opens them. */
    public Waits open() {
      ScheduledExecutorService time = scheduler != null ? scheduler : ownScheduler();
      return new Waits(
          new WaitSettings(pace, time, executor, chance, nanoTime, pageSize),
          calls,
          scheduler == null);
    }

    private static ScheduledExecutorService ownScheduler() {
      ScheduledThreadPoolExecutor one =
          new ScheduledThreadPoolExecutor(
              1,
              task -> {
                Thread thread = new Thread(task, "countersign-waits");
                thread.setDaemon(true);
                return thread;
              });
      one.setRemoveOnCancelPolicy(true);
      return one;
    }
  }
}

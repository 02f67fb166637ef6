package dev.countersign.approval;

import dev.countersign.error.DfnsException;
import dev.countersign.error.ProtocolException;
import dev.countersign.error.RequestRejectedException;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests of the poller's rounds: queued, few at a time, and what comes of each. All but
 * {@link #pump} is guarded by the poller's lock.
 */
final class Rounds {

  /** So many requests are on their way at once, at most. */
  static final int IN_FLIGHT = 4;

  /** So many requests in a row find Dfns unavailable before all are quiet for a while. */
  private static final int OUTAGE = 3;

  /** So many answers in a row may be unreadable before the wait fails. */
  private static final int UNREADABLE = 3;

  /** So long a {@code Retry-After} is heeded at most: a mistaken one is not waited out. */
  private static final Duration LONGEST_DELAY = Duration.ofHours(1);

  /** A page of a list has to show so many, or the next is not fetched. */
  private static final int WORTH_A_PAGE = 2;

  private final Looks looks;
  private final Poller poller;
  private final WaitSettings settings;
  private final Deque<Job> jobs = new ArrayDeque<>();
  private final Set<String> closedLists = new HashSet<>();
  private final AtomicInteger pageSize;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger outage = new AtomicInteger();
  private final AtomicLong quietUntil = new AtomicLong(Long.MIN_VALUE);
  private final AtomicInteger pumping = new AtomicInteger();

  Rounds(Looks looks, Poller poller, WaitSettings settings) {
    this.looks = looks;
    this.poller = poller;
    this.settings = settings;
    this.pageSize = new AtomicInteger(settings.pageSize());
  }

  /** How long nothing is to be asked because Dfns is not there; zero or less if that is over. */
  long quiet() {
    return outage.get() < OUTAGE ? 0 : quietUntil.get() - settings.now();
  }

  /** Where an entry is looked for; its own list if approvals may not be listed. */
  Shelf shelf(Entry<?> entry) {
    return entry.isHeld() && isOpen(Shelf.APPROVALS) ? Shelf.APPROVALS : Shelf.of(entry.id);
  }

  /** Whether a list may be asked for, as far as is known. */
  boolean isOpen(Shelf shelf) {
    return !closedLists.contains(shelf.list());
  }

  void walk(Shelf shelf, List<Entry<?>> those) {
    Map<String, List<Entry<?>>> unseen = new HashMap<>();
    for (Entry<?> entry : those) {
      unseen.computeIfAbsent(entry.idOn(shelf), id -> new ArrayList<>()).add(entry);
    }
    jobs.addLast(new Job.Walk(shelf, unseen, null, new HashSet<>()));
  }

  void single(Entry<?> entry) {
    jobs.addLast(new Job.Single<>(entry));
  }

  <T> void explain(Entry<T> entry, T entity, String approvalId) {
    jobs.addFirst(new Job.Explain<>(entry, entity, approvalId));
  }

  void forget() {
    jobs.clear();
  }

  /**
   * Starts what may be started. Not guarded. A request that is answered at once comes back here and
   * only leaves word, so that a thousand of them are no deeper than one.
   */
  void pump() {
    int asked = 1;
    if (pumping.getAndAdd(1) != 0) {
      return;
    }
    while (asked != 0) {
      startAll();
      asked = pumping.addAndGet(-asked);
    }
  }

  private void startAll() {
    for (Job job = poller.locked(this::next); job != null; job = poller.locked(this::next)) {
      start(job);
    }
  }

  /** The next job that somebody still waits for, if there may be one more on its way. */
  private @Nullable Job next() {
    while (inFlight.get() < IN_FLIGHT && !jobs.isEmpty()) {
      Job job = jobs.removeFirst();
      if (isWanted(job)) {
        inFlight.incrementAndGet();
        return job;
      }
    }
    return null;
  }

  private boolean isWanted(Job job) {
    return entriesOf(job).stream().anyMatch(poller::isAwaited);
  }

  private static List<Entry<?>> entriesOf(Job job) {
    if (job instanceof Job.Single<?> single) {
      return List.of(single.entry());
    }
    if (job instanceof Job.Explain<?> explain) {
      return List.of(explain.entry());
    }
    List<Entry<?>> all = new ArrayList<>();
    ((Job.Walk) job).unseen().values().forEach(all::addAll);
    return all;
  }

  private void start(Job job) {
    if (job instanceof Job.Single<?> single) {
      run(job, () -> looks.one(single.entry().id), (seen, after) -> saw(single, seen, after));
    } else if (job instanceof Job.Explain<?> explain) {
      startExplain(explain);
    } else {
      Job.Walk walk = (Job.Walk) job;
      run(
          job,
          () -> looks.page(walk.shelf(), walk.token(), pageSize.get()),
          (page, after) -> turned(walk, page, after));
    }
  }

  private <T> void startExplain(Job.Explain<T> job) {
    run(
        job,
        () -> looks.approval(job.approvalId()),
        (approval, after) -> {
          Verdict<T> verdict = job.verdict(approval);
          job.entry().answered();
          poller.conclude(job.entry(), job.entry().progress(verdict), after);
        });
  }

  @SuppressWarnings("FutureReturnValueIgnored") // what becomes of the answer ends in the poller
  private <R> void run(
      Job job, Supplier<CompletableFuture<R>> request, BiConsumer<R, List<Runnable>> then) {
    CompletableFuture<R> answer;
    try {
      answer = request.get();
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    answer.whenComplete(
        (value, error) ->
            poller.guarded(
                after -> {
                  inFlight.decrementAndGet();
                  if (error != null) {
                    failed(job, cause(error), after);
                    return;
                  }
                  outage.set(0);
                  try {
                    then.accept(value, after);
                  } catch (RuntimeException e) {
                    failed(job, e, after);
                  }
                }));
  }

  private static RuntimeException cause(Throwable error) {
    Throwable cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    return cause instanceof RuntimeException e ? e : new CompletionException(cause);
  }

  private void saw(Job.Single<?> single, JsonObject seen, List<Runnable> after) {
    poller.seen(single.entry(), seen, after);
  }

  /** Takes from a page what is waited for; goes on to the next one if that is worth it. */
  private void turned(Job.Walk walk, Looks.Page page, List<Runnable> after) {
    int shown = 0;
    for (JsonObject item : page.items()) {
      List<Entry<?>> those = item.text("id").map(id -> walk.unseen().remove(id)).orElse(List.of());
      shown += those.isEmpty() ? 0 : 1;
      for (Entry<?> entry : those) {
        show(walk, entry, item, after);
      }
    }
    Optional<String> next = page.next().filter(walk.tokens()::add);
    if (next.isPresent() && shown >= WORTH_A_PAGE && walk.unseen().size() >= WORTH_A_PAGE) {
      jobs.addFirst(new Job.Walk(walk.shelf(), walk.unseen(), next.get(), walk.tokens()));
    } else {
      walk.unseen().values().forEach(those -> those.forEach(this::single));
    }
  }

  private void show(Job.Walk walk, Entry<?> entry, JsonObject item, List<Runnable> after) {
    if (walk.shelf().equals(Shelf.APPROVALS) && !entry.id.kind().isApproval()) {
      entry.answered();
      poller.again(entry, 0);
      return;
    }
    try {
      poller.seen(entry, item, after);
    } catch (ProtocolException e) {
      single(entry); // what it lacks in the list it may have by itself
    }
  }

  private void failed(Job job, RuntimeException error, List<Runnable> after) {
    if (job instanceof Job.Walk walk && !(error instanceof ServiceUnavailableException)) {
      noList(walk, error);
      return;
    }
    if (job instanceof Job.Explain<?> explain && error instanceof RequestRejectedException no) {
      unexplained(explain, no, after);
      return;
    }
    long atLeast = 0;
    if (error instanceof ServiceUnavailableException unavailable) {
      atLeast = unavailable.retryAfter().map(Rounds::heeded).orElse(0L);
      if (outage.incrementAndGet() >= OUTAGE) {
        putOff(unavailable, atLeast);
      }
    }
    for (Entry<?> entry : entriesOf(job)) {
      failed(entry, error, atLeast, after);
    }
    if (error instanceof RequestRejectedException refused && refused.status() == 401) {
      poller.awaited().forEach(entry -> poller.fail(entry, refused, after));
      jobs.clear();
    }
  }

  private static long heeded(Duration retryAfter) {
    return (retryAfter.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : retryAfter).toNanos();
  }

  /** Looks one by one instead, and does not ask for the list again if it may not be had. */
  private void noList(Job.Walk walk, RuntimeException error) {
    if (error instanceof RequestRejectedException refused) {
      if (refused.status() == 400 && pageSize.getAndSet(0) != 0) {
        jobs.addFirst(new Job.Walk(walk.shelf(), walk.unseen(), null, new HashSet<>()));
        return;
      }
      if (refused.status() == 400 || refused.status() == 403) {
        closedLists.add(walk.shelf().list());
      }
    }
    walk.unseen().values().forEach(those -> those.forEach(this::single));
  }

  private void failed(Entry<?> entry, RuntimeException error, long atLeast, List<Runnable> after) {
    boolean passing =
        error instanceof ServiceUnavailableException
            || (error instanceof ProtocolException
                && entry.unreadable.incrementAndGet() < UNREADABLE);
    if (passing) {
      entry.troubled((DfnsException) error);
      poller.again(entry, atLeast);
    } else {
      poller.fail(entry, error, after);
    }
  }

  private <T> void unexplained(
      Job.Explain<T> job, RequestRejectedException refused, List<Runnable> after) {
    poller.end(
        job.entry(),
        new Waited.Unexplained<>(
            job.entity(),
            "Its approval " + job.approvalId() + " cannot be read: " + refused.getMessage()),
        after);
  }

  /**
   * Dfns is not there: the rest of the round comes later, not as so many more failures, and all are
   * quiet for as long as a wait that has looked as often in vain, or as Dfns asked.
   */
  private void putOff(ServiceUnavailableException why, long atLeast) {
    long quiet = settings.pace().first().toNanos();
    for (int failures = OUTAGE; failures < outage.get(); failures++) {
      quiet = settings.pace().after(quiet);
    }
    quietUntil.set(settings.now() + Math.max(quiet, atLeast));
    List<Job> rest = new ArrayList<>(jobs);
    jobs.clear();
    for (Job job : rest) {
      for (Entry<?> entry : entriesOf(job)) {
        entry.troubled(why);
        poller.again(entry, atLeast);
      }
    }
  }
}

package dev.countersign.simulator.delivery;

import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.webhooks.Attempts;
import dev.countersign.simulator.webhooks.Courier;
import dev.countersign.simulator.webhooks.Parcel;
import dev.countersign.simulator.webhooks.Receipt;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Empties the outboxes of organisations, each parcel once, on a few daemon threads that end when
 * there is nothing to do. What it knows can be lost: all that matters is in the organisations.
 *
 * <p>While an organisation's clock runs and somebody listens, it also wakes the organisation when
 * something is due, so that events come without anybody asking.
 */
public final class Dispatcher {

  private static final int THREADS = 4;
  private static final Duration IDLE = Duration.ofSeconds(1);

  private final Courier courier;
  private final ThreadPoolExecutor pool;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Set<String>> underWay = new HashMap<>();
  private final Map<String, Instant> alarms = new HashMap<>();

  /** With what brings parcels to their address. */
  public Dispatcher(Courier courier) {
    this.courier = courier;
    this.pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "simulator-webhooks");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
  }

  /** Takes up what an organisation has to send. Called inside its {@code alone}; waits for none. */
  public void look(Tenant tenant) {
    long restored = tenant.restored();
    for (Parcel parcel : Attempts.outbox(tenant)) {
      if (begin(tenant, name(parcel, restored))) {
        pool.execute(() -> send(tenant, parcel, restored));
      }
    }
    setAlarm(tenant);
  }

  /**
   * Waits until everything that an organisation had to send was sent and is noted.
   *
   * @return whether that is so; false when the time was up before
   */
  public boolean awaitIdle(Tenant tenant, Duration timeout) throws InterruptedException {
    long left = timeout.toNanos();
    tenant.alone(tenant::id);
    lock.lock();
    try {
      while (underWay.containsKey(tenant.id())) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** An event's identifier comes again when its organisation was reset. */
  private static String name(Parcel parcel, long restored) {
    return parcel.eventId() + " " + restored;
  }

  private void send(Tenant tenant, Parcel parcel, long restored) {
    try {
      Receipt receipt = new FaultyCourier(courier, tenant.faults()).send(parcel);
      tenant.alone(
          () -> {
            if (tenant.restored() == restored) {
              Attempts.ended(tenant, parcel.eventId(), receipt);
            }
            return receipt;
          });
      // what is due by now because the clock was moved meanwhile
      tenant.alone(tenant::id);
    } finally {
      end(tenant, name(parcel, restored));
    }
  }

  private boolean begin(Tenant tenant, String parcel) {
    lock.lock();
    try {
      return underWay.computeIfAbsent(tenant.id(), id -> new HashSet<>()).add(parcel);
    } finally {
      lock.unlock();
    }
  }

  private void end(Tenant tenant, String parcel) {
    lock.lock();
    try {
      underWay.computeIfPresent(
          tenant.id(),
          (id, parcels) -> {
            parcels.remove(parcel);
            return parcels.isEmpty() ? null : parcels;
          });
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void setAlarm(Tenant tenant) {
    Optional<Instant> due = tenant.nextDue();
    if (due.isEmpty()
        || tenant.clock().isFrozen()
        || tenant.table(Tables.WEBHOOKS).where("status", "Enabled").findAny().isEmpty()) {
      return;
    }
    lock.lock();
    try {
      Instant set = alarms.get(tenant.id());
      if (set != null && !due.get().isBefore(set)) {
        return;
      }
      alarms.put(tenant.id(), due.get());
    } finally {
      lock.unlock();
    }
    Duration wait = Duration.between(tenant.clock().now(), due.get());
    WeakReference<Tenant> sleeper = new WeakReference<>(tenant);
    String id = tenant.id();
    CompletableFuture.delayedExecutor(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS, pool)
        .execute(() -> wake(id, due.get(), sleeper));
  }

  private void wake(String id, Instant due, WeakReference<Tenant> sleeper) {
    lock.lock();
    try {
      alarms.remove(id, due);
    } finally {
      lock.unlock();
    }
    Tenant tenant = sleeper.get();
    if (tenant != null) {
      tenant.alone(tenant::id);
    }
  }
}

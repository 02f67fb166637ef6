package dev.countersign.batch;

import java.util.Iterator;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Where a run takes its items from: as many as it asks for, never more.
 *
 * @param <I> the items
 */
interface Source<I> {

  /** Who takes them. */
  interface Taker<I> {
    /** From now on there can be asked for some. */
    void opened();

    void take(I item);

    /** There are no more; with what went wrong, if that is why. */
    void exhausted(@Nullable Throwable failure);
  }

  /** Begins; nothing comes before something is asked for. */
  void open(Taker<I> taker);

  void ask(int items);

  void cancel();

  /** Items of an iterator, which may block; it is asked by one thread at a time. */
  static <I> Source<I> of(Iterator<? extends I> items, Executor executor) {
    return new Pulled<>(items, new Serial(executor));
  }

  /** Items of a publisher. */
  static <I> Source<I> of(Flow.Publisher<? extends I> items) {
    return new Pushed<>(items);
  }

  /** Asks an iterator. */
  final class Pulled<I> implements Source<I> {
    private final Iterator<? extends I> items;
    private final Serial serial;
    private final AtomicReference<@Nullable Taker<I>> taker = new AtomicReference<>();
    private final AtomicBoolean over = new AtomicBoolean();

    private Pulled(Iterator<? extends I> items, Serial serial) {
      this.items = items;
      this.serial = serial;
    }

    @Override
    public void open(Taker<I> taker) {
      this.taker.set(taker);
      taker.opened();
    }

    @Override
    public void ask(int count) {
      for (int i = 0; i < count; i++) {
        serial.execute(this::pull);
      }
    }

    @Override
    public void cancel() {
      over.set(true);
    }

    private void pull() {
      Taker<I> to = taker.get();
      if (to == null || over.get()) {
        return;
      }
      try {
        if (items.hasNext()) {
          to.take(items.next());
        } else if (over.compareAndSet(false, true)) {
          to.exhausted(null);
        }
      } catch (RuntimeException | Error e) {
        if (over.compareAndSet(false, true)) {
          to.exhausted(e);
        }
      }
    }
  }

  /** Listens to a publisher. */
  final class Pushed<I> implements Source<I> {
    private final Flow.Publisher<? extends I> items;
    private final AtomicReference<Flow.@Nullable Subscription> subscription =
        new AtomicReference<>();

    private Pushed(Flow.Publisher<? extends I> items) {
      this.items = items;
    }

    @Override
    public void open(Taker<I> taker) {
      items.subscribe(new Listening<I>(subscription, taker));
    }

    @Override
    public void ask(int count) {
      Flow.Subscription current = subscription.get();
      if (current != null && count > 0) {
        current.request(count);
      }
    }

    @Override
    public void cancel() {
      Flow.Subscription current = subscription.get();
      if (current != null) {
        current.cancel();
      }
    }
  }

  /** The listening itself. */
  record Listening<I>(AtomicReference<Flow.@Nullable Subscription> subscription, Taker<I> taker)
      implements Flow.Subscriber<I> {

    @Override
    public void onSubscribe(Flow.Subscription given) {
      if (subscription.compareAndSet(null, given)) {
        taker.opened();
      } else {
        given.cancel();
      }
    }

    @Override
    public void onNext(I item) {
      taker.take(item);
    }

    @Override
    public void onError(Throwable failure) {
      taker.exhausted(failure);
    }

    @Override
    public void onComplete() {
      taker.exhausted(null);
    }
  }
}

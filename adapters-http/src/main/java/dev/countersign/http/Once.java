package dev.countersign.http;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something that is made when it is first asked for, and only then. Thread-safe. */
final class Once<T> implements Supplier<T> {

  private final Supplier<T> maker;
  private final ReentrantLock making = new ReentrantLock();
  private final AtomicReference<@Nullable T> made = new AtomicReference<>();

  Once(Supplier<T> maker) {
    this.maker = maker;
  }

  /** The thing. If making it fails, the next one to ask has it made anew. */
  @Override
  public T get() {
    T there = made.get();
    if (there != null) {
      return there;
    }
    making.lock();
    try {
      there = made.get();
      if (there == null) {
        there = maker.get();
        made.set(there);
      }
      return there;
    } finally {
      making.unlock();
    }
  }
}

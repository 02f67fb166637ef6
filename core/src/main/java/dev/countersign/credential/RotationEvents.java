package dev.countersign.credential;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Events on their way to a listener: one at a time, in the order in which they were added. */
final class RotationEvents {

  private final RotationListener listener;
  private final Queue<RotationEvent> queue = new ConcurrentLinkedQueue<>();

  /** How often somebody came to tell since the one who tells began; 0 if nobody tells. */
  private final AtomicInteger comers = new AtomicInteger();

  RotationEvents(RotationListener listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
  }

  void add(RotationEvent event) {
    queue.add(event);
  }

  /**
   * Tells the listener what was added. If somebody is telling it already, be it this thread, that
   * one goes on with what was added meanwhile, and this returns at once.
   */
  void tell() {
    if (queue.isEmpty() || comers.getAndIncrement() > 0) {
      return;
    }
    int seen = 1;
    do {
      for (RotationEvent event = queue.poll(); event != null; event = queue.poll()) {
        tell(event);
      }
      seen = comers.addAndGet(-seen);
    } while (seen > 0);
  }

  private void tell(RotationEvent event) {
    try {
      listener.happened(event);
    } catch (RuntimeException e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }
}

package dev.countersign.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.transport.Request;
import dev.countersign.transport.Transport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Holds up requests of one kind until it is opened, and knows how many have come to it. */
final class Gate {

  private final Predicate<Request> held;
  private final Semaphore come = new Semaphore(0);
  private final CompletableFuture<Void> opened = new CompletableFuture<>();

  Gate(Predicate<Request> held) {
    this.held = held;
  }

  Transport before(Transport transport) {
    return request -> {
      if (!held.test(request)) {
        return transport.send(request);
      }
      come.release();
      return opened.thenCompose(nothing -> transport.send(request));
    };
  }

  /** Waits until so many more have come. */
  void awaitRequests(int count) throws InterruptedException {
    assertThat(come.tryAcquire(count, 20, TimeUnit.SECONDS)).isTrue();
  }

  void open() {
    opened.complete(null);
  }
}

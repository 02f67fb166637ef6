package dev.countersign.lookup;

import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.transport.Reply;
import dev.countersign.transport.Request;
import dev.countersign.transport.Transport;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** Loses what a test wants lost: the answer to what was done, or the request itself. */
final class LosingTransport implements Transport {

  enum Loss {
    NOTHING,
    ANSWERS,
    REQUESTS
  }

  private final Transport real;
  private final AtomicReference<Loss> loss = new AtomicReference<>(Loss.NOTHING);

  LosingTransport(Transport real) {
    this.real = real;
  }

  /** From now on, of changes alone: their challenges and reads arrive. */
  void lose(Loss what) {
    loss.set(what);
  }

  @Override
  public CompletableFuture<Reply> send(Request request) {
    boolean isChange =
        !request.method().equals("GET") && !request.uri().getPath().contains("/auth/action");
    if (!isChange || loss.get() == Loss.NOTHING) {
      return real.send(request);
    }
    OutcomeUnknownException lost =
        new OutcomeUnknownException("lost", request.operation(), null, Instant.now(), null);
    return loss.get() == Loss.REQUESTS
        ? CompletableFuture.failedFuture(lost)
        : real.send(request).thenCompose(reply -> CompletableFuture.failedFuture(lost));
  }
}

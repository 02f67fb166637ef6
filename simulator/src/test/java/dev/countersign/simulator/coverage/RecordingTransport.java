package dev.countersign.simulator.coverage;

import dev.countersign.transport.Reply;
import dev.countersign.transport.Request;
import dev.countersign.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Remembers what passes. Not thread-safe. */
final class RecordingTransport implements Transport {

  /**
   * What was sent and what came back.
   *
   * @param request what was sent
   * @param reply what came back
   */
  record Exchange(Request request, Reply reply) {

    Exchange {
      Objects.requireNonNull(request);
      Objects.requireNonNull(reply);
    }
  }

  private final Transport transport;
  private final List<Exchange> exchanges = new ArrayList<>();

  RecordingTransport(Transport transport) {
    this.transport = transport;
  }

  @Override
  public CompletableFuture<Reply> send(Request request) {
    return transport
        .send(request)
        .thenApply(
            reply -> {
              exchanges.add(new Exchange(request, reply));
              return reply;
            });
  }

  /** Forgets what passed so far. */
  void clear() {
    exchanges.clear();
  }

  List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  Exchange last() {
    return exchanges.get(exchanges.size() - 1);
  }
}

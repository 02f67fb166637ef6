package dev.countersign.simulator;

import dev.countersign.simulator.engine.Engine;
import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import dev.countersign.transport.Reply;
import dev.countersign.transport.Request;
import dev.countersign.transport.Transport;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The door in process: the simulator as a transport, without a socket. */
final class SimulatorTransport implements Transport {

  private final Engine engine;

  SimulatorTransport(Engine engine) {
    this.engine = engine;
  }

  @Override
  public CompletableFuture<Reply> send(Request request) {
    URI uri = request.uri();
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    SimResponse response =
        engine.handle(
            SimRequest.single(
                request.method(),
                target,
                request.headers(),
                request.body().orElseGet(() -> new byte[0])));
    Map<String, List<String>> headers = new LinkedHashMap<>();
    response.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    return CompletableFuture.completedFuture(Reply.of(response.status(), headers, response.body()));
  }
}

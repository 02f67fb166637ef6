package dev.countersign.simulator;

import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.simulator.engine.Engine;
import dev.countersign.simulator.wire.Breakage;
import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import dev.countersign.transport.Reply;
import dev.countersign.transport.Request;
import dev.countersign.transport.Transport;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

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
    Instant sentAt = Instant.now();
    SimResponse response =
        engine.handle(
            SimRequest.single(
                request.method(),
                target,
                request.headers(),
                request.body().orElseGet(() -> new byte[0])));
    Breakage breakage = response.breakage();
    if (breakage.isUsual()) {
      return CompletableFuture.completedFuture(reply(response));
    }
    Duration wait = breakage.delay().plus(breakage.stall());
    CompletableFuture<Reply> future = new CompletableFuture<>();
    if (wait.compareTo(request.timeout()) >= 0) {
      after(request.timeout())
          .execute(
              () ->
                  future.completeExceptionally(
                      unknown(
                          "There was no whole answer within " + request.timeout(),
                          request,
                          sentAt)));
      return future;
    }
    Runnable end =
        () -> {
          if (breakage.isWhole()) {
            future.complete(reply(response));
          } else {
            future.completeExceptionally(unknown(broken(breakage), request, sentAt));
          }
        };
    if (wait.isZero()) {
      end.run();
    } else {
      after(wait).execute(end);
    }
    return future;
  }

  private static Executor after(Duration wait) {
    return CompletableFuture.delayedExecutor(wait.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static Reply reply(SimResponse response) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    response.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    return Reply.of(response.status(), headers, response.body());
  }

  private static String broken(Breakage breakage) {
    return switch (breakage.kind()) {
      case RESET -> "The connection was reset before the answer came";
      case TRUNCATED, STALLED_BODY -> "The connection was closed before the whole answer was there";
      case EMPTY, STALLED, WHOLE -> "The connection was closed before the answer came";
    };
  }

  private static OutcomeUnknownException unknown(String what, Request request, Instant sentAt) {
    return new OutcomeUnknownException(
        what
            + ", as a fault of the simulator wants it; "
            + request.operation()
            + " may have happened",
        request.operation(),
        null,
        sentAt,
        null);
  }
}

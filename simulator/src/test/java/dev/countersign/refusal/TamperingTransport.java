package dev.countersign.refusal;

import dev.countersign.transport.Reply;
import dev.countersign.transport.Request;
import dev.countersign.transport.Transport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** Changes requests on their way: what an attacker, or a faulty client, would send. */
final class TamperingTransport implements Transport {

  private final Transport real;
  private final AtomicReference<UnaryOperator<Request>> change =
      new AtomicReference<>(UnaryOperator.identity());
  private final List<Request> sent = new CopyOnWriteArrayList<>();
  private final List<Reply> received = new CopyOnWriteArrayList<>();

  TamperingTransport(Transport real) {
    this.real = real;
  }

  /** Changes the requests whose path ends like this from now on, but not reads. */
  void tamper(String pathEnd, UnaryOperator<Request> how) {
    change.set(
        request ->
            !request.method().equals("GET") && request.uri().getPath().endsWith(pathEnd)
                ? how.apply(request)
                : request);
  }

  @Override
  public CompletableFuture<Reply> send(Request request) {
    Request changed = change.get().apply(request);
    sent.add(changed);
    return real.send(changed)
        .thenApply(
            reply -> {
              received.add(reply);
              return reply;
            });
  }

  /** The last of these requests. */
  Request last() {
    return new ArrayList<>(sent).get(sent.size() - 1);
  }

  /** The body of the last reply. */
  String lastReply() {
    return new String(received.get(received.size() - 1).body(), StandardCharsets.UTF_8);
  }

  static Request withBody(Request request, String body) {
    return copy(request, request.method(), request.uri())
        .body("application/json", body.getBytes(StandardCharsets.UTF_8))
        .build();
  }

  static Request withPath(Request request, String path) {
    Request.Builder copy = copy(request, request.method(), request.uri().resolve(path));
    request.body().ifPresent(body -> copy.body("application/json", body));
    return copy.build();
  }

  static Request withMethod(Request request, String method) {
    Request.Builder copy = copy(request, method, request.uri());
    request.body().ifPresent(body -> copy.body("application/json", body));
    return copy.build();
  }

  static Request withHeader(Request request, String name, String value) {
    Request.Builder copy = copy(request, request.method(), request.uri());
    request.body().ifPresent(body -> copy.body("application/json", body));
    return copy.header(name, value).build();
  }

  private static Request.Builder copy(Request request, String method, URI uri) {
    Request.Builder copy = Request.of(request.operation(), method, uri).timeout(request.timeout());
    request.headers().forEach(copy::header);
    return copy;
  }
}

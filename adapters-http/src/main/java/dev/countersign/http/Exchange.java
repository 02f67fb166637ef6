package dev.countersign.http;

import dev.countersign.error.DfnsException;
import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.transport.Reply;
import dev.countersign.transport.Request;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** One request on its way: it ends with a reply, a failure, its deadline or its cancellation. */
final class Exchange {

  private final Request request;
  private final RequestBody body;
  private final int replyLimit;
  private final Instant sentAt;
  private final CompletableFuture<Reply> result = new CompletableFuture<>();
  private final AtomicReference<@Nullable CompletableFuture<?>> sent = new AtomicReference<>();

  /** Whether the whole body is there: then the reply is on its way, whatever the JDK says. */
  private final AtomicBoolean whole = new AtomicBoolean();

  Exchange(Request request, RequestBody body, int replyLimit, Clock clock) {
    this.request = request;
    this.body = body;
    this.replyLimit = replyLimit;
    this.sentAt = clock.instant();
  }

  /**
   * Sends the request. Whatever ends the returned future ends the exchange.
   *
   * <p>The reply is there with the last byte of its body: the JDK's future comes a thread later,
   * and where the common pool has one thread (two processors, before JDK 25) that thread is a new
   * one. Leaving the future spares it, without touching the connection.
   *
   * @param threads what the request is sent on and its reply given, as looking up a host, and what
   *     follows a reply, may block
   */
  @SuppressWarnings("FutureReturnValueIgnored") // each of them only leads to the result, or from it
  CompletableFuture<Reply> over(
      HttpClient client, HttpRequest message, Executor threads, Deadlines deadlines) {
    Runnable cleared =
        deadlines.set(
            TimeUnit.NANOSECONDS.convert(request.timeout()),
            () -> result.completeExceptionally(expired()));
    result.whenComplete(
        (reply, failure) -> {
          cleared.run();
          leave(failure != null);
        });
    threads.execute(() -> send(client, message, threads));
    return result;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // it only leads to the result
  private void send(HttpClient client, HttpRequest message, Executor threads) {
    if (result.isDone()) {
      return;
    }
    try {
      CompletableFuture<HttpResponse<byte[]>> exchange =
          client.sendAsync(
              message,
              head ->
                  new LimitedBody(
                      replyLimit,
                      this::tooLarge,
                      body -> {
                        whole.set(true);
                        leave(false);
                        threads.execute(() -> end(head, body));
                      }));
      sent.set(exchange);
      if (result.isDone()) {
        leave(result.isCompletedExceptionally());
      }
      exchange.whenComplete(this::end);
    } catch (RuntimeException e) {
      result.completeExceptionally(explain(e));
    }
  }

  /** Nobody waits for the JDK's future any more; the exchange itself may have to end with it. */
  private void leave(boolean broken) {
    CompletableFuture<?> exchange = sent.get();
    if (exchange != null) {
      exchange.cancel(broken);
    }
  }

  private void end(HttpResponse.ResponseInfo head, byte[] body) {
    result.complete(Reply.of(head.statusCode(), head.headers().map(), body));
  }

  private void end(@Nullable HttpResponse<byte[]> response, @Nullable Throwable failure) {
    if (whole.get()) {
      return;
    }
    if (response == null) {
      result.completeExceptionally(explain(failure));
    } else {
      result.complete(Reply.of(response.statusCode(), response.headers().map(), response.body()));
    }
  }

  private DfnsException explain(@Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException wrapper && wrapper.getCause() != null
            ? wrapper.getCause()
            : failure;
    if (cause instanceof DfnsException known) {
      return known;
    }
    if (isBeforeSending(cause)) {
      return new ServiceUnavailableException(
          "No connection to " + host() + " could be made (" + reason(cause) + "); " + notSent(),
          cause);
    }
    if (body.withhold()) {
      return new ServiceUnavailableException(
          "The exchange with " + host() + " ended early (" + reason(cause) + "); " + notSent(),
          cause);
    }
    return unknown(
        "The exchange with " + host() + " broke off before the whole answer was there", cause);
  }

  private DfnsException expired() {
    String late = "There was no answer from " + host() + " within " + request.timeout();
    return body.withhold()
        ? new ServiceUnavailableException(late + "; " + notSent(), null)
        : unknown(late, null);
  }

  private DfnsException tooLarge() {
    return unknown(
        "The answer from " + host() + " is larger than " + replyLimit + " bytes and was not read",
        null);
  }

  private OutcomeUnknownException unknown(String what, @Nullable Throwable cause) {
    return new OutcomeUnknownException(
        what
            + (cause == null ? "" : " (" + reason(cause) + ")")
            + "; "
            + request.operation()
            + " may have taken effect",
        request.operation(),
        null,
        sentAt,
        cause);
  }

  private String notSent() {
    return request.operation() + " was not sent";
  }

  private String host() {
    return request.uri().getHost();
  }

  /**
   * Whether a failure belongs to the making of a connection. A handshake counts: a server that has
   * not accepted the client's side of TLS does not look at what the client sent. The JDK may begin
   * with a request before it has seen its handshake fail, and then wraps what the handshake said.
   */
  private static boolean isBeforeSending(@Nullable Throwable failure) {
    return failure instanceof ConnectException
        || failure instanceof HttpConnectTimeoutException
        || failure instanceof UnresolvedAddressException
        || failure instanceof UnknownHostException
        || failure instanceof SSLHandshakeException
        || (failure != null && failure.getCause() instanceof SSLHandshakeException);
  }

  /** Names, not messages: what a library says about an exchange may quote it. */
  private static String reason(@Nullable Throwable failure) {
    if (failure == null) {
      return "no reason given";
    }
    Throwable inner = failure.getCause();
    String name = failure.getClass().getSimpleName();
    return inner == null ? name : name + ", " + inner.getClass().getSimpleName();
  }
}

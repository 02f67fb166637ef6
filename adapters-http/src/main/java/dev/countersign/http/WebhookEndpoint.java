package dev.countersign.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.countersign.webhook.Reception;
import dev.countersign.webhook.WebhookReceiver;
import dev.countersign.webhook.WebhookVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes Dfns's deliveries with the web server that comes with the JDK:
 *
 * <pre>{@code
 * server.createContext("/dfns", WebhookEndpoint.over(receiver));
 * }</pre>
 *
 * <p>Answers without a body: 200 when the event was handled, now or before; 401 if the delivery is
 * refused; 405 to anything but POST; 415 to anything but JSON; 413 to a body over the limit; 500 or
 * 503 if the event could not be handled, so that Dfns tries again. A body that is not there in time
 * has its connection closed. Dfns delivers to {@code https}: use an {@code HttpsServer}, or a proxy
 * in front that leaves the body as it is. Immutable and safe for use by several threads; the
 * server's executor says how many.
 */
public final class WebhookEndpoint implements HttpHandler {

  /** How many bytes a body has at most unless told otherwise: 1 mebibyte. */
  public static final int DEFAULT_LIMIT = 1 << 20;

  /** How long a body may take to arrive unless told otherwise: 10 seconds. */
  public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(10);

  private final WebhookReceiver receiver;
  private final int limit;
  private final Duration deadline;
  private final Consumer<Reception> listener;

  private WebhookEndpoint(
      WebhookReceiver receiver, int limit, Duration deadline, Consumer<Reception> listener) {
    this.receiver = Objects.requireNonNull(receiver, "receiver");
    this.limit = limit;
    this.deadline = deadline;
    this.listener = Objects.requireNonNull(listener, "listener");
  }

  /** An endpoint that tells nobody why it answered what it did. */
  public static WebhookEndpoint over(WebhookReceiver receiver) {
    return new WebhookEndpoint(receiver, DEFAULT_LIMIT, DEFAULT_DEADLINE, reception -> {});
  }

  /**
   * The same with other limits of a body.
   *
   * @param bytes its size at most, less than 2 gibibytes
   * @param deadline the time from its headers to its end
   * @throws IllegalArgumentException unless both are positive
   */
  public WebhookEndpoint limits(int bytes, Duration deadline) {
    if (bytes < 1 || bytes == Integer.MAX_VALUE || deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException(
          "A body has a positive limit and deadline, not " + bytes + " bytes and " + deadline);
    }
    return new WebhookEndpoint(receiver, bytes, deadline, listener);
  }

  /**
   * The same, telling somebody of each delivery what became of it, for logs and metrics, before it
   * is answered. What this throws changes nothing.
   */
  public WebhookEndpoint listener(Consumer<Reception> listener) {
    return new WebhookEndpoint(receiver, limit, deadline, listener);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.getResponseHeaders().set("Allow", "POST");
        answer(exchange, 405);
      } else if (!isJson(exchange.getRequestHeaders().getFirst("Content-Type"))) {
        answer(exchange, 415);
      } else {
        byte[] body = announcedSize(exchange) > limit ? null : read(exchange);
        answer(exchange, body == null ? 413 : receive(exchange, body));
      }
    }
  }

  private int receive(HttpExchange exchange, byte[] body) {
    Reception reception =
        receiver.receive(
            body, exchange.getRequestHeaders().getOrDefault(WebhookVerifier.HEADER, List.of()));
    try {
      listener.accept(reception);
    } catch (RuntimeException e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
    return reception.status();
  }

  private static boolean isJson(@Nullable String contentType) {
    return contentType == null
        || contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
  }

  private static long announcedSize(HttpExchange exchange) {
    String size = exchange.getRequestHeaders().getFirst("Content-Length");
    return size == null || !size.matches("[0-9]{1,18}") ? 0 : Long.parseLong(size);
  }

  /**
   * The body, or null if it is over the limit. The server's own stream waits for ever: who is
   * slower than the deadline loses the connection.
   */
  private byte @Nullable [] read(HttpExchange exchange) throws IOException {
    CompletableFuture<Void> arrived = new CompletableFuture<>();
    CompletableFuture<Void> late =
        arrived
            .orTimeout(TimeUnit.NANOSECONDS.convert(deadline), TimeUnit.NANOSECONDS)
            .exceptionally(
                timeout -> {
                  exchange.close();
                  return null;
                });
    try (InputStream in = exchange.getRequestBody()) {
      byte[] body = in.readNBytes(limit + 1);
      return body.length > limit ? null : body;
    } finally {
      arrived.complete(null);
      late.join();
    }
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
  }
}

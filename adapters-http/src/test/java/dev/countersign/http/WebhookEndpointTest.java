package dev.countersign.http;

import static dev.countersign.webhook.Signed.bytes;
import static dev.countersign.webhook.Signed.event;
import static dev.countersign.webhook.Signed.signature;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.countersign.api.webhooks.WebhookEvent;
import dev.countersign.webhook.MemoryDeliveryLog;
import dev.countersign.webhook.Reception;
import dev.countersign.webhook.Signed;
import dev.countersign.webhook.WebhookHandler;
import dev.countersign.webhook.WebhookReceiver;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookEndpointTest {

  private static final int LIMIT = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<WebhookEvent> handled = new CopyOnWriteArrayList<>();
  private final List<Reception> told = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server;

  WebhookEndpointTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 10);
    server.setExecutor(threads);
    serve("/dfns", handled::add);
    server.start();
  }

  private void serve(String path, WebhookHandler handler) {
    serve(path, handler, PATIENCE);
  }

  private void serve(String path, WebhookHandler handler, Duration deadline) {
    WebhookReceiver receiver =
        WebhookReceiver.of(Signed.verifier(), MemoryDeliveryLog.create(), handler)
            .withClock(Signed.CLOCK);
    server.createContext(
        path, WebhookEndpoint.over(receiver).limits(LIMIT, deadline).listener(told::add));
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path))
        .timeout(PATIENCE);
  }

  private HttpRequest.Builder signed(String path, String body) {
    return to(path)
        .header("X-Dfns-Webhook-Signature", signature(bytes(body)))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private int status(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    assertThat(response.body()).as("nothing is said to the sender").isEmpty();
    return response.statusCode();
  }

  @Test
  void anEventIsHandledOnceAndAnsweredWith200EachTime() throws Exception {
    assertThat(status(signed("/dfns", event("whe-1", "")))).isEqualTo(200);
    assertThat(status(signed("/dfns", event("whe-1", "")))).isEqualTo(200);
    assertThat(status(signed("/dfns", event("whe-2", ",\"retryOf\":\"whe-1\"")))).isEqualTo(200);

    assertThat(handled).extracting(WebhookEvent::id).containsExactly("whe-1");
    assertThat(told).extracting(Reception::status).containsExactly(200, 200, 200);
  }

  @Test
  void whatIsNotSignedIsRefusedWith401() throws Exception {
    String body = event("whe-1", "");
    assertThat(status(to("/dfns").POST(BodyPublishers.ofString(body)))).isEqualTo(401);
    assertThat(
            status(
                signed("/dfns", body).header("X-DFNS-WEBHOOK-SIGNATURE", signature(bytes(body)))))
        .as("two signatures")
        .isEqualTo(401);
    assertThat(status(signed("/dfns", body).POST(BodyPublishers.ofString(body + " "))))
        .isEqualTo(401);
    assertThat(handled).isEmpty();
    assertThat(told)
        .extracting(Reception::reason)
        .anyMatch(reason -> reason.contains("2 headers"))
        .anyMatch(reason -> reason.contains("no header"));
  }

  @Test
  void aHandlerThatFailsHasTheEventDeliveredAgain() throws Exception {
    serve(
        "/failing",
        event -> {
          throw new IllegalStateException("canary-failure");
        });

    assertThat(status(signed("/failing", event("whe-1", "")))).isEqualTo(500);
    assertThat(status(signed("/failing", event("whe-2", ",\"retryOf\":\"whe-1\""))))
        .as("not as handled")
        .isEqualTo(500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS"})
  void onlyPostIsTaken(String method) throws Exception {
    HttpResponse<String> response =
        client.send(
            to("/dfns").method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("POST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonp"})
  void onlyJsonIsTaken(String type) throws Exception {
    HttpRequest.Builder request = signed("/dfns", event("whe-1", ""));

    assertThat(status(request.setHeader("Content-Type", type))).isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json; charset=utf-8", "Application/JSON"})
  void jsonIsTakenHoweverItIsWritten(String type) throws Exception {
    HttpRequest.Builder request = signed("/dfns", event("whe-1", ""));

    assertThat(status(request.setHeader("Content-Type", type))).isEqualTo(200);
  }

  @Test
  void aBodyOverTheLimitIsRefusedWith413() throws Exception {
    String fits = event("whe-1", ",\"more\":\"%s\"");
    String exact = fits.replace("%s", "x".repeat(LIMIT - fits.length() + 2));
    assertThat(bytes(exact)).hasSize(LIMIT);
    assertThat(status(signed("/dfns", exact))).isEqualTo(200);
    String over = exact.replace("xx", "xxx");
    assertThat(status(signed("/dfns", exact + " "))).isEqualTo(413);
    assertThat(
            status(
                signed("/dfns", over)
                    .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(over)))))
        .as("of unannounced size")
        .isEqualTo(413);
  }

  @Test
  void aBodyThatStallsLosesItsConnection() throws Exception {
    serve("/hurried", handled::add, Duration.ofMillis(300));
    try (Socket socket =
        new Socket(InetAddress.getByName("127.0.0.1"), server.getAddress().getPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /hurried HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{\"id"
              .getBytes(US_ASCII));
      out.flush();

      assertThat(socket.getInputStream().read()).as("the end of the stream").isEqualTo(-1);
    }
    assertThat(handled).isEmpty();
    assertThat(status(signed("/dfns", event("whe-1", "")))).as("the next").isEqualTo(200);
  }

  @Test
  void aListenerThatThrowsChangesNothing() throws Exception {
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    List<Throwable> reported = new CopyOnWriteArrayList<>();
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> reported.add(e));
    try {
      server.createContext(
          "/deaf",
          WebhookEndpoint.over(
                  WebhookReceiver.of(Signed.verifier(), MemoryDeliveryLog.create(), handled::add))
              .listener(
                  reception -> {
                    throw new IllegalStateException("deaf");
                  }));
      assertThat(status(signed("/deaf", event("whe-1", "")))).isEqualTo(200);
      assertThat(reported)
          .filteredOn(e -> "deaf".equals(e.getMessage()))
          .singleElement()
          .isInstanceOf(IllegalStateException.class);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @Test
  void aDeadlineMayBeLongerThanAnybodyWaits() throws Exception {
    server.createContext(
        "/patient",
        WebhookEndpoint.over(
                WebhookReceiver.of(Signed.verifier(), MemoryDeliveryLog.create(), handled::add))
            .limits(LIMIT, Duration.ofSeconds(Long.MAX_VALUE)));

    assertThat(status(signed("/patient", event("whe-1", "")))).isEqualTo(200);
  }

  @Test
  void limitsArePositive() {
    WebhookEndpoint endpoint =
        WebhookEndpoint.over(
            WebhookReceiver.of(Signed.verifier(), MemoryDeliveryLog.create(), handled::add));
    assertThatThrownBy(() -> endpoint.limits(0, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> endpoint.limits(1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

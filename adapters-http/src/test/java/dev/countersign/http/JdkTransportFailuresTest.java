package dev.countersign.http;

import static dev.countersign.http.Failing.failure;
import static dev.countersign.http.Failing.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.transport.Reply;
import dev.countersign.transport.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a transport says when the other end does not behave. */
class JdkTransportFailuresTest {

  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n";
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final int LIMIT = 1_000;

  /** Long enough for a request to be sent on any machine, as a connection has been made before. */
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private final JdkTransport transport =
      JdkTransport.builder().replyLimit(LIMIT).clock(Clock.fixed(NOW, ZoneOffset.UTC)).build();
  private final List<RawServer> servers = new CopyOnWriteArrayList<>();

  @BeforeEach
  void warmUp() throws Exception {
    RawServer server = serverThat(c -> c.write(HEAD + "1234567890"));
    transport.send(request("GET", server.url("/a")).build()).get(30, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws IOException {
    for (RawServer server : servers) {
      server.close();
    }
  }

  private RawServer serverThat(RawServer.Behaviour behaviour) throws IOException {
    RawServer server = RawServer.that(behaviour);
    servers.add(server);
    return server;
  }

  private Throwable unanswered(RawServer server, String method) throws Exception {
    return failure(transport.send(request(method, server.url("/a")).build()));
  }

  private static void isUnknown(Throwable failure, String reason) {
    assertThat(failure)
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("transferAsset may have taken effect")
        .hasMessageContaining("localhost")
        .hasMessageContaining(reason);
    OutcomeUnknownException unknown = (OutcomeUnknownException) failure;
    assertThat(unknown.operation()).isEqualTo("transferAsset");
    assertThat(unknown.externalId()).isEmpty();
    assertThat(unknown.sentAt()).isEqualTo(NOW);
  }

  private static void isNotSent(Throwable failure) {
    assertThat(failure)
        .isInstanceOf(ServiceUnavailableException.class)
        .hasMessageContaining("transferAsset was not sent");
  }

  private static void leaves(RawServer server) throws Exception {
    server.clientLeft().get(30, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "DELETE"})
  void whereNobodyListensNothingWasSent(String method) throws Exception {
    try (Socket taken = new Socket()) {
      // nobody else gets the port, and nobody listens at it
      taken.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
      URI uri = URI.create("http://localhost:" + taken.getLocalPort() + "/a");
      isNotSent(failure(transport.send(request(method, uri).build())));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "DELETE"})
  void whereTheNameIsUnknownNothingWasSent(String method) throws Exception {
    URI uri = URI.create("https://nobody.invalid/a");
    isNotSent(failure(transport.send(request(method, uri).build())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "DELETE"})
  void aConnectionThatEndsWithoutAnAnswerLeavesTheOutcomeUnknown(String method) throws Exception {
    isUnknown(unanswered(serverThat(RawServer.Connection::readRequest), method), "broke off");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "DELETE"})
  void aConnectionThatIsResetLeavesTheOutcomeUnknown(String method) throws Exception {
    RawServer server =
        serverThat(
            c -> {
              c.readRequest();
              c.reset();
            });
    isUnknown(unanswered(server, method), "broke off");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n12345\r\n",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 hunter\r\n\r\n",
        "SSH-2.0-server\r\n\r\n"
      })
  void anAnswerThatIsCutOffOrIsNoneLeavesTheOutcomeUnknown(String answer) throws Exception {
    RawServer server =
        serverThat(
            c -> {
              c.readRequest();
              c.write(answer);
            });
    isUnknown(unanswered(server, "POST"), "broke off");
  }

  @Test
  void theDeadlineCoversTheWholeAnswerAndEndsTheExchange() throws Exception {
    Map<RawServer, CompletableFuture<Reply>> replies = new LinkedHashMap<>();
    for (String soFar : List.of("", HEAD, HEAD + "123", "HTTP/1.1 200 OK\r\nContent-Le")) {
      RawServer server =
          serverThat(
              c -> {
                c.readRequest();
                c.write(soFar);
                c.stall();
              });
      Request request = request("POST", server.url("/a")).timeout(DEADLINE).build();
      replies.put(server, transport.send(request));
    }
    for (Map.Entry<RawServer, CompletableFuture<Reply>> reply : replies.entrySet()) {
      isUnknown(failure(reply.getValue()), "PT2S");
      leaves(reply.getKey());
    }
  }

  @Test
  void anAnswerThatTricklesDoesNotPutOffTheDeadline() throws Exception {
    RawServer server =
        serverThat(
            c -> {
              c.readRequest();
              c.write("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n");
              CountDownLatch never = new CountDownLatch(1);
              for (int i = 0; i < 999; i++) {
                c.write("x");
                try {
                  never.await(50, TimeUnit.MILLISECONDS);
                } catch (InterruptedException stopped) {
                  return;
                }
              }
            });
    Request request = request("POST", server.url("/a")).timeout(DEADLINE).build();
    isUnknown(failure(transport.send(request)), "PT2S");
    leaves(server);
  }

  @Test
  void whoWaitsDoesNotRunOnTheJdksTimerThread() throws Exception {
    RawServer server = serverThat(RawServer.Connection::stall);
    CompletableFuture<String> thread = new CompletableFuture<>();
    transport
        .send(request("POST", server.url("/a")).timeout(DEADLINE).build())
        .whenComplete((reply, failure) -> thread.complete(Thread.currentThread().getName()));
    assertThat(thread.get(30, TimeUnit.SECONDS)).doesNotContain("Delay");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", HEAD, HEAD + "123"})
  void cancellingReachesTheServer(String soFar) throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    RawServer server =
        serverThat(
            c -> {
              c.readRequest();
              c.write(soFar);
              arrived.countDown();
              c.stall();
            });
    CompletableFuture<Reply> reply = transport.send(request("POST", server.url("/a")).build());
    assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(reply.cancel(true)).isTrue();
    leaves(server);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n"
      })
  void anAnswerThatIsTooLargeIsNotReadToItsEnd(String head) throws Exception {
    RawServer server =
        serverThat(
            c -> {
              c.readRequest();
              c.write(head);
              c.write("x".repeat(LIMIT + 1));
              while (!head.contains("1001")) {
                c.write("x".repeat(LIMIT));
              }
              c.stall();
            });
    isUnknown(unanswered(server, "POST"), "larger than 1000 bytes");
    leaves(server);
  }

  @Test
  void anEndlessAnswerInChunksIsNotReadToItsEnd() throws Exception {
    RawServer server =
        serverThat(
            c -> {
              c.readRequest();
              c.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              while (true) {
                c.write("5\r\n12345\r\n");
              }
            });
    isUnknown(unanswered(server, "GET"), "larger than 1000 bytes");
    leaves(server);
  }

  @Test
  void anAnswerAtTheLimitIsRead() throws Exception {
    RawServer server =
        serverThat(
            c -> {
              c.readRequest();
              c.write("HTTP/1.1 200 OK\r\nContent-Length: " + LIMIT + "\r\n\r\n");
              c.write("x".repeat(LIMIT));
            });
    Request request = request("POST", server.url("/a")).build();
    assertThat(transport.send(request).get(30, TimeUnit.SECONDS).body()).hasSize(LIMIT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE"})
  void onAKeptConnectionThatTurnsOutClosedNothingIsRepeated(String method) throws Exception {
    List<String> requests = new CopyOnWriteArrayList<>();
    RawServer server =
        serverThat(
            c -> {
              requests.add(c.readRequest());
              c.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
              requests.add(c.readRequest());
            });
    Request request = request(method, server.url("/a")).build();
    assertThat(transport.send(request).get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
    isUnknown(failure(transport.send(request)), "broke off");
    assertThat(requests).hasSize(2);
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void theJdkRepeatsAGetOnAKeptConnectionOnce() throws Exception {
    List<String> requests = new CopyOnWriteArrayList<>();
    RawServer server =
        serverThat(
            c -> {
              requests.add(c.readRequest());
              if (requests.size() < 5) {
                c.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                requests.add(c.readRequest());
              }
            });
    Request request = request("GET", server.url("/a")).build();
    assertThat(transport.send(request).get(30, TimeUnit.SECONDS).status()).isEqualTo(200);

    assertThat(transport.send(request).get(30, TimeUnit.SECONDS).status()).isEqualTo(200);

    assertThat(server.connections()).as("the second was sent again on a new one").isEqualTo(2);
    assertThat(requests).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void aRedirectToAnotherHostTakesNothingThere() throws Exception {
    RawServer elsewhere = serverThat(RawServer.Connection::stall);
    RawServer server =
        serverThat(
            c -> {
              c.readRequest();
              c.write("HTTP/1.1 307 Moved\r\nLocation: " + elsewhere.url("/b"));
              c.write("\r\nContent-Length: 0\r\n\r\n");
            });
    Request request = request("POST", server.url("/a")).build();
    assertThat(transport.send(request).get(30, TimeUnit.SECONDS).status()).isEqualTo(307);
    assertThat(elsewhere.connections()).isZero();
  }

  @Test
  void aTimeoutBeyondAllMeasureIsAllowed() throws Exception {
    RawServer server =
        serverThat(
            c -> {
              c.readRequest();
              c.write(HEAD + "1234567890");
            });
    Request request =
        request("GET", server.url("/a")).timeout(Duration.ofSeconds(Long.MAX_VALUE)).build();
    assertThat(transport.send(request).get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
  }
}

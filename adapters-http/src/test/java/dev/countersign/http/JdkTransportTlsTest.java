package dev.countersign.http;

import static dev.countersign.http.Failing.failure;
import static dev.countersign.http.Failing.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.transport.Reply;
import dev.countersign.transport.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS, and the proxies on the way to it. */
class JdkTransportTlsTest {

  private final List<String> proxied = new CopyOnWriteArrayList<>();
  private LocalServer server;
  private URI uri;

  @BeforeEach
  void start() throws IOException {
    server = LocalServer.withTls();
    uri = server.serve("/a", 200, Map.of(), "reply".getBytes());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static HttpClient.Builder trusting() {
    return HttpClient.newBuilder().sslContext(SelfSigned.context());
  }

  private static Reply send(JdkTransport transport, Request request) throws Exception {
    return transport.send(request).get(30, TimeUnit.SECONDS);
  }

  private static ProxySelector through(RawServer proxy) {
    return ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()));
  }

  /** A proxy that takes every {@code CONNECT} to the server. */
  private void tunnel(RawServer.Connection connection) throws IOException {
    proxied.add(connection.readHead());
    try (Socket onward = new Socket("127.0.0.1", server.port())) {
      connection.write("HTTP/1.1 200 Connection established\r\n\r\n");
      Thread back =
          new Thread(
              () -> {
                try {
                  onward.getInputStream().transferTo(connection.socket().getOutputStream());
                } catch (IOException over) {
                  // the test is
                }
              });
      back.setDaemon(true);
      back.start();
      connection.socket().getInputStream().transferTo(onward.getOutputStream());
    }
  }

  @Test
  void aCertificateThatIsTrustedIsTalkedTo() throws Exception {
    JdkTransport transport = JdkTransport.builder().client(trusting().build()).build();
    Reply reply = send(transport, request("POST", uri).build());
    assertThat(new String(reply.body())).isEqualTo("reply");
    assertThat(server.arrivals()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "DELETE"})
  void aCertificateThatIsNotTrustedGetsNothing(String method) throws Exception {
    JdkTransport transport = JdkTransport.builder().build();
    assertThat(failure(transport.send(request(method, uri).build())))
        .isInstanceOf(ServiceUnavailableException.class)
        .hasMessageContaining("transferAsset was not sent")
        .hasMessageContaining("SSLHandshakeException");
    assertThat(server.arrivals()).isEmpty();
  }

  /**
   * Once in some thousand times the JDK begins with the body before it sees that nothing can be
   * encrypted, and what it then says does not tell when: unknown is the safe word for that.
   */
  @Test
  void aServerThatDoesNotSpeakTlsGetsNothing() throws Exception {
    CompletableFuture<String> heard = new CompletableFuture<>();
    try (RawServer clear =
        RawServer.that(
            c -> {
              c.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
              heard.complete(c.readRest());
            })) {
      JdkTransport transport = JdkTransport.builder().build();
      assertThat(failure(transport.send(request("POST", clear.url("https", "/a")).build())))
          .isInstanceOfAny(ServiceUnavailableException.class, OutcomeUnknownException.class)
          .hasMessageContaining("SSLException");
      assertThat(heard.get(30, TimeUnit.SECONDS))
          .doesNotContain("POST")
          .doesNotContainIgnoringCase("authorization")
          .doesNotContain("hunter2");
    }
  }

  /** As the JDK reports a handshake that failed after it had begun with the request. */
  @Test
  void aHandshakeThatFailsIsNothingSentHoweverItIsReported() throws Exception {
    IOException wrapped =
        new IOException(
            "HTTP/1.1 header parser received no bytes", new SSLHandshakeException("no"));
    JdkTransport transport = JdkTransport.builder().client(new FailingClient(wrapped)).build();
    assertThat(failure(transport.send(request("DELETE", uri).build())))
        .isInstanceOf(ServiceUnavailableException.class)
        .hasMessageContaining("transferAsset was not sent");
  }

  @Test
  void aDeadlineBeforeTheBodyBeganProvesThatNothingWasSent() throws Exception {
    try (RawServer silent = RawServer.that(RawServer.Connection::stall)) {
      JdkTransport transport = JdkTransport.builder().build();
      Request request =
          request("POST", silent.url("https", "/a")).timeout(Duration.ofSeconds(1)).build();
      assertThat(failure(transport.send(request)))
          .isInstanceOf(ServiceUnavailableException.class)
          .hasMessageContaining("within PT1S; transferAsset was not sent");
      silent.clientLeft().get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void aDeadlineWithoutABodyProvesNothing() throws Exception {
    try (RawServer silent = RawServer.that(RawServer.Connection::stall)) {
      JdkTransport transport = JdkTransport.builder().build();
      Request request =
          request("DELETE", silent.url("https", "/a")).timeout(Duration.ofSeconds(1)).build();
      assertThat(failure(transport.send(request))).isInstanceOf(OutcomeUnknownException.class);
    }
  }

  @Test
  void theConnectTimeoutEndsAHandshakeThatStalls() throws Exception {
    try (RawServer silent = RawServer.that(RawServer.Connection::stall)) {
      JdkTransport transport =
          JdkTransport.builder().connectTimeout(Duration.ofMillis(300)).build();
      assertThat(failure(transport.send(request("DELETE", silent.url("https", "/a")).build())))
          .isInstanceOf(ServiceUnavailableException.class)
          .hasMessageContaining("HttpConnectTimeoutException");
    }
  }

  @Test
  void aProxyIsAskedForATunnelAndNeverSeesTheToken() throws Exception {
    try (RawServer proxy = RawServer.that(this::tunnel)) {
      JdkTransport transport =
          JdkTransport.builder().client(trusting().proxy(through(proxy)).build()).build();
      assertThat(send(transport, request("POST", uri).build()).status()).isEqualTo(200);
    }
    assertThat(proxied)
        .singleElement()
        .asString()
        .startsWith("CONNECT localhost:" + server.port())
        .doesNotContain("hunter2");
  }

  @Test
  void anOwnClientTakesTheProxyItWasGiven() throws Exception {
    try (RawServer proxy =
        RawServer.that(
            c -> {
              proxied.add(c.readHead());
              c.write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
            })) {
      JdkTransport transport = JdkTransport.builder().proxy(through(proxy)).build();
      assertThat(failure(transport.send(request("POST", uri).build())))
          .isInstanceOf(ServiceUnavailableException.class)
          .hasMessageContaining("transferAsset was not sent");
    }
    assertThat(proxied).isNotEmpty();
    assertThat(proxied)
        .allSatisfy(
            head ->
                assertThat(head)
                    .startsWith("CONNECT localhost:" + server.port())
                    .doesNotContain("hunter2"));
    assertThat(server.arrivals()).isEmpty();
  }

  @Test
  void inClearAnOwnClientTakesNoProxy() throws Exception {
    try (RawServer proxy = RawServer.that(RawServer.Connection::stall);
        LocalServer clear = LocalServer.inClear()) {
      URI target = clear.serve("/a", 200, Map.of(), new byte[0]);
      JdkTransport transport = JdkTransport.builder().proxy(through(proxy)).build();
      assertThat(send(transport, request("POST", target).build()).status()).isEqualTo(200);
      assertThat(proxy.connections()).isZero();
    }
  }

  @Test
  void inClearAGivenClientMayTakeNoProxy() throws Exception {
    try (RawServer proxy = RawServer.that(RawServer.Connection::stall);
        LocalServer clear = LocalServer.inClear()) {
      URI target = clear.serve("/a", 200, Map.of(), new byte[0]);
      JdkTransport transport =
          JdkTransport.builder()
              .client(HttpClient.newBuilder().proxy(through(proxy)).build())
              .build();
      Request request = request("POST", target).build();
      assertThatIllegalStateException()
          .isThrownBy(() -> transport.send(request))
          .withMessageContaining("proxy")
          .withMessageNotContaining("hunter2");
      assertThat(proxy.connections()).isZero();
      assertThat(clear.arrivals()).isEmpty();
    }
  }
}

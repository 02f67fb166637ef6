package dev.countersign.simulator.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.error.ConfigurationException;
import dev.countersign.simulator.wire.SimResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSimulatorTest {

  private final RecordingEngine engine = new RecordingEngine();
  private final HttpSimulator server = HttpSimulator.start(engine, 0);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void statusHeadersAndBodyOfTheEngineAreTheReply() throws Exception {
    byte[] body = {'{', (byte) 0xff, 0, '}'};
    engine.answers(
        SimResponse.of(418, Map.of("Content-Type", "application/json", "X-Any", "one"), body));

    HttpResponse<byte[]> reply = send("GET", "/wallets", BodyPublishers.noBody());

    assertThat(reply.statusCode()).isEqualTo(418);
    assertThat(reply.body()).isEqualTo(body);
    assertThat(reply.headers().map())
        .containsOnlyKeys("content-length", "content-type", "x-any")
        .hasEntrySatisfying("content-type", v -> assertThat(v).containsExactly("application/json"))
        .hasEntrySatisfying("x-any", v -> assertThat(v).containsExactly("one"))
        .hasEntrySatisfying("content-length", v -> assertThat(v).containsExactly("4"));
  }

  @Test
  void aReplyWithoutBodyHasNone() throws Exception {
    engine.answers(SimResponse.of(204, Map.of(), new byte[0]));

    HttpResponse<byte[]> reply = send("DELETE", "/x", BodyPublishers.noBody());

    assertThat(reply.statusCode()).isEqualTo(204);
    assertThat(reply.body()).isEmpty();
    assertThat(reply.headers().map()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/wallets",
        "/wallets/wa-1%2Ftransfers%3Fx",
        "/wallets/..%2f..%2Fkeys",
        "/wallets/../keys",
        "/wallets/./x",
        "//wallets//x/",
        "/wallets;a=b/x;c",
        "/wallets/%C3%A9%20+%25",
        "/__admins",
        "/wallets?limit=2&paginationToken=a%3D%26b+c&x",
        "/wallets?next=/a?b",
      })
  void theTargetReachesTheEngineAsItStoodOnTheRequestLine(String target) throws Exception {
    assertThat(RawHttp.exchange(server.url(), "GET " + target + " HTTP/1.1", host()))
        .startsWith("HTTP/1.1 200");

    int mark = target.indexOf('?');
    assertThat(engine.last().path()).isEqualTo(mark < 0 ? target : target.substring(0, mark));
    assertThat(engine.last().query()).isEqualTo(mark < 0 ? "" : target.substring(mark + 1));
  }

  @Test
  void anAbsoluteTargetIsItsPath() throws Exception {
    RawHttp.exchange(server.url(), "GET " + server.url() + "/wallets?x=1 HTTP/1.1", host());

    assertThat(engine.last().path()).isEqualTo("/wallets");
    assertThat(engine.last().query()).isEqualTo("x=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"})
  void everyMethodReachesTheEngine(String method) throws Exception {
    assertThat(send(method, "/wallets", BodyPublishers.noBody()).statusCode()).isEqualTo(200);

    assertThat(engine.last().method()).isEqualTo(method);
    assertThat(engine.last().body()).isEmpty();
  }

  @Test
  void headersAreFoundWhateverTheirCase() throws Exception {
    RawHttp.exchange(
        server.url(),
        "GET /wallets HTTP/1.1",
        host(),
        "aUTHORIZATION: Bearer t",
        "x-dfns-useraction: first",
        "X-DFNS-USERACTION: second",
        "X-Empty:");

    assertThat(engine.last().header("Authorization")).contains("Bearer t");
    assertThat(engine.last().header("X-Dfns-UserAction")).contains("first");
    assertThat(engine.last().header("x-empty")).contains("");
    assertThat(engine.last().header("x-absent")).isEmpty();
  }

  @Test
  void aBodyArrivesByteForByte() throws Exception {
    byte[] body = new byte[100_000];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) i;
    }

    send("POST", "/wallets", BodyPublishers.ofByteArray(body));
    assertThat(engine.last().body()).isEqualTo(body);

    send("DELETE", "/wallets", BodyPublishers.ofByteArray(body));
    assertThat(engine.last().body()).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=b"})
  void aFormIsNotInterpreted(String contentType) throws Exception {
    String body = "--b\r\nContent-Disposition: form-data; name=\"data\"\r\n\r\na=1&b\r\n--b--\r\n";
    HttpRequest request =
        HttpRequest.newBuilder(server.url().resolve("/x"))
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(body))
            .build();

    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);

    assertThat(new String(engine.last().body(), UTF_8)).isEqualTo(body);
  }

  /** The JDK's client offers HTTP/2 with each of these, and chunks what has no known length. */
  @Test
  void chunkedBodiesOfAClientThatOffersHttp2Arrive() throws Exception {
    for (int i = 0; i < 20; i++) {
      byte[] body = ("{\"n\":" + i + "}").getBytes(UTF_8);
      HttpClient fresh = HttpClient.newHttpClient();
      HttpRequest request =
          HttpRequest.newBuilder(server.url().resolve("/wallets"))
              .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
              .build();

      HttpResponse<String> reply = fresh.send(request, BodyHandlers.ofString());

      assertThat(reply.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
      assertThat(engine.last().body()).isEqualTo(body);
    }
  }

  @Test
  void aGetMayAnnounceAnEmptyBody() throws Exception {
    String reply =
        RawHttp.exchange(
            server.url(),
            "GET /wallets HTTP/1.1",
            host(),
            "Content-Type: application/json",
            "Content-Length: 0",
            "Upgrade: h2c",
            "HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA",
            "Connection: Upgrade, HTTP2-Settings");

    assertThat(reply).startsWith("HTTP/1.1 200");
    assertThat(engine.last().body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPTIONS *", "CONNECT 127.0.0.1:80", "GET /%00", "GET /%zz", "GET x"})
  void whatIsNoRequestToAServerDoesNotReachTheEngine(String line) throws Exception {
    assertThat(RawHttp.statusLine(server.url(), line + " HTTP/1.1", host()))
        .startsWith("HTTP/1.1 4");
    assertThat(engine.requests()).isEmpty();
  }

  @Test
  void twoServersAnswerForThemselves() throws Exception {
    RecordingEngine other = new RecordingEngine();
    other.answers(RecordingEngine.text(200, "other"));
    try (HttpSimulator second = HttpSimulator.start(other, 0)) {
      assertThat(second.url()).isNotEqualTo(server.url());
      HttpRequest request = HttpRequest.newBuilder(second.url().resolve("/wallets")).build();

      assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("other");
      assertThat(send("GET", "/wallets", BodyPublishers.noBody()).body())
          .isEqualTo("engine".getBytes(UTF_8));
    }
    assertThat(send("GET", "/wallets", BodyPublishers.noBody()).statusCode()).isEqualTo(200);
  }

  @Test
  void itListensOnOneLoopbackAddressOnly() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () -> {
              try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.2", server.url().getPort()), 2_000);
              }
            });
  }

  @Test
  void closingFreesThePortAndMayBeRepeated() throws Exception {
    send("GET", "/wallets", BodyPublishers.noBody());

    server.close();
    server.close();

    assertThatExceptionOfType(ConnectException.class)
        .isThrownBy(() -> send("GET", "/wallets", BodyPublishers.noBody()));
    assertThat(IntStream.range(0, 5).anyMatch(attempt -> aPortIsFreeOnceItIsClosed())).isTrue();
  }

  /** Not for sure: another process may take the port in between. */
  private boolean aPortIsFreeOnceItIsClosed() {
    HttpSimulator first = HttpSimulator.start(engine, 0);
    first.close();
    try (HttpSimulator again = HttpSimulator.start(engine, first.url().getPort())) {
      assertThat(again.url()).isEqualTo(first.url());
      return true;
    } catch (ConfigurationException taken) {
      return false;
    }
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress("127.0.0.1", 0));

      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(() -> HttpSimulator.start(engine, taken.getLocalPort()))
          .withMessageContaining("port " + taken.getLocalPort() + " of 127.0.0.1");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void aPortThatCannotBeIsTheCallersFault(int port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpSimulator.start(engine, port))
        .withMessage("A port is 0 to 65535, not " + port);
  }

  private HttpResponse<byte[]> send(String method, String target, BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.url().resolve(target)).method(method, body).build();
    return client.send(request, BodyHandlers.ofByteArray());
  }

  private String host() {
    return RawHttp.host(server.url());
  }
}

package dev.countersign.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.error.ConfigurationException;
import dev.countersign.transport.Request;
import dev.countersign.transport.Transport;
import dev.countersign.transport.TransportContract;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdkTransportTest extends TransportContract {

  private static final String RETRY_PROPERTY = "jdk.httpclient.enableAllMethodRetry";

  private final Transport transport = JdkTransport.builder().build();
  private LocalServer server;

  @BeforeEach
  void start() throws IOException {
    server = LocalServer.inClear();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  protected Transport transport() {
    return transport;
  }

  @Override
  protected URI serve(String path, int status, Map<String, List<String>> headers, byte[] body) {
    return server.serve(path, status, headers, body);
  }

  @Override
  protected List<Arrival> arrivals() {
    return server.arrivals();
  }

  private Arrival arrival(Request request) throws Exception {
    send(request);
    return arrivals().get(arrivals().size() - 1);
  }

  private URI ok() {
    return serve("/ok", 200, Map.of(), new byte[0]);
  }

  @Test
  void theLibraryNamesItselfAndItsVersion() throws Exception {
    Arrival arrival = arrival(Request.of("op", "GET", ok()).build());
    assertThat(arrival.header("User-Agent"))
        .singleElement()
        .asString()
        .matches("countersign/[0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)? \\(Java [0-9]+\\)");
  }

  @Test
  void aRequestMayNameItselfOtherwise() throws Exception {
    Arrival arrival = arrival(Request.of("op", "GET", ok()).header("user-agent", "mine").build());
    assertThat(arrival.header("User-Agent")).containsExactly("mine");
  }

  @Test
  void inClearNoUpgradeToHttp2IsAsked() throws Exception {
    Arrival arrival = arrival(Request.of("op", "GET", ok()).build());
    assertThat(arrival.header("Upgrade")).isEmpty();
    assertThat(arrival.header("HTTP2-Settings")).isEmpty();
  }

  @Test
  void aBodyIsSentWithItsLengthAndNotInChunks() throws Exception {
    byte[] body = "{\"é\":1}".getBytes(UTF_8);
    Arrival arrival =
        arrival(Request.of("op", "POST", ok()).body("application/json", body).build());
    assertThat(arrival.header("Content-Length")).containsExactly("" + body.length);
    assertThat(arrival.header("Transfer-Encoding")).isEmpty();
  }

  @Test
  void aGetHasNoBody() throws Exception {
    Arrival arrival = arrival(Request.of("op", "GET", ok()).build());
    // before 19 the JDK says that there is none, then it says nothing (JDK-8283544)
    assertThat(arrival.header("Content-Length")).isIn(List.of(), List.of("0"));
    assertThat(arrival.header("Transfer-Encoding")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE"})
  void aRequestWithoutABodySaysSo(String method) throws Exception {
    Arrival arrival = arrival(Request.of("op", method, ok()).build());
    assertThat(arrival.header("Content-Length")).containsExactly("0");
  }

  @Test
  void compressionIsNotAskedFor() throws Exception {
    Arrival arrival = arrival(Request.of("op", "GET", ok()).build());
    assertThat(arrival.header("Accept-Encoding")).isEmpty();
  }

  @Test
  void aGetWithABodyIsTheCallersFault() {
    Request request = Request.of("getWallet", "GET", ok()).body("a/b", new byte[1]).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> transport.send(request))
        .withMessageContaining("getWallet");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host", "Connection", "Content-Length"})
  void aHeaderThatIsTheJdksIsTheCallersFault(String name) {
    Request request = Request.of("op", "POST", ok()).header(name, "hunter2").build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> transport.send(request))
        .withMessageContaining(name)
        .withMessageNotContaining("hunter2")
        .withNoCause();
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpClient.Redirect.class,
      names = {"ALWAYS", "NORMAL"})
  void aClientThatFollowsRedirectsIsRefused(HttpClient.Redirect redirect) {
    HttpClient client = HttpClient.newBuilder().followRedirects(redirect).build();
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> JdkTransport.builder().client(client))
        .withMessageContaining("Redirect.NEVER");
  }

  @Test
  void aGivenClientExcludesTheSettingsOfAnOwnOne() {
    HttpClient client = HttpClient.newHttpClient();
    List<JdkTransport.Builder> contradictions =
        List.of(
            JdkTransport.builder().client(client).connectTimeout(Duration.ofSeconds(1)),
            JdkTransport.builder().proxy(ProxySelector.of(null)).client(client));
    assertThat(contradictions)
        .allSatisfy(
            builder ->
                assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(builder::build)
                    .withMessageContaining("HttpClient"));
  }

  @Test
  void aGivenClientCarriesTheRequests() throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    Transport given = JdkTransport.builder().client(client).build();
    assertThat(given.send(Request.of("op", "GET", ok()).build()).get().status()).isEqualTo(200);
    assertThat(arrivals().get(0).header("Upgrade")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "true", "TRUE"})
  void aJvmThatRepeatsTransfersIsRefused(String value) {
    System.setProperty(RETRY_PROPERTY, value);
    try {
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(() -> JdkTransport.builder().build())
          .withMessageContaining(RETRY_PROPERTY);
    } finally {
      System.clearProperty(RETRY_PROPERTY);
    }
  }

  @Test
  void limitsArePositive() {
    JdkTransport.Builder builder = JdkTransport.builder();
    assertThatIllegalArgumentException().isThrownBy(() -> builder.connectTimeout(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.connectTimeout(Duration.ofSeconds(-1)));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.replyLimit(0));
  }
}

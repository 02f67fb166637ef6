package dev.countersign.simulator.door;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.common.ClientError;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.StubImport;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What WireMock's own tools do to the door, through its API. */
class WireMockOnTopTest {

  private final RecordingEngine engine = new RecordingEngine();
  private final HttpSimulator server = HttpSimulator.start(engine, 0);
  private final HttpClient client = HttpClient.newHttpClient();
  private final WireMock wireMock =
      WireMock.create().host("127.0.0.1").port(server.url().getPort()).build();

  @AfterEach
  void close() {
    server.close();
  }

  static Stream<Named<Consumer<WireMock>>> waysToForget() {
    return Stream.of(
        Named.of("reset mappings", WireMock::resetMappings),
        Named.of("reset to default mappings", WireMock::resetToDefaultMappings),
        Named.of("remove mappings", WireMock::removeMappings),
        Named.of(
            "remove each stub",
            wireMock ->
                wireMock.allStubMappings().getMappings().forEach(wireMock::removeStubMapping)),
        Named.of(
            "import nothing",
            wireMock ->
                wireMock.importStubMappings(
                    StubImport.stubImport().deleteAllExistingStubsNotInImport().build())));
  }

  @ParameterizedTest
  @MethodSource("waysToForget")
  void theEngineAnswersAgainAfter(Consumer<WireMock> forget) throws Exception {
    wireMock.register(any(anyUrl()).willReturn(aResponse().withBody("stub")));
    assertThat(body()).isEqualTo("stub");

    forget.accept(wireMock);
    forget.accept(wireMock);

    assertThat(body()).isEqualTo("engine");
    assertThat(wireMock.allStubMappings().getMappings()).hasSize(1);
  }

  @Test
  void aStubAnswersInPlaceOfTheEngine() throws Exception {
    wireMock.register(get("/wallets").willReturn(aResponse().withBody("stub")));

    assertThat(body()).isEqualTo("stub");
    assertThat(engine.requests()).isEmpty();
  }

  @Test
  void aFaultBeforeTheEngineLosesTheRequest() {
    wireMock.register(post("/wallets").willReturn(reset()));

    assertThatExceptionOfType(IOException.class).isThrownBy(this::sendPost);
    assertThat(engine.requests()).isEmpty();
  }

  @Test
  void aFaultAfterTheEngineLosesTheAnswer() {
    wireMock.register(post("/wallets").willReturn(reset().withTransformers("dfns")));

    assertThatExceptionOfType(IOException.class).isThrownBy(this::sendPost);
    assertThat(engine.requests()).hasSize(1);
  }

  @Test
  void noTokenIsKept() throws Exception {
    String host = RawHttp.host(server.url());
    RawHttp.exchange(server.url(), "GET /wallets HTTP/1.1", host, "Authorization: Bearer canary");

    assertThat(RawHttp.exchange(server.url(), "GET /__admin/requests HTTP/1.1", host))
        .contains("journal")
        .doesNotContain("canary");
  }

  @Test
  void stubsAreNotSavedAmongTheEmbeddersFiles() {
    assertThatExceptionOfType(ClientError.class)
        .isThrownBy(() -> wireMock.register(get("/wallets").persistent()))
        .withMessageContaining("The simulator has no files");
    assertThatExceptionOfType(ClientError.class)
        .isThrownBy(wireMock::saveMappings)
        .withMessageContaining("The simulator has no files");
  }

  @Test
  void filesOfTheEmbedderAreNotServed() throws Exception {
    String reply =
        RawHttp.exchange(server.url(), "GET /__files/ HTTP/1.1", RawHttp.host(server.url()));

    assertThat(reply).startsWith("HTTP/1.1 404");
  }

  private static ResponseDefinitionBuilder reset() {
    return aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER);
  }

  private String body() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(server.url().resolve("/wallets")).build();
    return client.send(request, BodyHandlers.ofString()).body();
  }

  private void sendPost() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.url().resolve("/wallets"))
            .POST(BodyPublishers.ofString("{}"))
            .build();
    client.send(request, BodyHandlers.ofString());
  }
}

package dev.countersign.simulator.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.simulator.Simulator;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are malformed reach whom they are for, and are answered as such. */
final class MalformedQueryTest {

  private final Simulator simulator = Simulator.start();
  private final HttpSimulator server = HttpSimulator.start(simulator);

  @AfterEach
  void close() {
    server.close();
  }

  private String get(String target) throws IOException {
    return RawHttp.exchange(
        server.url(), "GET " + target + " HTTP/1.1", RawHttp.host(server.url()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=%zz", "%", "limit=1%", "a=%4", "%zz=%zz"})
  void theEngineAnswersAQueryThatCannotBeDecoded(String query) throws IOException {
    assertThat(get("/wallets?" + query)).startsWith("HTTP/1.1 401 ").contains("Not Authorized.");
    assertThat(simulator.decisions()).hasSize(1);
  }

  @Test
  void aQueryThatCanBeDecodedIsAsItWas() throws IOException {
    RecordingEngine engine = new RecordingEngine();
    try (HttpSimulator recorded = HttpSimulator.start(engine, 0)) {
      RawHttp.exchange(
          recorded.url(),
          "GET /x?a=%25zz&b=%C3%A4&c=1+2&d=%zz HTTP/1.1",
          RawHttp.host(recorded.url()));
    }

    assertThat(engine.last().query()).isEqualTo("a=%25zz&b=%C3%A4&c=1+2&d=%25zz");
  }

  @Test
  void theControlApiNamesAParameterThatCannotBeDecoded() throws IOException {
    assertThat(get(HttpSimulator.CONTROL + "/v1/organisations?%zz=1"))
        .startsWith("HTTP/1.1 400 ")
        .contains("%zz: listOrganisations has no such parameter");
  }

  @Test
  void theControlApiNamesTheOperationNextToOneOfAnotherMethod() throws IOException {
    assertThat(
            RawHttp.exchange(
                server.url(),
                "PATCH " + HttpSimulator.CONTROL + "/v1/organisations HTTP/1.1",
                RawHttp.host(server.url())))
        .startsWith("HTTP/1.1 404 ")
        .contains("the nearest is GET /v1/organisations");
  }
}

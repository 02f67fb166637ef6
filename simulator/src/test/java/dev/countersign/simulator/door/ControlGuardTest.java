package dev.countersign.simulator.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.error.ConfigurationException;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.client.SimulatorClient;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets to the control API over HTTP: on loopback no web page, elsewhere nobody but one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControlGuardTest {

  private static final String CONTROL = "/__admin/dfns/v1/organisations";
  private static final String WIREMOCK = "/__admin/mappings";

  private final Simulator simulator = Simulator.start();
  private final HttpSimulator loopback = HttpSimulator.start(simulator);
  private final HttpSimulator everywhere = HttpSimulator.of(simulator).bind("0.0.0.0").start();
  private final String token = everywhere.controlToken().orElseThrow().reveal();

  @AfterAll
  void close() {
    loopback.close();
    everywhere.close();
  }

  private static String get(HttpSimulator server, String path, String... headers)
      throws IOException {
    String[] lines = new String[headers.length + 1];
    lines[0] = "GET " + path + " HTTP/1.1";
    System.arraycopy(headers, 0, lines, 1, headers.length);
    return RawHttp.exchange(server.url(), lines);
  }

  @ParameterizedTest
  @ValueSource(strings = {CONTROL, WIREMOCK})
  void onLoopbackThisMachineIsLetInAndNoWebPage(String path) throws Exception {
    assertThat(loopback.controlToken()).isEmpty();
    assertThat(get(loopback, path, "Host: localhost")).startsWith("HTTP/1.1 200");
    assertThat(get(loopback, path, "Host: evil.example")).startsWith("HTTP/1.1 403");
    assertThat(get(loopback, path, "Host: localhost", "Origin: https://evil.example"))
        .startsWith("HTTP/1.1 403");
  }

  @ParameterizedTest
  @ValueSource(strings = {CONTROL, WIREMOCK})
  void elsewhereTheTokenLetsIn(String path) throws Exception {
    assertThat(get(everywhere, path, "Host: sim.example", "Authorization: Bearer " + token))
        .startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {CONTROL, WIREMOCK})
  void elsewhereNothingElseDoes(String path) throws Exception {
    for (String authorization :
        new String[] {
          "",
          "Bearer ",
          "Bearer x" + token,
          "Bearer " + token + "x",
          "Bearer " + token.substring(1),
          "Basic " + token,
          token
        }) {
      assertThat(get(everywhere, path, "Host: localhost", "Authorization: " + authorization))
          .as(authorization)
          .startsWith("HTTP/1.1 401")
          .doesNotContain(token)
          .doesNotContain("or-");
    }
    assertThat(get(everywhere, path, "Host: localhost")).startsWith("HTTP/1.1 401");
    assertThat(get(everywhere, path + "?token=" + token, "Host: localhost"))
        .startsWith("HTTP/1.1 401");
    assertThat(
            get(
                everywhere,
                path,
                "Host: localhost",
                "Authorization: Bearer " + token,
                "Authorization: Bearer " + token))
        .startsWith("HTTP/1.1 401");
    assertThat(
            get(
                everywhere,
                path,
                "Host: localhost",
                "Origin: https://evil.example",
                "Authorization: Bearer " + token))
        .startsWith("HTTP/1.1 403");
  }

  @Test
  void theClientShowsItsToken() {
    assertThat(SimulatorClient.at(loopback.url()).organisations()).hasSize(1);
    assertThat(SimulatorClient.at(everywhere.url(), token).organisations()).hasSize(1);
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> SimulatorClient.at(everywhere.url()).organisations());
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> SimulatorClient.at(everywhere.url(), "wrong-token-0123").organisations())
        .withMessageNotContaining("wrong-token-0123");
  }

  @Test
  void theTokenDoesNotPrint() {
    assertThat(everywhere.controlToken().orElseThrow() + " " + everywhere + everywhere.url())
        .doesNotContain(token);
    assertThat(token).hasSizeGreaterThanOrEqualTo(43);
    assertThat(ControlToken.random().reveal()).isNotEqualTo(token);
  }

  @Test
  void aTokenMayBeAskedForOnLoopbackToo() throws Exception {
    try (HttpSimulator server =
        HttpSimulator.of(simulator).controlToken(ControlToken.of("0123456789abcdef")).start()) {
      assertThat(get(server, CONTROL, "Host: localhost")).startsWith("HTTP/1.1 401");
      assertThat(get(server, CONTROL, "Host: localhost", "Authorization: Bearer 0123456789abcdef"))
          .startsWith("HTTP/1.1 200");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "0123456789 abcdef", "0123456789abcdef\n"})
  void aTokenThatIsEasilyGuessedOrFitsNoHeaderIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ControlToken.of(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http://0.0.0.0", "0.0.0.0:80", "a b", "127.0.0.1/8"})
  void whatIsNoAddressIsRefused(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpSimulator.of(simulator).bind(address));
  }

  @Test
  void anAddressOfAnotherMachineCannotBeListenedOn() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> HttpSimulator.of(simulator).bind("192.0.2.1").start())
        .withMessageContaining("192.0.2.1");
  }

  @Test
  void controlIsNoTraffic() {
    assertThatCode(() -> SimulatorClient.at(loopback.url()).coverage()).doesNotThrowAnyException();
    assertThat(simulator.coverage().touched()).isEmpty();
    assertThat(loopback.controlUrl()).isEqualTo(URI.create(loopback.url() + HttpSimulator.CONTROL));
  }
}

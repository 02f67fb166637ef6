package dev.countersign.simulator.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminGuardTest {

  private static final String PORT = "{port}";

  private final HttpSimulator server = HttpSimulator.start(new RecordingEngine(), 0);

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:{port}",
        "localhost:{port}",
        "LocalHost:{port}",
        "[::1]:{port}",
        "localhost:8080",
        "localhost"
      })
  void aHostOfThisMachineIsAccepted(String host) throws Exception {
    assertThat(admin("Host: " + host)).startsWith("HTTP/1.1 200");
    assertThat(admin("Host: " + host, "Origin: http://" + host)).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:{port}",
        "dfns.localhost:{port}",
        "localhost.evil.example:{port}",
        "127.0.0.1.evil.example:{port}",
        "192.168.1.7:{port}",
      })
  void aForeignHostIsRefused(String host) throws Exception {
    assertThat(admin("Host: " + host)).startsWith("HTTP/1.1 403").doesNotContain("mappings");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "https://evil.example",
        "http://evil.example:{port}",
        "http://localhost:{port}.evil.example",
        "http://localhost:3000",
        "http://127.0.0.1:{port}",
        "https://localhost:{port}",
      })
  void aPageOfAnotherOriginIsRefused(String origin) throws Exception {
    String reply = admin("Host: localhost:" + PORT, "Origin: " + origin);

    assertThat(reply).startsWith("HTTP/1.1 403").doesNotContain("mappings");
  }

  @Test
  void oneForeignOriginAmongSeveralIsEnough() throws Exception {
    String reply =
        admin(
            "Host: localhost:" + PORT,
            "Origin: http://localhost:" + PORT,
            "Origin: https://evil.example");

    assertThat(reply).startsWith("HTTP/1.1 403");
  }

  @Test
  void aForeignPageCannotStopTheServer() throws Exception {
    String reply =
        exchange(
            "POST /__admin/shutdown HTTP/1.1", "Host: localhost", "Origin: https://evil.example");

    assertThat(reply).startsWith("HTTP/1.1 403");
    assertThat(admin("Host: localhost")).startsWith("HTTP/1.1 200");
  }

  @Test
  void withoutHostThereIsNoAdmin() throws Exception {
    assertThat(exchange("GET /__admin/mappings HTTP/1.0")).contains(" 403 ");
  }

  private String admin(String... headers) throws IOException {
    String[] lines = new String[headers.length + 1];
    lines[0] = "GET /__admin/mappings HTTP/1.1";
    System.arraycopy(headers, 0, lines, 1, headers.length);
    return exchange(lines);
  }

  private String exchange(String... lines) throws IOException {
    for (int i = 0; i < lines.length; i++) {
      lines[i] = lines[i].replace(PORT, Integer.toString(server.url().getPort()));
    }
    return RawHttp.exchange(server.url(), lines);
  }
}

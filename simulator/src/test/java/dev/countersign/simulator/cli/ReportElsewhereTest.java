package dev.countersign.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What answers is somebody else: that is no mistake of the command line, and is said in a line. */
final class ReportElsewhereTest {

  @ParameterizedTest
  @CsvSource({"404, 0", "404, 5000", "400, 20", "500, 5000", "200, 20"})
  void whatIsNoSimulatorIsToldFromOne(int status, int length) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] page = "<h1>x</h1>".repeat(length / 10).getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, page.length == 0 ? -1 : page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try {
      int ended =
          Report.run(
              new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
              new PrintStream(err, true, StandardCharsets.UTF_8),
              "usage",
              "--url",
              "http://127.0.0.1:" + server.getAddress().getPort());

      assertThat(ended).isEqualTo(1);
      assertThat(err.toString(StandardCharsets.UTF_8).strip())
          .isNotEmpty()
          .hasLineCount(1)
          .hasSizeLessThan(500)
          .contains("/organisations");
    } finally {
      server.stop(0);
    }
  }
}

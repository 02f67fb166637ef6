package dev.countersign.simulator.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.http.JdkTransport;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.faults.Effect;
import dev.countersign.simulator.faults.Fault;
import dev.countersign.simulator.faults.Phase;
import dev.countersign.transport.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same over HTTP, and what a socket sees of each fault, byte by byte. */
class FaultsOverHttpTest extends FaultsContract {

  private static final String KEY =
      """
      -----BEGIN PUBLIC KEY-----
      MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
      -----END PUBLIC KEY-----
      """;

  private static final Duration LONG = Duration.ofMinutes(2);

  private final List<HttpSimulator> servers = new ArrayList<>();
  private final Simulator mine = Simulator.start();
  private URI url;
  private Identity me;

  @BeforeAll
  void serve() {
    url = serve(mine);
    me = mine.organisation().admin("raw", KEY);
  }

  @BeforeEach
  void mend() {
    mine.organisation().faults().clear();
  }

  private URI serve(Simulator simulator) {
    HttpSimulator server = HttpSimulator.start(simulator);
    servers.add(server);
    return server.url();
  }

  @AfterAll
  void close() {
    servers.forEach(HttpSimulator::close);
  }

  @Override
  Transport open(Simulator simulator) {
    served = serve(simulator);
    return JdkTransport.builder().build();
  }

  private URI served;

  @Override
  URI apiUrl() {
    return served;
  }

  private void plant(Effect effect) {
    mine.organisation().faults().add(Fault.of(Phase.AFTER_COMMIT, effect));
  }

  private Socket ask() throws IOException {
    Socket socket = new Socket(url.getHost(), url.getPort());
    socket.setSoTimeout(30_000);
    socket
        .getOutputStream()
        .write(
            ("GET /wallets HTTP/1.1\r\n"
                    + RawHttp.host(url)
                    + "\r\nAuthorization: Bearer "
                    + me.token()
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  private static String all(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  @Test
  void aResetIsAReset() throws Exception {
    plant(Effect.reset());
    try (Socket socket = ask()) {
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void anEmptyReplyIsAnOrderlyEnd() throws Exception {
    plant(Effect.empty());
    try (Socket socket = ask()) {
      assertThat(all(socket.getInputStream())).isEmpty();
    }
  }

  @Test
  void aTruncatedBodyHasHalfOfWhatWasPromised() throws Exception {
    plant(Effect.truncated());
    try (Socket socket = ask()) {
      assertHalf(all(socket.getInputStream()));
    }
  }

  @Test
  void aStalledBodyKeepsTheConnectionOpenAndNoThread() throws Exception {
    plant(Effect.stalledBody(LONG));
    holdsNoThread(
        stalled -> {
          for (Socket socket : stalled) {
            assertHalf(half(socket));
          }
        });
  }

  @Test
  void aStallSendsNothingAndHoldsNoThread() throws Exception {
    plant(Effect.stall(LONG));
    holdsNoThread(
        stalled -> {
          for (int i = 0; i < 6_000 && struck() < stalled.size(); i++) {
            Thread.sleep(5);
          }
          assertThat(struck()).isEqualTo(stalled.size());
        });
  }

  private long struck() {
    return mine.organisation().faults().list().get(0).fired();
  }

  /** What waits until all of these have met the fault. */
  private interface Meeting {
    void await(List<Socket> stalled) throws Exception;
  }

  private void holdsNoThread(Meeting meeting) throws Exception {
    List<Socket> stalled = new ArrayList<>();
    try {
      // more than the server has threads
      for (int i = 0; i < 60; i++) {
        stalled.add(ask());
      }
      meeting.await(stalled);
      mine.organisation().faults().clear();
      assertThat(raw()).startsWith("HTTP/1.1 200");
      stalled.get(0).setSoTimeout(50);
      assertThatThrownBy(() -> stalled.get(0).getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    } finally {
      for (Socket socket : stalled) {
        socket.close();
      }
    }
  }

  @Test
  void aStallEnds() throws Exception {
    plant(Effect.stall(Duration.ofMillis(50)));
    try (Socket socket = ask()) {
      assertThat(all(socket.getInputStream())).isEmpty();
    }
    mine.organisation().faults().clear();
    plant(Effect.stalledBody(Duration.ofMillis(50)));
    try (Socket socket = ask()) {
      assertHalf(all(socket.getInputStream()));
    }
  }

  @Test
  void garbageIsNoJsonButSaysSo() throws Exception {
    plant(Effect.garbage());
    assertThat(raw())
        .startsWith("HTTP/1.1 200")
        .contains("Content-Type: application/json")
        .contains("}{")
        .doesNotContain("items");
  }

  @Test
  void anAnswerOfTheFaultsOwn() throws Exception {
    plant(Effect.tooManyRequests(Duration.ofSeconds(3)));
    assertThat(raw()).startsWith("HTTP/1.1 429").contains("Retry-After: 3\r\n");
    mine.organisation().faults().clear();
    plant(Effect.html(503));
    assertThat(raw()).startsWith("HTTP/1.1 503").contains("text/html").contains("<html>");
    mine.organisation().faults().clear();
    plant(Effect.status(500));
    assertThat(raw())
        .startsWith("HTTP/1.1 500")
        .doesNotContain("Content-Type")
        .endsWith("\r\n\r\n");
  }

  private String raw() throws IOException {
    return RawHttp.exchange(
        url, "GET /wallets HTTP/1.1", RawHttp.host(url), "Authorization: Bearer " + me.token());
  }

  /** Reads as far as it goes. */
  private static String half(Socket socket) throws IOException {
    StringBuilder text = new StringBuilder();
    while (!text.toString().contains("\r\n\r\n{\"it")) {
      int next = socket.getInputStream().read();
      assertThat(next).isNotNegative();
      text.append((char) next);
    }
    return text.append(
            new String(
                socket.getInputStream().readNBytes(socket.getInputStream().available()),
                StandardCharsets.ISO_8859_1))
        .toString();
  }

  private static void assertHalf(String reply) {
    assertThat(reply)
        .startsWith("HTTP/1.1 200")
        .contains("Content-Type: application/json")
        .doesNotContain(BrokenBody.HEADER);
    int length = Integer.parseInt(reply.replaceAll("(?s).*Content-Length: ([0-9]+)\r.*", "$1"));
    String body = reply.substring(reply.indexOf("\r\n\r\n") + 4);
    assertThat(body).hasSize(length / 2).startsWith("{\"it");
  }
}

package dev.countersign.http;

import static dev.countersign.http.Failing.failure;
import static dev.countersign.http.Failing.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.transport.Reply;
import dev.countersign.transport.Transport;
import dev.countersign.transport.TransportContract;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract over HTTP/2, and that it is what TLS negotiates. */
class JdkTransportHttp2Test extends TransportContract {

  private final Transport transport =
      JdkTransport.builder()
          .client(HttpClient.newBuilder().sslContext(SelfSigned.context()).build())
          .build();
  private Http2Server server;

  @BeforeEach
  void start() throws Exception {
    server = Http2Server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
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

  @Test
  void tlsNegotiatesHttp2() throws Exception {
    send(request("POST", serve("/a", 200, Map.of(), new byte[0])).build());
    assertThat(arrivals())
        .singleElement()
        .extracting(a -> a.header("protocol"))
        .isEqualTo(List.of("HTTP/2.0"));
  }

  @Test
  void cancellingResetsTheStream() throws Exception {
    CompletableFuture<Reply> reply = transport.send(request("POST", server.url("/stall")).build());
    server.stalled().get(30, TimeUnit.SECONDS);
    assertThat(reply.cancel(true)).isTrue();
    server.clientLeft().get(30, TimeUnit.SECONDS);
  }

  @Test
  void theDeadlineResetsTheStream() throws Exception {
    send(request("POST", serve("/warm-up", 200, Map.of(), new byte[0])).build());
    CompletableFuture<Reply> reply =
        transport.send(
            request("POST", server.url("/stall")).timeout(Duration.ofSeconds(2)).build());
    server.stalled().get(30, TimeUnit.SECONDS);
    assertThat(failure(reply)).isInstanceOf(OutcomeUnknownException.class);
    server.clientLeft().get(30, TimeUnit.SECONDS);
  }
}

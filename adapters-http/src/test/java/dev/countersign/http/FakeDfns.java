package dev.countersign.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.transport.TransportContract.Arrival;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Just enough of Dfns to see that a client is wired: it gives out one wallet and one signature. */
final class FakeDfns implements AutoCloseable {

  private static final String CHALLENGE =
      "{\"challenge\":\"Y2hhbGxlbmdl\",\"challengeIdentifier\":\"identifier\","
          + "\"allowCredentials\":{\"key\":[{\"type\":\"public-key\",\"id\":\"cr-1\"}],"
          + "\"webauthn\":[]}}";

  private final LocalServer server;
  private final URI url;

  private FakeDfns(LocalServer server) {
    this.server = server;
    URI wallet = serve("/wallets/wa-1", "{\"id\":\"wa-1\"}");
    serve("/auth/action/init", CHALLENGE);
    serve("/auth/action", "{\"userAction\":\"user-action\"}");
    this.url = wallet.resolve("/");
  }

  static FakeDfns start() throws IOException {
    return new FakeDfns(LocalServer.inClear());
  }

  private URI serve(String path, String json) {
    return server.serve(
        path, 200, Map.of("Content-Type", List.of("application/json")), json.getBytes(UTF_8));
  }

  URI url() {
    return url;
  }

  List<Arrival> arrivals() {
    return server.arrivals();
  }

  @Override
  public void close() {
    server.close();
  }
}

package dev.countersign.simulator.door;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.common.FatalStartupException;
import com.github.tomakehurst.wiremock.core.Options.ChunkedEncodingPolicy;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.countersign.error.ConfigurationException;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import java.net.URI;
import java.util.function.Function;

/**
 * The HTTP door of a simulator: the same engine, served on a port of this machine's loopback
 * address until it is closed.
 *
 * <p>It is WireMock with one stub that matches everything and asks the engine. So WireMock's own
 * tools work on it, through its API under {@code /__admin}: a stub registered there answers in
 * place of the engine, and one with the transformer {@code dfns} lets the engine answer first and
 * then delays or breaks the reply. A reset there forgets such stubs and leaves the simulator's
 * state alone. The journal is off: it would keep every {@code Authorization} header. That API
 * answers no web page of another origin.
 *
 * <p>It speaks HTTP/1.1 only: upgrading a clear connection to HTTP/2 breaks chunked requests of the
 * JDK's client. Safe for use by several threads at once.
 */
public final class HttpSimulator implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";

  /** Threads that send what was delayed; none waits for the delay to pass. */
  private static final int RESPONDERS = 4;

  private final WireMockServer server;
  private final URI url;

  private HttpSimulator(WireMockServer server) {
    this.server = server;
    this.url = URI.create("http://" + LOOPBACK + ":" + server.port());
  }

  /** Serves a simulator on a free port. Returns when it accepts requests. */
  public static HttpSimulator start(Simulator simulator) {
    return start(simulator, 0);
  }

  /**
   * Serves a simulator. Returns when it accepts requests.
   *
   * @param port 1 to 65535, or 0 for a free one
   * @throws IllegalArgumentException for any other port
   * @throws ConfigurationException if the port is taken or may not be used
   */
  public static HttpSimulator start(Simulator simulator, int port) {
    return start(simulator::handle, port);
  }

  static HttpSimulator start(Function<SimRequest, SimResponse> engine, int port) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("A port is 0 to 65535, not " + port);
    }
    WireMockServer server = new WireMockServer(settings(engine, port));
    try {
      server.start();
    } catch (FatalStartupException e) {
      server.stop();
      throw new ConfigurationException(
          "The simulator cannot listen on port "
              + port
              + " of "
              + LOOPBACK
              + ", which is taken or needs more rights; choose another, or 0 for a free one",
          e);
    }
    return new HttpSimulator(server);
  }

  private static WireMockConfiguration settings(
      Function<SimRequest, SimResponse> engine, int port) {
    return WireMockConfiguration.options()
        .bindAddress(LOOPBACK)
        .port(port)
        .http2PlainDisabled(true)
        .gzipDisabled(true)
        .useChunkedTransferEncoding(ChunkedEncodingPolicy.NEVER)
        .templatingEnabled(false)
        .stubRequestLoggingDisabled(true)
        .disableRequestJournal()
        .asynchronousResponseEnabled(true)
        .asynchronousResponseThreads(RESPONDERS)
        .httpServerFactory(new BreakableServer())
        .fileSource(new NoFiles())
        .extensions(new EngineStub(), new EngineTransformer(engine), new AdminGuard());
  }

  /** Where it is, such as {@code http://127.0.0.1:8977}: what a client takes for Dfns' address. */
  public URI url() {
    return url;
  }

  /** Stops serving and frees the port. Closing twice does no harm. */
  @Override
  public void close() {
    server.stop();
  }

  /** Where it is. */
  @Override
  public String toString() {
    return "HttpSimulator[" + url + "]";
  }
}

package dev.countersign.simulator.door;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.common.FatalStartupException;
import com.github.tomakehurst.wiremock.core.Options.ChunkedEncodingPolicy;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.Extension;
import dev.countersign.error.ConfigurationException;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.steering.ControlApi;
import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import dev.countersign.transport.Hosts;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
 * <p>The control API is beside WireMock's own, under {@link #CONTROL}. If the server is bound to
 * other addresses than loopback, both take a token that only whoever started it knows.
 *
 * <p>It speaks HTTP/1.1 only: upgrading a clear connection to HTTP/2 breaks chunked requests of the
 * JDK's client. Safe for use by several threads at once.
 */
public final class HttpSimulator implements AutoCloseable {

  /** The path of the control API; its description is at {@code /v1/openapi.json} in it. */
  public static final String CONTROL = ControlRoutes.ADMIN + ControlRoutes.PREFIX;

  private static final String LOOPBACK = "127.0.0.1";

  private static final Set<String> ANY_ADDRESS = Set.of("0.0.0.0", "[::]");

  /** Threads that send what was delayed; none waits for the delay to pass. */
  private static final int RESPONDERS = 4;

  private final WireMockServer server;
  private final URI url;
  private final @Nullable ControlToken token;

  private HttpSimulator(WireMockServer server, String host, @Nullable ControlToken token) {
    this.server = server;
    this.url =
        URI.create(
            "http://" + (ANY_ADDRESS.contains(host) ? LOOPBACK : host) + ":" + server.port());
    this.token = token;
  }

  /** Starts a door of another kind. */
  public static Builder of(Simulator simulator) {
    return new Builder(simulator);
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
    return of(simulator).port(port).start();
  }

  static HttpSimulator start(Function<SimRequest, SimResponse> engine, int port) {
    return start(engine, LOOPBACK, requirePort(port), null);
  }

  private static HttpSimulator start(
      Function<SimRequest, SimResponse> engine,
      String host,
      int port,
      @Nullable ControlToken token,
      Extension... more) {
    WireMockServer server =
        new WireMockServer(
            settings(host, port)
                .extensions(new EngineStub(), new EngineTransformer(engine), new AdminGuard(token))
                .extensions(more));
    try {
      server.start();
    } catch (FatalStartupException e) {
      server.stop();
      throw new ConfigurationException(
          "The simulator cannot listen on port "
              + port
              + " of "
              + host
              + ", which is taken, needs more rights or is not of this machine; choose another, or"
              + " 0 for a free one",
          e);
    }
    return new HttpSimulator(server, host, token);
  }

  private static int requirePort(int port) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("A port is 0 to 65535, not " + port);
    }
    return port;
  }

  private static WireMockConfiguration settings(String host, int port) {
    return WireMockConfiguration.options()
        .bindAddress(host.replaceAll("[\\[\\]]", ""))
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
        .fileSource(new NoFiles());
  }

  /** Where it is, such as {@code http://127.0.0.1:8977}: what a client takes for Dfns' address. */
  public URI url() {
    return url;
  }

  /** Where the control API is, such as {@code http://127.0.0.1:8977/__admin/dfns}. */
  public URI controlUrl() {
    return url.resolve(CONTROL);
  }

  /** What the control API and WireMock's own ask for, if they ask for anything. */
  public Optional<ControlToken> controlToken() {
    return Optional.ofNullable(token);
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

  /** Collects what a door is made with. Not thread-safe. */
  public static final class Builder {
    private final Simulator simulator;
    private String host = LOOPBACK;
    private int port;
    private @Nullable ControlToken token;

    private Builder(Simulator simulator) {
      this.simulator = Objects.requireNonNull(simulator, "simulator");
    }

    /**
     * Sets the port; a free one unless set.
     *
     * @param value 1 to 65535, or 0 for a free one
     * @throws IllegalArgumentException for any other port
     */
    public Builder port(int value) {
      port = requirePort(value);
      return this;
    }

    /**
     * Sets the address that it listens on; 127.0.0.1 unless set.
     *
     * @param address a name or literal address of this machine, {@code 0.0.0.0} for all; not a URL
     * @throws IllegalArgumentException if it cannot be an address
     */
    public Builder bind(String address) {
      if (!address.matches("[A-Za-z0-9.-]+|\\[?[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\\]?")) {
        throw new IllegalArgumentException(
            "A door is bound to an address such as 0.0.0.0, not to " + address);
      }
      host = address.contains(":") && !address.startsWith("[") ? "[" + address + "]" : address;
      return this;
    }

    /**
     * Has the control API, and WireMock's own, ask for a token. A random one is made if the door is
     * bound to other addresses than loopback and this is not set.
     */
    public Builder controlToken(ControlToken value) {
      token = Objects.requireNonNull(value, "token");
      return this;
    }

    /**
     * Serves. Returns when requests are accepted.
     *
     * @throws ConfigurationException if the port is taken, or may not be used, or the address is
     *     not this machine's
     */
    public HttpSimulator start() {
      ControlToken needed = token;
      if (needed == null && !Hosts.isLoopback(URI.create("http://" + host))) {
        needed = ControlToken.random();
      }
      return HttpSimulator.start(
          simulator::handle, host, port, needed, new ControlRoutes(new ControlApi(simulator)));
    }
  }
}

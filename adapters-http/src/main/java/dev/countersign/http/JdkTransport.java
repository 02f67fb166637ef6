package dev.countersign.http;

import dev.countersign.error.ConfigurationException;
import dev.countersign.transport.Reply;
import dev.countersign.transport.Request;
import dev.countersign.transport.Transport;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A transport over {@code java.net.http}: HTTP/2 where TLS negotiates it, HTTP/1.1 in clear.
 *
 * <p>The deadline of a request covers everything from connecting to the last byte of the body,
 * which the JDK's own timeout does not (JDK-8258397). Compression is not asked for.
 *
 * <p>The JDK repeats some requests by itself, once: one whose connection could not be made, one
 * that an HTTP/2 server says it did not process (newer JDKs), and a {@code GET} on a kept
 * connection that turned out to be closed. None can have changed anything. {@code
 * jdk.httpclient.enableAllMethodRetry} would have it repeat transfers too, so a transport is not
 * built where that property is set. With {@code jdk.httpclient.HttpClient.log} the JDK logs
 * headers, hence tokens: do not set it in production.
 *
 * <p>Safe for use by several threads at once. There is nothing to close: an own {@link HttpClient}
 * ends its threads when it is no longer used. Requests of an own client are sent, and replies
 * given, on a few daemon threads of the transport's; whoever lets what follows a reply block one of
 * them holds others up. With a given client that is its executor's matter.
 */
public final class JdkTransport implements Transport {

  private static final String RETRY_PROPERTY = "jdk.httpclient.enableAllMethodRetry";

  private final HttpClient client;
  private final Executor threads;
  private final Deadlines deadlines = new Deadlines();
  private final int replyLimit;
  private final Clock clock;

  private JdkTransport(HttpClient client, Executor threads, int replyLimit, Clock clock) {
    this.client = client;
    this.threads = threads;
    this.replyLimit = replyLimit;
    this.clock = clock;
  }

  /** Starts a transport. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if a {@code GET} has a body, or a header is one that the JDK
   *     sets itself, such as {@code Host}
   * @throws IllegalStateException if plain {@code http} would go through a proxy of the given
   *     {@link HttpClient}
   */
  @Override
  public CompletableFuture<Reply> send(Request request) {
    requireNoProxyInClear(request.uri());
    RequestBody body = new RequestBody(request.body().orElse(new byte[0]));
    HttpRequest message = message(request, body);
    return new Exchange(request, body, replyLimit, clock).over(client, message, threads, deadlines);
  }

  private static HttpRequest message(Request request, RequestBody body) {
    HttpRequest.Builder message = HttpRequest.newBuilder(request.uri());
    if (isClear(request.uri())) {
      // the upgrade to HTTP/2 in clear confuses servers that do not know it
      message.version(HttpClient.Version.HTTP_1_1);
    }
    message.setHeader("User-Agent", UserAgent.VALUE);
    request.headers().forEach((name, value) -> header(message, name, value));
    if (!request.method().equals("GET")) {
      message.method(request.method(), body.contentLength() == 0 ? BodyPublishers.noBody() : body);
    } else if (request.body().isPresent()) {
      throw new IllegalArgumentException(
          "A GET has no body, but " + request.operation() + " was given one");
    }
    return message.build();
  }

  private static void header(HttpRequest.Builder message, String name, String value) {
    try {
      message.setHeader(name, value);
    } catch (IllegalArgumentException e) {
      // the JDK's message may quote the value
      throw new IllegalArgumentException(
          "The header " + name + " cannot be set on a request: the JDK sets or refuses it");
    }
  }

  /**
   * The client's own steps run where they arise: on the thread that sends, and on the one that
   * reads from sockets. Handing them over doubles what an exchange costs.
   */
  static void inPlace(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      // left alone, it would end the thread that reads from sockets
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  private void requireNoProxyInClear(URI uri) {
    ProxySelector selector = client.proxy().orElseGet(ProxySelector::getDefault);
    if (isClear(uri)
        && selector != null
        && selector.select(uri).stream().anyMatch(p -> p.type() == Proxy.Type.HTTP)) {
      throw new IllegalStateException(
          "The given HttpClient would send plain http for "
              + uri.getHost()
              + " to a proxy, the access token in clear; leave that host out of its ProxySelector");
    }
  }

  private static boolean isClear(URI uri) {
    return "http".equalsIgnoreCase(uri.getScheme());
  }

  /** Collects the settings of a transport. Not thread-safe. */
  public static final class Builder {

    private @Nullable HttpClient client;
    private @Nullable Duration connectTimeout;
    private @Nullable ProxySelector proxy;
    private int replyLimit = 16 * 1024 * 1024;
    private Clock clock = Clock.systemUTC();

    private Builder() {}

    /**
     * Sends over this client, in place of one of the transport's own. For TLS settings, proxy
     * authentication, or an executor. It stays the caller's.
     *
     * @throws ConfigurationException if it follows redirects, which would take the token along
     */
    public Builder client(HttpClient client) {
      if (client.followRedirects() != HttpClient.Redirect.NEVER) {
        throw new ConfigurationException(
            "The HttpClient follows redirects, which would take the access token to another host;"
                + " build it with followRedirects(Redirect.NEVER)");
      }
      this.client = client;
      return this;
    }

    /**
     * Sets how long the making of a connection may take; 10 seconds unless set.
     *
     * @throws IllegalArgumentException unless it is positive
     */
    public Builder connectTimeout(Duration timeout) {
      if (timeout.isNegative() || timeout.isZero()) {
        throw new IllegalArgumentException("A connect timeout is positive, not " + timeout);
      }
      this.connectTimeout = timeout;
      return this;
    }

    /**
     * Sets the proxies for {@code https}; the JVM's default unless set. Plain {@code http}, which
     * goes to this machine only, never takes a proxy.
     */
    public Builder proxy(ProxySelector proxy) {
      this.proxy = Objects.requireNonNull(proxy, "proxy");
      return this;
    }

    /**
     * Sets how many bytes the body of a reply may have; 16 MiB unless set.
     *
     * @throws IllegalArgumentException unless it is positive
     */
    public Builder replyLimit(int bytes) {
      if (bytes <= 0) {
        throw new IllegalArgumentException("A reply limit is positive, not " + bytes);
      }
      this.replyLimit = bytes;
      return this;
    }

    /** Sets the clock that says when a request was sent; the system's unless set. */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * The transport.
     *
     * @throws ConfigurationException if a client was given together with what only an own one has,
     *     or the JVM is set to repeat requests
     */
    public JdkTransport build() {
      String retry = System.getProperty(RETRY_PROPERTY);
      if (retry != null && (retry.isEmpty() || Boolean.parseBoolean(retry))) {
        throw new ConfigurationException(
            "The system property "
                + RETRY_PROPERTY
                + " makes the JDK repeat requests that change something; unset it");
      }
      if (client != null && (connectTimeout != null || proxy != null)) {
        throw new ConfigurationException(
            "A connect timeout and a proxy belong to the HttpClient: set them on the one that was"
                + " given, or give none");
      }
      return client != null
          ? new JdkTransport(client, Runnable::run, replyLimit, clock)
          : new JdkTransport(ownClient(), DaemonThreads.http(), replyLimit, clock);
    }

    private HttpClient ownClient() {
      return HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_2)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(connectTimeout != null ? connectTimeout : Duration.ofSeconds(10))
          .proxy(new LoopbackDirect(proxy))
          .executor(JdkTransport::inPlace)
          .build();
    }
  }
}

package dev.countersign.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.countersign.transport.TransportContract.Arrival;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** A server that speaks HTTP/2 over TLS and nothing else, with the certificate of the tests. */
final class Http2Server {

  private final Server server = new Server();
  private final ServerConnector connector;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> stalled = new CompletableFuture<>();
  private final CompletableFuture<Void> clientLeft = new CompletableFuture<>();

  private record Answer(int status, Map<String, List<String>> headers, String bodyLatin1) {}

  private Http2Server() {
    HttpConfiguration http = new HttpConfiguration();
    http.addCustomizer(new SecureRequestCustomizer());
    HTTP2ServerConnectionFactory h2 = new HTTP2ServerConnectionFactory(http);
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory("h2");
    alpn.setDefaultProtocol("h2");
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setSslContext(SelfSigned.context());
    connector = new ServerConnector(server, new SslConnectionFactory(tls, "alpn"), alpn, h2);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws IOException {
            answer(request, response, callback);
            return true;
          }
        });
  }

  static Http2Server start() throws Exception {
    Http2Server server = new Http2Server();
    server.server.start();
    return server;
  }

  private void answer(Request request, Response response, Callback callback) throws IOException {
    if (request.getHttpURI().getPath().equals("/stall")) {
      request.addFailureListener(
          failure -> {
            clientLeft.complete(null);
            callback.failed(failure);
          });
      stalled.complete(null);
      return;
    }
    Map<String, List<String>> headers = new TreeMap<>();
    for (HttpField field : request.getHeaders()) {
      headers.put(field.getName(), field.getValueList());
    }
    headers.put("protocol", List.of(request.getConnectionMetaData().getProtocol()));
    try (InputStream in = Content.Source.asInputStream(request)) {
      arrivals.add(
          new Arrival(
              request.getMethod(),
              request.getHttpURI().getPathQuery(),
              headers,
              in.readAllBytes()));
    }
    Answer answer = answers.get(request.getHttpURI().getPath());
    response.setStatus(answer.status());
    answer.headers().forEach((name, values) -> response.getHeaders().put(name, values));
    byte[] body = answer.bodyLatin1().getBytes(ISO_8859_1);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  URI url(String path) {
    return URI.create("https://localhost:" + connector.getLocalPort() + path);
  }

  URI serve(String path, int status, Map<String, List<String>> headers, byte[] body) {
    answers.put(path, new Answer(status, headers, new String(body, ISO_8859_1)));
    return url(path);
  }

  List<Arrival> arrivals() {
    return List.copyOf(arrivals);
  }

  /** Done once a request for {@code /stall}, which is never answered, has arrived. */
  CompletableFuture<Void> stalled() {
    return stalled;
  }

  /** Done once the client has reset that request. */
  CompletableFuture<Void> clientLeft() {
    return clientLeft;
  }

  void stop() throws Exception {
    server.stop();
  }
}

package dev.countersign.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.countersign.transport.TransportContract.Arrival;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A well-behaved server on this machine that answers what it is told and remembers what came. */
final class LocalServer implements AutoCloseable {

  private final HttpServer server;
  private final String address;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();

  private record Answer(int status, Map<String, List<String>> headers, String bodyLatin1) {}

  private LocalServer(String scheme, HttpServer server) throws IOException {
    this.server = server;
    server.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 100);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
    this.address = scheme + "://localhost:" + server.getAddress().getPort();
  }

  static LocalServer inClear() throws IOException {
    return new LocalServer("http", HttpServer.create());
  }

  static LocalServer withTls() throws IOException {
    HttpsServer server = HttpsServer.create();
    server.setHttpsConfigurator(new HttpsConfigurator(SelfSigned.context()));
    return new LocalServer("https", server);
  }

  URI serve(String path, int status, Map<String, List<String>> headers, byte[] body) {
    answers.put(path, new Answer(status, headers, latin1(body)));
    return URI.create(address + path);
  }

  List<Arrival> arrivals() {
    return List.copyOf(arrivals);
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      URI uri = exchange.getRequestURI();
      arrivals.add(
          new Arrival(
              exchange.getRequestMethod(), uri.toString(), exchange.getRequestHeaders(), body));
      Answer answer = answers.getOrDefault(uri.getRawPath(), new Answer(404, Map.of(), ""));
      answer.headers().forEach((name, values) -> exchange.getResponseHeaders().put(name, values));
      byte[] reply = answer.bodyLatin1().getBytes(ISO_8859_1);
      exchange.sendResponseHeaders(answer.status(), reply.length == 0 ? -1 : reply.length);
      if (reply.length > 0) {
        exchange.getResponseBody().write(reply);
      }
    }
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

package dev.countersign.simulator.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.simulator.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who receives webhooks on a port of this machine. */
final class Receiver implements AutoCloseable {

  /** What arrived. */
  record Received(String signature, String text) {

    JsonNode json() {
      return Json.parse(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)).orElseThrow();
    }
  }

  private final HttpServer server;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger status = new AtomicInteger(200);

  Receiver() throws IOException {
    this(0);
  }

  Receiver(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          received.add(
              new Received(
                  exchange.getRequestHeaders().getFirst("X-DFNS-WEBHOOK-SIGNATURE"),
                  new String(body, java.nio.charset.StandardCharsets.UTF_8)));
          if (status.get() >= 300 && status.get() < 400) {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
          }
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    server.start();
  }

  void answers(int code) {
    status.set(code);
  }

  List<Received> received() {
    return List.copyOf(received);
  }

  String url() {
    return "http://localhost:" + port() + "/hook";
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

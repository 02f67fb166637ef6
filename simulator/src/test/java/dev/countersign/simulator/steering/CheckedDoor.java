package dev.countersign.simulator.steering;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.door.HttpSimulator;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.spec.Routes;
import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** A door to the control API that holds each exchange against the description. */
final class CheckedDoor implements AutoCloseable {

  final Set<String> succeeded = new ConcurrentSkipListSet<>();
  final List<String> faults = new CopyOnWriteArrayList<>();

  private final ObjectNode document = ControlApi.document();
  private final Routes routes = Description.of(ControlApi.document()).routes();
  private final SchemaRegistry registry = SchemaRegistry.withDialect(Dialects.getDraft202012());
  private final ControlApi api;
  private final HttpServer server;

  CheckedDoor(Simulator simulator) throws IOException {
    api = new ControlApi(simulator);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(HttpSimulator.CONTROL, this::serve);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = exchange.getRequestURI().toString().substring(HttpSimulator.CONTROL.length());
      SimResponse response =
          send(
              SimRequest.of(
                  exchange.getRequestMethod(),
                  target,
                  exchange.getRequestHeaders(),
                  exchange.getRequestBody().readAllBytes()));
      response.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(
          response.status(), response.body().length == 0 ? -1 : response.body().length);
      exchange.getResponseBody().write(response.body());
    }
  }

  SimResponse send(String method, String target, String body) {
    return send(
        SimRequest.of(
            method, target, Map.of(), body.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  private SimResponse send(SimRequest request) {
    SimResponse response = api.handle(request);
    Optional<Routes.Match> match = routes.find(request.method(), request.path());
    match.ifPresent(it -> check(it, request, response));
    return response;
  }

  private void check(Routes.Match match, SimRequest request, SimResponse response) {
    JsonNode described =
        document
            .path("paths")
            .path(match.operation().path())
            .path(request.method().toLowerCase(Locale.ROOT));
    String what = match.operation().id() + " " + response.status() + ": ";
    if (response.status() < 300) {
      succeeded.add(match.operation().id());
      JsonNode schema = described.at("/requestBody/content/application~1json/schema");
      if (schema.isMissingNode() ? request.body().length > 0 : request.body().length == 0) {
        faults.add(what + "a body where there is none, or none where there is one");
      } else if (!schema.isMissingNode()) {
        validate(what + "request", schema, Json.parse(request.body()).orElseThrow());
      }
    }
    JsonNode answer =
        described
            .path("responses")
            .path(
                response.status() >= 400 && response.status() < 500
                    ? "4XX"
                    : String.valueOf(response.status()));
    if (answer.isMissingNode()) {
      faults.add(what + "no such status");
      return;
    }
    JsonNode content = answer.path("content");
    String type = response.headers().getOrDefault("Content-Type", "").split(";")[0];
    if (content.isMissingNode() ? response.body().length > 0 : !content.has(type)) {
      faults.add(what + "content type " + type);
    } else if (type.equals("application/json")) {
      validate(
          what + "answer",
          content.path(type).path("schema"),
          Json.parse(response.body()).orElseThrow());
    }
  }

  private void validate(String what, JsonNode schema, JsonNode value) {
    ObjectNode root = schema.deepCopy();
    root.set("components", document.path("components"));
    for (Error error : registry.getSchema(root).validate(value)) {
      faults.add(what + " " + error);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

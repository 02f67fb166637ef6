package dev.countersign.simulator.door;

import dev.countersign.http.JdkTransport;
import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import dev.countersign.transport.Transport;
import dev.countersign.transport.TransportContract;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;

/** The library's own client at the door: it finds what it would find at any server. */
class HttpSimulatorTransportTest extends TransportContract {

  private final Map<String, SimResponse> responses = new ConcurrentHashMap<>();
  private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
  private final HttpSimulator server = HttpSimulator.start(this::answer, 0);
  private final Transport transport = JdkTransport.builder().build();

  @AfterEach
  void close() {
    server.close();
  }

  @Override
  protected Transport transport() {
    return transport;
  }

  @Override
  protected URI serve(String path, int status, Map<String, List<String>> headers, byte[] body) {
    Map<String, String> first = new LinkedHashMap<>();
    headers.forEach((name, values) -> first.put(name, values.get(0)));
    responses.put(path, SimResponse.of(status, first, body));
    return URI.create(server.url() + path);
  }

  @Override
  protected List<Arrival> arrivals() {
    return arrivals;
  }

  private SimResponse answer(SimRequest request) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String name : List.of("Authorization", "Content-Type", "X-DFNS-USERACTION")) {
      request.header(name).ifPresent(value -> headers.put(name, List.of(value)));
    }
    String query = request.query().isEmpty() ? "" : "?" + request.query();
    arrivals.add(new Arrival(request.method(), request.path() + query, headers, request.body()));
    return responses.get(request.path());
  }
}

package dev.countersign.simulator.door;

import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** An engine that remembers what it was asked and answers what it was told. */
final class RecordingEngine implements Function<SimRequest, SimResponse> {

  private final List<SimRequest> requests = new CopyOnWriteArrayList<>();
  private final AtomicReference<SimResponse> response = new AtomicReference<>(text(200, "engine"));

  static SimResponse text(int status, String body) {
    return SimResponse.of(
        status, Map.of("Content-Type", "text/plain"), body.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public SimResponse apply(SimRequest request) {
    requests.add(request);
    return response.get();
  }

  void answers(SimResponse next) {
    response.set(next);
  }

  List<SimRequest> requests() {
    return requests;
  }

  SimRequest last() {
    return requests.get(requests.size() - 1);
  }
}

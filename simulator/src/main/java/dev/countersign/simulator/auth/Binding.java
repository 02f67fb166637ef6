package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Upload;
import dev.countersign.simulator.control.Switches.PayloadComparison;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.spec.Routes;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.wire.SimRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The request that a user action was signed for.
 *
 * @param method the HTTP method
 * @param path the path, perhaps with a query, which does not count
 * @param payload the body's text as it was signed
 */
record Binding(String method, String path, String payload) {

  static Binding of(Entity action) {
    return new Binding(
        action.hiddenText("method"), action.hiddenText("path"), action.hiddenText("payload"));
  }

  /** How a call differs from the signed request, if it does. */
  Optional<String> mismatch(Call call) {
    SimRequest request = call.request();
    String signed = "the user action covers " + method + " " + pathOnly();
    if (!method.equals(request.method()) || !samePath(request.path())) {
      return Optional.of(signed + ", not " + request.method() + " " + request.path());
    }
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    byte[] sent = Upload.payload(request);
    boolean same =
        call.tenant().switches().payloadComparison() == PayloadComparison.BYTES
            ? Arrays.equals(bytes, sent)
            : sameJson(bytes, call.json());
    if (same) {
      return Optional.empty();
    }
    int at = Arrays.mismatch(bytes, sent);
    return Optional.of(signed + ", its payload differs at byte " + at);
  }

  private String pathOnly() {
    int mark = path.indexOf('?');
    return mark < 0 ? path : path.substring(0, mark);
  }

  /** Some sign the percent-encoded path and some the plain one. */
  private boolean samePath(String requested) {
    return decoded(pathOnly()).equals(decoded(requested));
  }

  private static List<String> decoded(String path) {
    return path.isEmpty()
        ? List.of()
        : Routes.segments(path).stream().map(Routes::decoded).toList();
  }

  /** Some sign nothing and some {@code {}} for a request without body, and send the other. */
  private static boolean sameJson(byte[] signed, JsonNode body) {
    JsonNode payload =
        new String(signed, StandardCharsets.UTF_8).isBlank()
            ? Json.object()
            : Json.parse(signed).orElse(Json.object().nullNode());
    return Json.same(payload, body);
  }
}

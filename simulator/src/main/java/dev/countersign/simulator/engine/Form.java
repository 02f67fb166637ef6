package dev.countersign.simulator.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.spec.Operation;
import dev.countersign.simulator.spec.Routes;
import dev.countersign.simulator.wire.SimRequest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The form of a request: its body as JSON, its query as names and values. */
final class Form {

  private static final int LARGEST_BODY = 1024 * 1024;

  private Form() {}

  /** What is wrong with the form. */
  static Optional<Answer> fault(SimRequest request, Operation operation) {
    if (request.body().length > LARGEST_BODY) {
      return Optional.of(Answer.refused(400, "The body is larger than " + LARGEST_BODY + " bytes"));
    }
    if (isEmpty(request, operation)) {
      return Optional.empty();
    }
    String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (!type.startsWith("application/json") && !type.startsWith("multipart/form-data")) {
      return Optional.of(Answer.refused(400, "The Content-Type of a body is application/json"));
    }
    if (type.startsWith("application/json") && Json.parse(request.body()).isEmpty()) {
      return Optional.of(Answer.refused(400, "The body is not well-formed JSON"));
    }
    return Optional.empty();
  }

  /** The body of a request whose form has no fault; an object without fields if there is none. */
  static JsonNode body(SimRequest request, Operation operation) {
    return isEmpty(request, operation)
        ? Json.object()
        : Json.parse(request.body()).orElseGet(Json::object);
  }

  /** The query's names and their last values. */
  static Map<String, String> query(SimRequest request) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : request.query().split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        query.put(decoded(name), decoded(value));
      }
    }
    return query;
  }

  private static boolean isEmpty(SimRequest request, Operation operation) {
    return request.body().length == 0 || operation.method().equals("GET");
  }

  private static String decoded(String text) {
    return Routes.decoded(text.replace('+', ' '));
  }
}

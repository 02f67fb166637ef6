package dev.countersign.simulator.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Upload;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.spec.Operation;
import dev.countersign.simulator.spec.Routes;
import dev.countersign.simulator.wire.SimRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
    if (operation.file()) {
      return faultOfUpload(request);
    }
    String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (!type.startsWith("application/json")) {
      return Optional.of(Answer.refused(400, "The Content-Type of a body is application/json"));
    }
    if (Json.parse(request.body()).isEmpty()) {
      return Optional.of(Answer.refused(400, "The body is not well-formed JSON"));
    }
    return Optional.empty();
  }

  private static Optional<Answer> faultOfUpload(SimRequest request) {
    Optional<Upload> upload = Upload.of(request);
    if (upload.isEmpty()) {
      return Optional.of(
          Answer.refused(400, "The body is multipart/form-data with the parts data and file"));
    }
    Optional<JsonNode> data = Json.parse(upload.get().data());
    if (data.isEmpty()) {
      return Optional.of(Answer.refused(400, "The part data is not well-formed JSON"));
    }
    return data.get().path("fileChecksum").asText().equals(upload.get().checksum())
        ? Optional.empty()
        : Optional.of(
            Answer.refused(400, "fileChecksum: must be the SHA-256 of the file in hexadecimal"));
  }

  /** The body of a request whose form has no fault; an object without fields if there is none. */
  static JsonNode body(SimRequest request, Operation operation) {
    return isEmpty(request, operation)
        ? Json.object()
        : Json.parse(operation.file() ? Upload.payload(request) : request.body())
            .orElseGet(Json::object);
  }

  /** The query's names and their values, in their order. */
  static Map<String, List<String>> query(SimRequest request) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String pair : request.query().split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        query.computeIfAbsent(decoded(name), it -> new ArrayList<>()).add(decoded(value));
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

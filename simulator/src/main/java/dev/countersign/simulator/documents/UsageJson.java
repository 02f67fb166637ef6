package dev.countersign.simulator.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.usage.Coverage;
import dev.countersign.simulator.usage.Usage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Coverage and usage as JSON. */
public final class UsageJson {

  private static final String LOST = "lost";

  private UsageJson() {}

  /** A coverage: operations with how often they were answered with each status. */
  public static ObjectNode write(Coverage coverage) {
    ObjectNode touched = Json.object();
    coverage
        .touched()
        .forEach(
            (operation, statuses) -> {
              ObjectNode counts = touched.putObject(operation);
              statuses.forEach(
                  (status, count) ->
                      counts.put(status == Coverage.LOST ? LOST : Integer.toString(status), count));
            });
    ObjectNode json = Json.object();
    json.set("touched", touched);
    json.set("untouched", Json.texts(coverage.untouched()));
    return json;
  }

  /** A coverage as it was written. */
  public static Coverage coverage(JsonNode json) {
    Map<String, Map<Integer, Long>> answers = new TreeMap<>();
    json.path("touched")
        .properties()
        .forEach(
            operation ->
                operation
                    .getValue()
                    .properties()
                    .forEach(
                        status ->
                            answers
                                .computeIfAbsent(operation.getKey(), it -> new TreeMap<>())
                                .put(status(status.getKey()), status.getValue().asLong())));
    return new Coverage(texts(json.path("untouched")), answers);
  }

  /** A usage, with what follows from it. */
  public static ObjectNode write(Usage usage) {
    ObjectNode json =
        Json.object()
            .put("identity", usage.identity())
            .put("name", usage.name())
            .put("kind", usage.kind());
    json.set("granted", Json.texts(usage.granted()));
    json.set("used", Json.texts(usage.used()));
    json.set("unused", Json.texts(usage.unused()));
    json.set("lacked", Json.texts(usage.lacked()));
    json.set(
        "leastPrivilege",
        Json.parse(usage.leastPrivilege().getBytes(StandardCharsets.UTF_8)).orElseThrow());
    return json;
  }

  /** A usage as it was written. */
  public static Usage usage(JsonNode json) {
    return new Usage(
        json.path("identity").asText(),
        json.path("name").asText(),
        json.path("kind").asText(),
        texts(json.path("granted")),
        texts(json.path("used")),
        texts(json.path("lacked")));
  }

  private static int status(String text) {
    return text.equals(LOST) ? Coverage.LOST : Integer.parseInt(text);
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).toList();
  }
}

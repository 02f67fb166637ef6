package dev.countersign.simulator.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an operation or a check answers. Immutable. */
public final class Answer {

  private static final String JSON = "application/json";

  private final int status;
  private final String type;
  private final @Nullable JsonNode body;
  private final String reason;
  private final boolean kept;
  private final @Nullable Supplier<JsonNode> later;
  private final Map<String, String> headers;

  private Answer(int status, @Nullable JsonNode body, String reason, boolean kept) {
    this(status, JSON, body, reason, kept, null, Map.of());
  }

  private Answer(
      int status,
      String type,
      @Nullable JsonNode body,
      String reason,
      boolean kept,
      @Nullable Supplier<JsonNode> later,
      Map<String, String> headers) {
    this.status = status;
    this.type = type;
    this.body = body;
    this.reason = reason;
    this.kept = kept;
    this.later = later;
    this.headers = headers;
  }

  /** 200. */
  public static Answer ok(JsonNode body) {
    return new Answer(200, body, "", true);
  }

  /** 200 and text, such as {@code text/csv}. */
  public static Answer text(String type, String text) {
    return new Answer(200, type, Json.object().textNode(text), "", true, null, Map.of());
  }

  /** 202: accepted, and waiting for an approval. */
  public static Answer accepted(JsonNode body) {
    return new Answer(202, body, "waits for an approval", true);
  }

  /** 204. */
  public static Answer noContent() {
    return new Answer(204, null, "", true);
  }

  /** A refusal; whatever the operation changed is taken back. */
  public static Answer refused(int status, String message) {
    ObjectNode error = Json.object().put("status", status).put("message", message);
    return new Answer(status, Json.object().set("error", error), message, false);
  }

  /**
   * This refusal with its reason: for the decision log, and for the {@code reason} in the details.
   * It must not hold a secret.
   */
  public Answer because(String why) {
    Answer detailed = detail("reason", Json.object().textNode(why));
    return new Answer(status, type, detailed.body, why, kept, later, headers);
  }

  /** This refusal with a detail. */
  public Answer detail(String name, JsonNode value) {
    if (body == null) {
      return this;
    }
    ObjectNode copy = body.deepCopy();
    ((ObjectNode) copy.get("error")).withObject("details").set(name, value);
    return new Answer(status, type, copy, reason, kept, later, headers);
  }

  /** This refusal with a detail. */
  public Answer detail(String name, String value) {
    return detail(name, Json.object().textNode(value));
  }

  /** This refusal, but what the operation changed stays. */
  public Answer keepingChanges() {
    return new Answer(status, type, body, reason, true, later, headers);
  }

  /**
   * This with a body that is made when the operation's changes are there for everybody and nobody
   * waits for the organisation.
   */
  public Answer afterwards(Supplier<JsonNode> work) {
    return new Answer(status, type, body, reason, kept, work, headers);
  }

  /** This with the body that was to be made afterwards. */
  public Answer completed() {
    return later == null
        ? this
        : new Answer(status, type, later.get(), reason, kept, null, headers);
  }

  /** This with a header. */
  public Answer header(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new Answer(status, type, body, reason, kept, later, Map.copyOf(more));
  }

  /** Its headers, besides the content type. */
  public Map<String, String> headers() {
    return headers;
  }

  /** Whether its body is still to be made. */
  public boolean isUnfinished() {
    return later != null;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The content type of the body. */
  public String type() {
    return type;
  }

  /** The body, if there is one; of a text, a JSON string. */
  public Optional<JsonNode> body() {
    return Optional.ofNullable(body);
  }

  /** Why, for the decision log; may be empty. */
  public String reason() {
    return reason;
  }

  /** Whether what the operation changed stays. */
  public boolean kept() {
    return kept;
  }
}

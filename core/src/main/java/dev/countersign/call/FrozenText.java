package dev.countersign.call;

import dev.countersign.action.UserAction;
import dev.countersign.error.ProtocolException;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonCodec;
import dev.countersign.json.JsonNull;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.JsonValue;
import dev.countersign.json.SecretNames;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A frozen request as JSON text: {@code frozen} is the version of this format, {@code payload} and
 * {@code body} are base64; a body that is the payload itself is not written twice.
 */
final class FrozenText {

  private static final String VERSION = "frozen";

  /** A query as {@link Arguments} encodes it. */
  private static final Pattern QUERY = Pattern.compile("([A-Za-z0-9._~=&-]|%[0-9A-F]{2})*");

  /** An upload's content type, which goes into a header as it is. */
  private static final Pattern UPLOAD = Pattern.compile("multipart/form-data;[ -~]*[!-~]");

  private FrozenText() {}

  static String write(UserAction action, JsonCodec codec) {
    requireNoSecret(action, codec);
    JsonObject.Builder json =
        JsonObject.builder()
            .put(VERSION, JsonNumber.of(1))
            .put("operation", JsonString.of(action.operation()))
            .put("method", JsonString.of(action.method()))
            .put("path", JsonString.of(action.path()))
            .put("query", JsonString.of(action.query()));
    if (action.body().isPresent()) {
      byte[] body = action.body().get();
      json.put("contentType", JsonString.of(action.contentType().orElseThrow()))
          .put("payload", base64(action.payload()));
      if (!Arrays.equals(body, action.payload())) {
        json.put("body", base64(body));
      }
    }
    return new String(codec.write(json.build()), StandardCharsets.UTF_8);
  }

  static UserAction read(Operation<?> operation, String text, JsonCodec codec) {
    JsonObject json = object(text, codec);
    String name = text(json, "operation");
    String method = text(json, "method");
    String path = text(json, "path");
    String query = text(json, "query");
    if (!name.equals(operation.name())
        || !method.equals(operation.method())
        || !operation.matches(path)
        || !QUERY.matcher(query).matches()) {
      throw new IllegalArgumentException(
          "The frozen call is one of "
              + name
              + " and cannot be resumed as "
              + operation.name()
              + ", or its method, path or query does not fit");
    }
    Optional<String> contentType = json.text("contentType");
    if (contentType.isEmpty()) {
      return UserAction.withoutBody(name, method, path, query);
    }
    byte[] payload = json(bytes(json, "payload"), codec);
    String type = contentType.get();
    boolean isUpload = json.has("body");
    if (isUpload ? !UPLOAD.matcher(type).matches() : !type.equals("application/json")) {
      throw new IllegalArgumentException(
          "The frozen call's 'contentType' is not that of " + (isUpload ? "an upload" : "JSON"));
    }
    return isUpload
        ? UserAction.withMultipart(name, method, path, query, payload, type, bytes(json, "body"))
        : UserAction.withJson(name, method, path, query, payload);
  }

  /** What is signed is JSON, also beside a file. */
  private static byte[] json(byte[] payload, JsonCodec codec) {
    try {
      codec.parse(payload);
      return payload;
    } catch (ProtocolException e) {
      throw new IllegalArgumentException(
          "The frozen call's 'payload' is not JSON: " + e.getMessage());
    }
  }

  private static JsonObject object(String text, JsonCodec codec) {
    try {
      if (codec.parse(text.getBytes(StandardCharsets.UTF_8)) instanceof JsonObject json
          && json.get(VERSION) instanceof JsonNumber version
          && version.equals(JsonNumber.of(1))) {
        return json;
      }
    } catch (ProtocolException e) {
      throw new IllegalArgumentException("The frozen call is not JSON: " + e.getMessage());
    }
    throw new IllegalArgumentException(
        "This is no frozen call of a known version; give resume() what freeze() gave");
  }

  private static String text(JsonObject json, String name) {
    return json.text(name)
        .orElseThrow(
            () -> new IllegalArgumentException("The frozen call has no text '" + name + "'"));
  }

  private static byte[] bytes(JsonObject json, String name) {
    try {
      return Base64.getDecoder().decode(text(json, name));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("The frozen call's '" + name + "' is not base64");
    }
  }

  private static JsonString base64(byte[] bytes) {
    return JsonString.of(Base64.getEncoder().encodeToString(bytes));
  }

  private static void requireNoSecret(UserAction action, JsonCodec codec) {
    if (action.payload().length == 0) {
      return;
    }
    secret(codec.parse(action.payload()))
        .ifPresent(
            name -> {
              throw new IllegalStateException(
                  "The body of "
                      + action.operation()
                      + " holds the secret '"
                      + name
                      + "', which does not belong into storage; complete the call in this process");
            });
  }

  private static Optional<String> secret(JsonValue value) {
    if (value instanceof JsonArray array) {
      return array.elements().stream().flatMap(element -> secret(element).stream()).findFirst();
    }
    if (value instanceof JsonObject object) {
      return object.names().stream()
          .flatMap(
              name ->
                  SecretNames.contains(name) && object.get(name) != JsonNull.NULL
                      ? Optional.of(name).stream()
                      : Optional.ofNullable(object.get(name)).flatMap(FrozenText::secret).stream())
          .findFirst();
    }
    return Optional.empty();
  }
}

package dev.countersign.call;

import dev.countersign.action.UserAction;
import dev.countersign.json.JsonCodec;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** Serialises what a call is to send, once. */
final class FrozenRequests {

  /** A boundary has at most 70 characters (RFC 2046, 5.1.1). */
  private static final int CHECKSUM_IN_BOUNDARY = 32;

  private FrozenRequests() {}

  static UserAction freeze(
      Operation<?> operation, Arguments arguments, JsonCodec codec, RandomGenerator random) {
    String path = arguments.encodedPath(operation.path());
    String query = arguments.encodedQuery();
    if (arguments.file().isPresent()) {
      return multipart(operation, path, query, arguments, codec);
    }
    if (arguments.body().isEmpty()) {
      return UserAction.withoutBody(operation.name(), operation.method(), path, query);
    }
    JsonValue body = arguments.body().get();
    byte[] json = codec.write(operation.isIdempotent() ? ExternalIds.in(body, random) : body);
    return UserAction.withJson(operation.name(), operation.method(), path, query, json);
  }

  /**
   * An upload: part {@code data} is the JSON with the file's checksum, which is what is signed, and
   * part {@code file} the file (protocol of the key-store endpoints). The boundary is made from the
   * checksum, so the same upload is the same bytes.
   */
  private static UserAction multipart(
      Operation<?> operation, String path, String query, Arguments arguments, JsonCodec codec) {
    byte[] file = arguments.file().orElseThrow();
    String checksum = Sha256.hex(file);
    JsonValue body = arguments.body().orElse(JsonObject.empty());
    if (!(body instanceof JsonObject data)) {
      throw new IllegalArgumentException(
          "The data beside an upload is a JSON object, not " + body.describe());
    }
    byte[] payload =
        codec.write(data.toBuilder().put("fileChecksum", JsonString.of(checksum)).build());
    String boundary = "countersign-" + checksum.substring(0, CHECKSUM_IN_BOUNDARY);
    ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + file.length + 512);
    part(out, boundary, "name=\"data\"", "application/json", payload);
    part(out, boundary, "name=\"file\"; filename=\"file\"", "application/octet-stream", file);
    ascii(out, "--" + boundary + "--\r\n");
    return UserAction.withMultipart(
        operation.name(),
        operation.method(),
        path,
        query,
        payload,
        "multipart/form-data; boundary=" + boundary,
        out.toByteArray());
  }

  private static void part(
      ByteArrayOutputStream out, String boundary, String disposition, String type, byte[] bytes) {
    ascii(out, "--" + boundary + "\r\n");
    ascii(out, "Content-Disposition: form-data; " + disposition + "\r\n");
    ascii(out, "Content-Type: " + type + "\r\n\r\n");
    out.writeBytes(bytes);
    ascii(out, "\r\n");
  }

  private static void ascii(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}

package dev.countersign.action;

import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A frozen request: what is signed and what is sent, serialised once. Immutable.
 *
 * <p>For a JSON body the signed payload and the body are one array of bytes. For a multipart body
 * the payload is the JSON of its {@code data} part. Without a body the payload is the empty text.
 */
public final class UserAction {

  private static final byte[] NOTHING = new byte[0];

  private final String operation;
  private final String method;
  private final String path;
  private final String query;
  private final byte[] payload;
  private final @Nullable String contentType;
  private final byte @Nullable [] body;

  private UserAction(
      String operation,
      String method,
      String path,
      String query,
      byte[] payload,
      @Nullable String contentType,
      byte @Nullable [] body) {
    this.operation = Objects.requireNonNull(operation, "operation");
    this.method = Objects.requireNonNull(method, "method");
    this.path = Objects.requireNonNull(path, "path");
    this.query = Objects.requireNonNull(query, "query");
    this.payload = payload;
    this.contentType = contentType;
    this.body = body;
  }

  /**
   * A request without a body.
   *
   * @param path the percent-encoded path, without query
   * @param query the percent-encoded query without question mark, or empty
   */
  public static UserAction withoutBody(String operation, String method, String path, String query) {
    return new UserAction(operation, method, path, query, NOTHING, null, null);
  }

  /** A request with a JSON body; the array belongs to the action from now on. */
  public static UserAction withJson(
      String operation, String method, String path, String query, byte[] json) {
    return new UserAction(operation, method, path, query, json, "application/json", json);
  }

  /** A request whose body is not what is signed; the arrays belong to the action from now on. */
  public static UserAction withMultipart(
      String operation,
      String method,
      String path,
      String query,
      byte[] payload,
      String contentType,
      byte[] body) {
    return new UserAction(operation, method, path, query, payload, contentType, body);
  }

  /** The operation's name in the API, such as {@code createWallet}. */
  public String operation() {
    return operation;
  }

  /** The HTTP method in upper case. */
  public String method() {
    return method;
  }

  /** The percent-encoded path, without query: what is signed. */
  public String path() {
    return path;
  }

  /** The percent-encoded query without question mark, or empty. It is sent and not signed. */
  public String query() {
    return query;
  }

  /** The bytes that are signed; empty without a body. Not a copy: do not change them. */
  public byte[] payload() {
    return payload;
  }

  /** The content type of the body, if there is a body. */
  public Optional<String> contentType() {
    return Optional.ofNullable(contentType);
  }

  /** The bytes that are sent, if there is a body. Not a copy: do not change them. */
  public Optional<byte[]> body() {
    return Optional.ofNullable(body);
  }

  /** The body of {@code POST /auth/action/init} that asks for a challenge for this request. */
  public JsonObject challengeRequest() {
    return JsonObject.builder()
        .put("userActionPayload", JsonString.of(new String(payload, StandardCharsets.UTF_8)))
        .put("userActionHttpMethod", JsonString.of(method))
        .put("userActionHttpPath", JsonString.of(path))
        .build();
  }

  /** Operation, method and path; never the payload. */
  @Override
  public String toString() {
    return operation + " " + method + " " + path;
  }
}

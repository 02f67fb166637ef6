package dev.countersign.transport;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to Dfns. Immutable; prints neither header values nor body.
 *
 * <p>Plain {@code http} is refused here, once for all adapters, except to a loopback host: a token
 * never travels in clear.
 */
public final class Request {

  private final String operation;
  private final String method;
  private final URI uri;
  private final Map<String, String> headers;
  private final byte @Nullable [] body;
  private final Duration timeout;

  private Request(Builder builder) {
    this.operation = builder.operation;
    this.method = builder.method;
    this.uri = builder.uri;
    this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(builder.headers));
    this.body = builder.body;
    this.timeout = builder.timeout;
  }

  /**
   * Starts a request.
   *
   * @param operation what it is for, to name in errors, such as {@code transferAsset}
   * @param method the HTTP method in upper case
   * @param uri an absolute {@code https} URI, or {@code http} to a loopback host
   * @throws IllegalArgumentException for any other URI or method
   */
  public static Builder of(String operation, String method, URI uri) {
    return new Builder(operation, method, uri);
  }

  /** What this request is for. */
  public String operation() {
    return operation;
  }

  /** The HTTP method in upper case. */
  public String method() {
    return method;
  }

  /** Where it goes. */
  public URI uri() {
    return uri;
  }

  /**
   * Header names and values in their order, one value a name; unmodifiable. The values may be
   * secret.
   */
  public Map<String, String> headers() {
    return headers;
  }

  /** The body's bytes as they will be sent, if there is a body. Not a copy: do not change them. */
  public Optional<byte[]> body() {
    return Optional.ofNullable(body);
  }

  /** How long the whole exchange may take, from connecting to the last byte of the body. */
  public Duration timeout() {
    return timeout;
  }

  /** Method, URI without query, and the names of the headers. */
  @Override
  public String toString() {
    return operation
        + " "
        + method
        + " "
        + uri.getScheme()
        + "://"
        + uri.getRawAuthority()
        + uri.getRawPath()
        + " "
        + headers.keySet()
        + (body == null ? "" : " " + body.length + " bytes");
  }

  /** Collects a request. Not thread-safe. */
  public static final class Builder {
    private final String operation;
    private final String method;
    private final URI uri;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private byte @Nullable [] body;
    private Duration timeout = Duration.ofSeconds(30);

    private Builder(String operation, String method, URI uri) {
      this.operation = Objects.requireNonNull(operation, "operation");
      this.method = requireMethod(method);
      this.uri = Hosts.requireSecure(uri);
    }

    /**
     * Sets a header, in place of one of the same name.
     *
     * @throws IllegalArgumentException if name or value hold a character that no header may hold;
     *     the message gives the position and never the value
     */
    public Builder header(String name, String value) {
      HeaderText.requireName(name);
      HeaderText.requireValue("The value of the header " + name, value);
      headers
          .keySet()
          .removeIf(n -> n.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)));
      headers.put(name, value);
      return this;
    }

    /** Sets the body, which belongs to the request from now on, with its content type. */
    public Builder body(String contentType, byte[] bytes) {
      this.body = Objects.requireNonNull(bytes, "bytes");
      return header("Content-Type", contentType);
    }

    /**
     * Sets the timeout of the whole exchange; 30 seconds unless set.
     *
     * @throws IllegalArgumentException unless it is positive
     */
    public Builder timeout(Duration timeout) {
      if (timeout.isNegative() || timeout.isZero()) {
        throw new IllegalArgumentException("A timeout is positive, not " + timeout);
      }
      this.timeout = timeout;
      return this;
    }

    /** The request. */
    public Request build() {
      return new Request(this);
    }

    private static String requireMethod(String method) {
      if (method.isEmpty() || !method.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
        throw new IllegalArgumentException("An HTTP method is one word in upper case");
      }
      return method;
    }
  }
}

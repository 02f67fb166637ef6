package dev.countersign.simulator.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One request as it arrived at a door. Immutable; prints neither header values nor body. */
public final class SimRequest {

  private final String method;
  private final String path;
  private final String query;
  private final Map<String, List<String>> headers;
  private final byte[] body;

  private SimRequest(
      String method, String path, String query, Map<String, List<String>> headers, byte[] body) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.headers = headers;
    this.body = body;
  }

  /**
   * A request.
   *
   * @param method the HTTP method; its case does not matter
   * @param target path and query as they stood on the request line, with their percent-encoding,
   *     such as {@code /wallets?limit=2}
   * @param headers names and values; the names' case does not matter
   * @param body the body's bytes, which belong to the request from now on; none if there is no body
   * @throws IllegalArgumentException unless the target starts with a slash
   */
  public static SimRequest of(
      String method, String target, Map<String, List<String>> headers, byte[] body) {
    if (!target.startsWith("/")) {
      throw new IllegalArgumentException("A request's target starts with /, not with " + target);
    }
    int mark = target.indexOf('?');
    Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, values) -> copy.merge(name, List.copyOf(values), SimRequest::joined));
    return new SimRequest(
        method.toUpperCase(Locale.ROOT),
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? "" : target.substring(mark + 1),
        Collections.unmodifiableMap(copy),
        Objects.requireNonNull(body, "body"));
  }

  /** A request whose headers have one value each. */
  public static SimRequest single(
      String method, String target, Map<String, String> headers, byte[] body) {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    headers.forEach((name, value) -> lists.merge(name, List.of(value), SimRequest::joined));
    return of(method, target, lists, body);
  }

  private static List<String> joined(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** The method in upper case. */
  public String method() {
    return method;
  }

  /** The path without query, with its percent-encoding. */
  public String path() {
    return path;
  }

  /** The query without its question mark, with its percent-encoding; empty if there is none. */
  public String query() {
    return query;
  }

  /** The first value of a header, whatever the case of its name. */
  public Optional<String> header(String name) {
    List<String> values = headers.get(name);
    return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
  }

  /** The body's bytes. Not a copy: do not change them. */
  public byte[] body() {
    return body;
  }

  /** Method and path, the names of the headers and the size of the body. */
  @Override
  public String toString() {
    return method + " " + path + " " + headers.keySet() + " " + body.length + " bytes";
  }
}

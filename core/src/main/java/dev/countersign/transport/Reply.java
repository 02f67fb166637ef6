package dev.countersign.transport;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What came back for a request. Immutable; prints neither header values nor body. */
public final class Reply {

  private final int status;
  private final Map<String, List<String>> headers;
  private final byte[] body;

  private Reply(int status, Map<String, List<String>> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** A reply with its status, headers and body, which belongs to the reply from now on. */
  public static Reply of(int status, Map<String, List<String>> headers, byte[] body) {
    Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    return new Reply(status, Collections.unmodifiableMap(copy), body);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The first value of a header, whatever the case of its name. */
  public Optional<String> header(String name) {
    List<String> values = headers.get(name);
    return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
  }

  /** The body's bytes, none if there was no body. Not a copy: do not change them. */
  public byte[] body() {
    return body;
  }

  /** The status, the names of the headers and the size of the body. */
  @Override
  public String toString() {
    return status + " " + headers.keySet() + " " + body.length + " bytes";
  }
}

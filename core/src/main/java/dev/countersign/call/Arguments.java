package dev.countersign.call;

import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one call of an operation is given: path parameters, query, body, file. Immutable. */
public final class Arguments {

  private static final Arguments NONE = new Arguments(List.of(), List.of(), null, null);
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private final List<String> path;
  private final List<String> query;
  private final @Nullable JsonValue body;
  private final byte @Nullable [] file;

  private Arguments(
      List<String> path, List<String> query, @Nullable JsonValue body, byte @Nullable [] file) {
    this.path = path;
    this.query = query;
    this.body = body;
    this.file = file;
  }

  /** No arguments. */
  public static Arguments none() {
    return NONE;
  }

  /**
   * The values of the path's parameters, in their order, not encoded.
   *
   * @throws IllegalArgumentException if one is empty, {@code .} or {@code ..}
   */
  public static Arguments path(String... values) {
    List<String> path = List.of(values);
    for (String value : path) {
      if (value.isEmpty() || value.equals(".") || value.equals("..")) {
        throw new IllegalArgumentException("An id in the path cannot be '" + value + "'");
      }
    }
    return new Arguments(path, List.of(), null, null);
  }

  /** These arguments and one more query parameter, not encoded. */
  public Arguments query(String name, String value) {
    List<String> more = new ArrayList<>(query);
    more.add(encode(name) + "=" + encode(value));
    return new Arguments(path, List.copyOf(more), body, file);
  }

  /** These arguments without the query parameter of a name, and with this value instead. */
  public Arguments replaceQuery(String name, String value) {
    List<String> others = new ArrayList<>(query);
    others.removeIf(pair -> pair.startsWith(encode(name) + "="));
    return new Arguments(path, List.copyOf(others), body, file).query(name, value);
  }

  /**
   * These arguments and all members of an object as query parameters: strings, numbers and
   * booleans. An array of them gives the parameter once for each.
   */
  public Arguments query(JsonObject parameters) {
    Arguments all = this;
    for (String name : parameters.names()) {
      for (String value : QueryText.all(parameters.get(name))) {
        all = all.query(name, value);
      }
    }
    return all;
  }

  /** These arguments and a JSON body. */
  public Arguments body(JsonValue body) {
    return new Arguments(path, query, Objects.requireNonNull(body, "body"), file);
  }

  /**
   * These arguments and a file that is uploaded beside the body, as parts {@code data} and {@code
   * file} of a multipart body. The array is not copied: do not change it.
   */
  public Arguments file(byte[] file) {
    return new Arguments(path, query, body, Objects.requireNonNull(file, "file"));
  }

  /** The body, if there is one. */
  public Optional<JsonValue> body() {
    return Optional.ofNullable(body);
  }

  /** The file, if there is one. */
  public Optional<byte[]> file() {
    return Optional.ofNullable(file);
  }

  /** The query, encoded, without question mark; empty if there is none. */
  String encodedQuery() {
    return String.join("&", query);
  }

  /** The path of an operation with these values in it, encoded. */
  String encodedPath(String template) {
    StringBuilder out = new StringBuilder();
    int next = 0;
    int from = 0;
    for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', from)) {
      if (next == path.size()) {
        throw new IllegalArgumentException("Too few values for the path " + template);
      }
      out.append(template, from, open).append(encode(path.get(next++)));
      from = template.indexOf('}', open) + 1;
    }
    if (next != path.size()) {
      throw new IllegalArgumentException("Too many values for the path " + template);
    }
    return out.append(template, from, template.length()).toString();
  }

  /** Percent-encodes all but RFC 3986's unreserved characters, as UTF-8. */
  private static String encode(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b > 0 && UNRESERVED.indexOf(b) >= 0) {
        out.append((char) b);
      } else {
        out.append('%')
            .append(Character.toUpperCase(Character.forDigit(b >> 4 & 0xf, 16)))
            .append(Character.toUpperCase(Character.forDigit(b & 0xf, 16)));
      }
    }
    return out.toString();
  }

  /** What there is, without values. */
  @Override
  public String toString() {
    return "Arguments("
        + path.size()
        + " in the path, "
        + query.size()
        + " in the query"
        + (body == null ? "" : ", a body")
        + (file == null ? "" : ", a file")
        + ")";
  }
}

package dev.countersign.simulator.call;

import dev.countersign.simulator.wire.SimRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A multipart body as the key-store endpoints take it: the part {@code data} is JSON and what a
 * user action covers, the part {@code file} is the file. Immutable; does not print its parts.
 */
public final class Upload {

  private static final Pattern BOUNDARY =
      Pattern.compile("multipart/form-data\\s*;.*boundary=\"?([^\";]{1,70})\"?.*", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("[;\\s]name=\"([^\"]*)\"");
  private static final String END_OF_HEADERS = "\r\n\r\n";

  private final byte[] data;
  private final byte[] file;

  private Upload(byte[] data, byte[] file) {
    this.data = data;
    this.file = file;
  }

  /** The upload in a request, or nothing if it is cut off, or has other parts than these two. */
  public static Optional<Upload> of(SimRequest request) {
    Matcher boundary = BOUNDARY.matcher(request.header("Content-Type").orElse(""));
    if (!boundary.matches()) {
      return Optional.empty();
    }
    Map<String, String> parts = parts(request.body(), "\r\n--" + boundary.group(1));
    String data = parts.get("data");
    String file = parts.get("file");
    return data == null || file == null || parts.size() != 2
        ? Optional.empty()
        : Optional.of(new Upload(bytes(data), bytes(file)));
  }

  /** The bytes of a request that a user action covers: an upload's data, else the body. */
  public static byte[] payload(SimRequest request) {
    return of(request).map(Upload::data).orElseGet(request::body);
  }

  /** The bytes of the part {@code data}. Not a copy: do not change them. */
  public byte[] data() {
    return data;
  }

  /** The file's SHA-256 in lower-case hexadecimal digits. */
  public String checksum() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java runtime has no SHA-256", e);
    }
  }

  /** The parts by their names, a character for each byte; none unless the last one is closed. */
  private static Map<String, String> parts(byte[] body, String delimiter) {
    Map<String, String> parts = new HashMap<>();
    String text = "\r\n" + new String(body, StandardCharsets.ISO_8859_1);
    int from = text.startsWith(delimiter) ? delimiter.length() : text.length();
    for (int end = text.indexOf(delimiter, from); end >= 0; end = text.indexOf(delimiter, from)) {
      String part = text.substring(from, end);
      int headers = part.indexOf(END_OF_HEADERS);
      Matcher name = NAME.matcher(headers < 0 ? "" : part.substring(0, headers));
      if (!name.find()
          || parts.put(name.group(1), part.substring(headers + END_OF_HEADERS.length())) != null) {
        return Map.of();
      }
      from = end + delimiter.length();
    }
    return text.startsWith("--", from) ? parts : Map.of();
  }

  private static byte[] bytes(String part) {
    return part.getBytes(StandardCharsets.ISO_8859_1);
  }
}

package dev.countersign.signing;

import dev.countersign.error.ConfigurationException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The one string of configuration that chooses a signer plugin and a key: {@code
 * scheme:path?attribute=value&…}, such as {@code pem:/run/secrets/dfns.pem} or {@code
 * pkcs11:token=dfns;object=api-key?pin-source=file:/run/secrets/pin}.
 *
 * <p>A secret has no place in it: attributes such as {@code pin-value} or {@code passphrase} are
 * refused in favour of those that name a file or an environment variable.
 */
public final class SignerUri {

  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*");
  private static final Set<String> SECRETS =
      Set.of("pin-value", "pin", "passphrase", "password", "passwd", "secret", "token-value");

  private final String scheme;
  private final String rawPath;
  private final Map<String, String> attributes;

  private SignerUri(String scheme, String rawPath, Map<String, String> attributes) {
    this.scheme = scheme;
    this.rawPath = rawPath;
    this.attributes = attributes;
  }

  /**
   * Reads a signer URI.
   *
   * @throws ConfigurationException if it has no scheme, a wrong percent-encoding, an attribute
   *     without a value, the same attribute twice, or an attribute that would hold a secret; the
   *     message names the attribute and never its value
   */
  public static SignerUri parse(String text) {
    int colon = Objects.requireNonNull(text, "text").indexOf(':');
    if (colon <= 0 || !SCHEME.matcher(text.substring(0, colon)).matches()) {
      throw new ConfigurationException(
          "A signer URI starts with the signer's scheme, such as pem:/run/secrets/dfns.pem; this one has none");
    }
    String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
    String rest = text.substring(colon + 1);
    int question = rest.indexOf('?');
    String rawPath = question < 0 ? rest : rest.substring(0, question);
    Map<String, String> attributes =
        question < 0 ? Map.of() : attributes(scheme, rest.substring(question + 1));
    for (String part : rawPath.split(";", -1)) {
      requireNoSecret(decodeName(scheme, part));
    }
    return new SignerUri(scheme, rawPath, attributes);
  }

  /** A URI of a scheme and a path that is not encoded, without attributes. */
  public static SignerUri of(String scheme, String path) {
    return parse(scheme + ":" + path.replace("%", "%25").replace("?", "%3F"));
  }

  private static Map<String, String> attributes(String scheme, String query) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(scheme, equals < 0 ? pair : pair.substring(0, equals));
      requireNoSecret(name);
      if (equals <= 0) {
        throw new ConfigurationException(
            "An attribute of the "
                + scheme
                + ": URI has no value; attributes are name=value, joined by '&'");
      }
      if (attributes.put(name, decode(scheme, pair.substring(equals + 1))) != null) {
        throw new ConfigurationException(
            "The attribute '" + name + "' stands twice in the " + scheme + ": URI; keep one");
      }
    }
    return Collections.unmodifiableMap(attributes);
  }

  private static void requireNoSecret(String name) {
    if (SECRETS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new ConfigurationException(
          "The signer URI holds a secret in '"
              + name
              + "'; put it into a file or an environment variable and name that instead");
    }
  }

  /** The name of an attribute in a path, as in RFC 7512; empty if it is none. */
  private static String decodeName(String scheme, String part) {
    byte[] whole = bytes(scheme, part);
    int equals = part.indexOf('=');
    return whole.length == 0 || equals < 0 ? "" : decode(scheme, part.substring(0, equals));
  }

  /** Which plugin: the scheme, in lower case. */
  public String scheme() {
    return scheme;
  }

  /**
   * What stands between the scheme and the question mark, percent-decoded.
   *
   * @throws ConfigurationException if it is not UTF-8, which only the schemes that read {@link
   *     #rawPath()} allow
   */
  public String path() {
    return decode(scheme, rawPath);
  }

  /** The same as it was written, for schemes with a syntax of their own (RFC 7512). */
  public String rawPath() {
    return rawPath;
  }

  /** The attributes behind the question mark, percent-decoded, in their order; unmodifiable. */
  public Map<String, String> attributes() {
    return attributes;
  }

  /**
   * Decodes percent-encoding as UTF-8. A plus sign stays a plus sign.
   *
   * @throws ConfigurationException if an encoding is cut off, not hexadecimal or not UTF-8
   */
  static String decode(String scheme, String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes(scheme, text)))
          .toString();
    } catch (CharacterCodingException e) {
      throw badEncoding(scheme);
    }
  }

  private static byte[] bytes(String scheme, String text) {
    ByteBuffer bytes = ByteBuffer.allocate(text.length() * 3);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        int end = Character.isHighSurrogate(c) && i + 1 < text.length() ? i + 2 : i + 1;
        bytes.put(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
        i = end - 1;
        continue;
      }
      if (!isHex(text, i + 1) || !isHex(text, i + 2)) {
        throw badEncoding(scheme);
      }
      bytes.put((byte) HexFormat.fromHexDigits(text, i + 1, i + 3));
      i += 2;
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private static boolean isHex(String text, int at) {
    return at < text.length() && HexFormat.isHexDigit(text.charAt(at));
  }

  private static ConfigurationException badEncoding(String scheme) {
    return new ConfigurationException(
        "The "
            + scheme
            + ": URI has a percent sign that is not followed by two hexadecimal digits of UTF-8; write a percent sign as %25");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SignerUri that
        && scheme.equals(that.scheme)
        && rawPath.equals(that.rawPath)
        && attributes.equals(that.attributes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(scheme, rawPath, attributes);
  }

  /** The scheme, the path, and the names of the attributes without their values. */
  @Override
  public String toString() {
    return scheme
        + ":"
        + rawPath
        + (attributes.isEmpty() ? "" : "?" + String.join("&", attributes.keySet()));
  }
}

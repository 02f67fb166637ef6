package dev.countersign.hsm;

import dev.countersign.error.ConfigurationException;
import dev.countersign.signing.SignerUri;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The attributes of a {@code pkcs11:} URI (RFC 7512), each known, once, and with a value. */
final class Attributes {

  private static final List<String> PATH =
      List.of("token", "serial", "slot-id", "manufacturer", "model", "object", "id", "type");
  private static final List<String> QUERY =
      List.of(
          "module-path",
          "module-name",
          "pin-source",
          "permissions",
          "pool-size",
          "acquire-timeout",
          "sign-timeout",
          "open-timeout",
          "probe-interval");

  private final Map<String, byte[]> values;

  private Attributes(Map<String, byte[]> values) {
    this.values = values;
  }

  static Attributes of(SignerUri uri) {
    Map<String, byte[]> values = new LinkedHashMap<>();
    for (String pair : uri.rawPath().isEmpty() ? new String[0] : uri.rawPath().split(";", -1)) {
      int equals = pair.indexOf('=');
      if (equals <= 0 || equals == pair.length() - 1) {
        throw new ConfigurationException(
            "The pkcs11: URI has something other than name=value before the question mark, where"
                + " attributes are joined by ';', such as token=dfns;object=api-key");
      }
      String name = pair.substring(0, equals);
      requireKnown(name, PATH, QUERY, "before", "behind");
      if (values.put(name, decode(name, pair.substring(equals + 1))) != null) {
        throw new ConfigurationException(
            "The attribute '" + name + "' stands twice in the pkcs11: URI; keep one");
      }
    }
    uri.attributes()
        .forEach(
            (name, value) -> {
              requireKnown(name, QUERY, PATH, "behind", "before");
              if (value.isEmpty()) {
                throw new ConfigurationException(
                    "The attribute '"
                        + name
                        + "' of the pkcs11: URI is empty; leave it out, or say what");
              }
              values.put(name, value.getBytes(StandardCharsets.UTF_8));
            });
    return new Attributes(values);
  }

  private static void requireKnown(
      String name, List<String> here, List<String> there, String place, String otherPlace) {
    if (here.contains(name)) {
      return;
    }
    if (there.contains(name)) {
      throw new ConfigurationException(
          "The attribute '"
              + name
              + "' of the pkcs11: URI belongs "
              + otherPlace
              + " the question mark");
    }
    if (name.equals("pin-value")) {
      throw new ConfigurationException(
          "The pkcs11: URI holds a secret in 'pin-value'; put it into a file or an environment"
              + " variable and name that with pin-source");
    }
    throw new ConfigurationException(
        "The pkcs11: URI has an attribute "
            + (name.matches("[a-z][a-z0-9-]{0,40}") ? "'" + name + "' " : "")
            + "that is not known; "
            + place
            + " the question mark there are "
            + String.join(", ", here));
  }

  private static byte[] decode(String name, String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '%') {
        if (i + 3 > text.length()
            || !HexFormat.isHexDigit(text.charAt(i + 1))
            || !HexFormat.isHexDigit(text.charAt(i + 2))) {
          throw badEncoding(name);
        }
        bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else {
        int end =
            Character.isHighSurrogate(text.charAt(i)) ? Math.min(i + 2, text.length()) : i + 1;
        bytes.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
        i = end - 1;
      }
    }
    return bytes.toByteArray();
  }

  /** A text, if the attribute is there. */
  Optional<String> text(String name) {
    byte[] value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString());
    } catch (CharacterCodingException e) {
      throw badEncoding(name);
    }
  }

  /** Bytes as hexadecimal digits, if the attribute is there. */
  Optional<String> hex(String name) {
    return Optional.ofNullable(values.get(name)).map(HexFormat.of()::formatHex);
  }

  private static ConfigurationException badEncoding(String name) {
    return new ConfigurationException(
        "The attribute '"
            + name
            + "' of the pkcs11: URI has a percent sign that is not followed by two hexadecimal digits"
            + (name.equals("id") ? "" : " of UTF-8")
            + "; write a percent sign as %25");
  }
}

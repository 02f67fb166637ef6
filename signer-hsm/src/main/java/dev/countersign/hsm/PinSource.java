package dev.countersign.hsm;

import dev.countersign.credential.SecretFile;
import dev.countersign.error.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a PIN comes from each time the token is logged in to: {@code file:/path} or {@code
 * env:NAME}.
 */
@FunctionalInterface
interface PinSource {

  /** The PIN of a token that asks for one where none is named. */
  PinSource NONE =
      () -> {
        throw new ConfigurationException(
            "The token asks for a PIN and the pkcs11: URI names none; add"
                + " pin-source=file:/path or pin-source=env:NAME");
      };

  /**
   * The PIN, which whoever asked closes.
   *
   * @throws ConfigurationException if it is not there, or not alone on one line
   */
  Pin read();

  /** Where environment variables come from. */
  @FunctionalInterface
  interface Environment {
    @Nullable String value(String name);
  }

  /** Reads the attribute {@code pin-source}; its value is never repeated, it may be a PIN. */
  static PinSource parse(String value, SecretFile.Readers readers, Environment environment) {
    if (value.startsWith("env:") && value.length() > 4) {
      return () -> ofEnvironment(value.substring(4), environment);
    }
    String path =
        value.startsWith("file://") ? value.substring(7) : value.replaceFirst("file:", "");
    if (value.startsWith("file:") && !path.isEmpty()) {
      return () -> ofFile(file(path, readers));
    }
    throw new ConfigurationException(
        "The attribute pin-source of the pkcs11: URI is neither file:/path nor env:NAME; it says where"
            + " the PIN is and is not the PIN");
  }

  private static SecretFile file(String path, SecretFile.Readers readers) {
    try {
      return SecretFile.of(
          "The PIN file", Path.of(path), readers, "add permissions=any to the pkcs11: URI");
    } catch (InvalidPathException e) {
      throw new ConfigurationException(
          "The attribute pin-source has a character that no path can have; check how it was put together");
    }
  }

  private static Pin ofFile(SecretFile file) {
    byte[] bytes = file.read();
    try {
      int length = bytes.length;
      if (length > 0 && bytes[length - 1] == '\n') {
        length--;
      }
      if (length > 0 && bytes[length - 1] == '\r') {
        length--;
      }
      return checked(file.name(), Arrays.copyOf(bytes, length));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static Pin ofEnvironment(String variable, Environment environment) {
    // quoted only if it looks like a name, and not like a PIN in the wrong place
    String name =
        "The environment variable "
            + (Pattern.matches("[A-Z_]*_[A-Z0-9_]*|[A-Z]+", variable) ? variable + " " : "")
            + "that pin-source names";
    String value = environment.value(variable);
    if (value == null) {
      throw new ConfigurationException(name + " is not set; set it to the token's PIN");
    }
    return checked(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static Pin checked(String name, byte[] bytes) {
    Pin pin = new Pin(bytes);
    if (bytes.length == 0) {
      throw new ConfigurationException(name + " is empty; set it to the token's PIN");
    }
    for (byte b : bytes) {
      if (b == '\n' || b == '\r' || b == 0) {
        pin.close();
        throw new ConfigurationException(
            name + " has more than one line; leave the PIN alone in it");
      }
    }
    return pin;
  }
}

package dev.countersign.pem;

import dev.countersign.credential.SecretFile;
import dev.countersign.error.ConfigurationException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What opens an encrypted key: characters that are wiped on close and never print. */
final class Passphrase implements AutoCloseable {

  private static final Pattern CONVENTIONAL_NAME = Pattern.compile("[A-Z_][A-Z0-9_]*");

  private final char[] characters;

  private Passphrase(char[] characters) {
    this.characters = characters;
  }

  /** The one line of UTF-8 in a file, without the line break that may end it. */
  static Passphrase of(SecretFile file) {
    byte[] bytes = file.read();
    try {
      CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      char[] characters = Arrays.copyOf(decoded.array(), lengthOfLine(decoded));
      Arrays.fill(decoded.array(), '\0');
      return checked(file.name(), characters);
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(
          file.name() + " is not text in UTF-8; write the passphrase into it, and nothing else");
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** The value of an environment variable, which must be set. */
  static Passphrase ofEnvironment(String variable, @Nullable String value) {
    // quoted only if it looks like a name, and not like a passphrase in the wrong place
    String name =
        "The environment variable "
            + (CONVENTIONAL_NAME.matcher(variable).matches() ? variable + " " : "")
            + "that passphrase-env names";
    if (value == null) {
      throw new ConfigurationException(name + " is not set; set it to the key's passphrase");
    }
    return checked(name, value.toCharArray());
  }

  private static int lengthOfLine(CharBuffer text) {
    int length = text.length();
    if (length > 0 && text.charAt(length - 1) == '\n') {
      length--;
    }
    if (length > 0 && text.charAt(length - 1) == '\r') {
      length--;
    }
    return length;
  }

  private static Passphrase checked(String name, char[] characters) {
    if (characters.length == 0) {
      throw new ConfigurationException(name + " is empty; set it to the key's passphrase");
    }
    Passphrase passphrase = new Passphrase(characters);
    for (char c : characters) {
      if (c == '\n' || c == '\r') {
        passphrase.close();
        throw new ConfigurationException(
            name + " has more than one line; leave the passphrase alone in it");
      }
    }
    return passphrase;
  }

  /** The characters themselves, not a copy. */
  char[] characters() {
    return characters;
  }

  @Override
  public void close() {
    Arrays.fill(characters, '\0');
  }

  @Override
  public String toString() {
    return "Passphrase(***)";
  }
}

package dev.countersign.credential;

import dev.countersign.error.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads an access token from a file. */
public final class TokenFile {

  private static final String EXEMPTION = "set DFNS_AUTH_TOKEN_FILE_PERMISSIONS=any";

  private TokenFile() {}

  /**
   * The token in a file, white space around it trimmed.
   *
   * @throws ConfigurationException if the file cannot be read or is readable for others (see {@link
   *     SecretFile}), or what is in it cannot be a token; the message gives the position and never
   *     the token
   */
  public static AccessToken read(Path file, SecretFile.Readers readers) {
    SecretFile secret = SecretFile.of("The access token file", file, readers, EXEMPTION);
    byte[] bytes = secret.read();
    try {
      return AccessToken.of(new String(bytes, StandardCharsets.UTF_8).trim());
    } catch (ConfigurationException e) {
      throw new ConfigurationException(e.getMessage() + " (in the file " + file + ")");
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}

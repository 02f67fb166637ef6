package dev.countersign.pem;

import dev.countersign.credential.SecretFile;
import dev.countersign.error.ConfigurationException;
import dev.countersign.signing.SignerProvider;
import dev.countersign.signing.SignerUri;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Opens {@code pem:} keys: {@code pem:/run/secrets/dfns.pem}, with these attributes behind a
 * question mark.
 *
 * <dl>
 *   <dt>{@code passphrase-file}
 *   <dd>the file with the passphrase of an encrypted key, on one line of UTF-8
 *   <dt>{@code passphrase-env}
 *   <dd>the environment variable with it; at most one of the two
 *   <dt>{@code permissions=any}
 *   <dd>accepts files that others can read or write. Without it, a file of one's own must be its
 *       owner's only (mode 0600 or 0400), and one of root's may be open to its group (0440), as
 *       Kubernetes mounts it with {@code fsGroup} and {@code defaultMode: 0440}. Docker's secrets
 *       have mode 0444 unless told otherwise: set the mode, or this
 * </dl>
 *
 * <p>Relative paths start at the working directory. The passphrase itself has no place in the URI.
 */
public final class PemSignerProvider implements SignerProvider {

  private static final String PASSPHRASE_FILE = "passphrase-file";
  private static final String PASSPHRASE_ENV = "passphrase-env";
  private static final String PERMISSIONS = "permissions";
  private static final List<String> KNOWN = List.of(PASSPHRASE_FILE, PASSPHRASE_ENV, PERMISSIONS);

  private final Environment environment;

  /** For {@link java.util.ServiceLoader}, and for those who name their providers. */
  public PemSignerProvider() {
    this(System::getenv);
  }

  PemSignerProvider(Environment environment) {
    this.environment = environment;
  }

  /** Where environment variables come from. */
  @FunctionalInterface
  interface Environment {
    @Nullable String value(String name);
  }

  @Override
  public String scheme() {
    return "pem";
  }

  /**
   * Opens the key that the URI names.
   *
   * @return a signer that the caller closes
   * @throws ConfigurationException if an attribute is unknown, the passphrase is missing, wrong or
   *     superfluous, or the file cannot be used; the message says what was found and what to do
   */
  @Override
  public PemSigner open(SignerUri uri) {
    Map<String, String> attributes = uri.attributes();
    requireKnown(attributes);
    SecretFile.Readers readers = readers(attributes);
    SecretFile file = secretFile("The key file", path("pem: URI", uri.path()), readers);
    String passphraseFile = attributes.get(PASSPHRASE_FILE);
    String passphraseEnv = attributes.get(PASSPHRASE_ENV);
    if (passphraseFile != null) {
      SecretFile secret =
          secretFile(
              "The passphrase file", path("attribute passphrase-file", passphraseFile), readers);
      return open(file, Passphrase.of(secret));
    }
    if (passphraseEnv != null) {
      return open(file, Passphrase.ofEnvironment(passphraseEnv, environment.value(passphraseEnv)));
    }
    return PemSigner.open(file, null);
  }

  private static PemSigner open(SecretFile file, Passphrase passphrase) {
    try (passphrase) {
      return PemSigner.open(file, passphrase.characters());
    }
  }

  private static void requireKnown(Map<String, String> attributes) {
    for (String name : attributes.keySet()) {
      if (!KNOWN.contains(name)) {
        throw new ConfigurationException(
            "The pem: URI has an attribute '"
                + name
                + "' that is not known; there are "
                + String.join(", ", KNOWN));
      }
    }
    if (attributes.containsKey(PASSPHRASE_FILE) && attributes.containsKey(PASSPHRASE_ENV)) {
      throw new ConfigurationException(
          "The pem: URI has both passphrase-file and passphrase-env; keep the one that is meant");
    }
  }

  static SecretFile secretFile(String name, Path file, SecretFile.Readers readers) {
    return SecretFile.of(name, file, readers, "add permissions=any to the pem: URI");
  }

  private static SecretFile.Readers readers(Map<String, String> attributes) {
    String permissions = attributes.get(PERMISSIONS);
    if (permissions == null) {
      return SecretFile.Readers.OWNER_ONLY;
    }
    if (!permissions.equals("any")) {
      throw new ConfigurationException(
          "The pem: URI has the attribute permissions with a value other than any;"
              + " write permissions=any to accept files that others can read, or leave it out");
    }
    return SecretFile.Readers.ANYONE;
  }

  private static Path path(String where, String text) {
    if (text.isEmpty()) {
      throw new ConfigurationException(
          "The " + where + " names no file; write it as in pem:/run/secrets/dfns.pem");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new ConfigurationException(
          "The " + where + " has a character that no path can have; check how it was put together");
    }
  }
}

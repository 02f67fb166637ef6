package dev.countersign.hsm;

import dev.countersign.credential.SecretFile;
import dev.countersign.error.ConfigurationException;
import dev.countersign.signing.SignerUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A {@code pkcs11:} URI, understood: which module, token and key, whose PIN, within which limits.
 */
record HsmUri(Path module, TokenQuery token, KeyQuery key, PinSource pin, Limits limits) {

  /**
   * Reads the URI; the module must be there.
   *
   * @throws ConfigurationException if it says something unknown, twice, contradictory or not at all
   */
  static HsmUri parse(SignerUri uri, PinSource.Environment environment) {
    Attributes attributes = Attributes.of(uri);
    attributes
        .text("type")
        .filter(type -> !type.equals("private"))
        .ifPresent(
            type -> {
              throw new ConfigurationException(
                  "The attribute type of the pkcs11: URI is not private; only private keys sign");
            });
    SecretFile.Readers readers = readers(attributes);
    return new HsmUri(
        module(attributes),
        TokenQuery.of(attributes),
        KeyQuery.of(attributes),
        attributes
            .text("pin-source")
            .map(source -> PinSource.parse(source, readers, environment))
            .orElse(PinSource.NONE),
        Limits.of(attributes));
  }

  private static SecretFile.Readers readers(Attributes attributes) {
    Optional<String> permissions = attributes.text("permissions");
    if (permissions.isPresent() && !permissions.get().equals("any")) {
      throw new ConfigurationException(
          "The pkcs11: URI has the attribute permissions with a value other than any;"
              + " write permissions=any to accept a PIN file that others can read, or leave it out");
    }
    return permissions.isPresent() ? SecretFile.Readers.ANYONE : SecretFile.Readers.OWNER_ONLY;
  }

  private static Path module(Attributes attributes) {
    Optional<String> path = attributes.text("module-path");
    Optional<String> name = attributes.text("module-name");
    if (path.isPresent() && name.isPresent()) {
      throw new ConfigurationException(
          "The pkcs11: URI has both module-path and module-name; keep the one that is meant");
    }
    if (path.isEmpty() && name.isEmpty()) {
      throw new ConfigurationException(
          "The pkcs11: URI does not say which PKCS#11 module to load; add"
              + " module-path=/path/to/the/library.so, or module-name for a common HSM");
    }
    return real(path.map(HsmUri::path).orElseGet(() -> ModuleName.find(name.orElseThrow())));
  }

  private static Path path(String text) {
    try {
      Path path = Path.of(text);
      if (!path.isAbsolute()) {
        throw new ConfigurationException(
            "The attribute module-path of the pkcs11: URI is not absolute; a library of that name"
                + " elsewhere must not be loaded in its place");
      }
      return path;
    } catch (InvalidPathException e) {
      throw new ConfigurationException(
          "The attribute module-path has a character that no path can have; check how it was put together");
    }
  }

  /** One file has one name, so that its tokens are logged in to once. */
  private static Path real(Path path) {
    try {
      if (Files.isRegularFile(path)) {
        return SunModule.requireQuotable(path.toRealPath());
      }
    } catch (IOException e) {
      throw new ConfigurationException("The PKCS#11 module " + path + " cannot be read", e);
    }
    throw new ConfigurationException(
        "There is no PKCS#11 module " + path + "; check module-path, and install the HSM's client");
  }
}

package dev.countersign.credential;

import dev.countersign.signing.Signer;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A credential whose token is in a file that may be replaced while the program runs: each call
 * reads it anew.
 *
 * <p>A file of a kilobyte costs some microseconds to read, far less than a call; that it is read
 * each time is what makes a replaced token count from the next call on. Replace the file by
 * renaming, so that no half of it is ever seen.
 */
public final class FileCredentials implements CredentialSource {

  private final Path tokenFile;
  private final SecretFile.Readers readers;
  private final CredentialId id;
  private final Signer signer;

  private FileCredentials(
      Path tokenFile, SecretFile.Readers readers, CredentialId id, Signer signer) {
    this.tokenFile = Objects.requireNonNull(tokenFile, "tokenFile");
    this.readers = Objects.requireNonNull(readers, "readers");
    this.id = Objects.requireNonNull(id, "id");
    this.signer = Objects.requireNonNull(signer, "signer");
  }

  /**
   * A source that reads the token from a file and signs with this key, which the caller closes.
   *
   * @throws dev.countersign.error.ConfigurationException if there is no token to be read in the
   *     file now
   */
  public static FileCredentials of(
      Path tokenFile, SecretFile.Readers readers, CredentialId id, Signer signer) {
    FileCredentials source = new FileCredentials(tokenFile, readers, id, signer);
    source.current();
    return source;
  }

  @Override
  public Credential current() {
    return Credential.of(TokenFile.read(tokenFile, readers), id, signer);
  }

  @Override
  public String toString() {
    return "FileCredentials(" + tokenFile + ", " + id + ")";
  }
}

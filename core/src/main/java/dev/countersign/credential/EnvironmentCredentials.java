package dev.countersign.credential;

import dev.countersign.error.ConfigurationException;
import dev.countersign.signing.Signer;
import dev.countersign.signing.SignerProviders;
import dev.countersign.signing.SignerUri;
import dev.countersign.transport.Hosts;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The credential and the address of Dfns from environment variables:
 *
 * <ul>
 *   <li>{@code DFNS_API_URL}: the address, such as {@code https://api.dfns.io}; required, as
 *       regions are separate
 *   <li>{@code DFNS_AUTH_TOKEN}, or {@code DFNS_AUTH_TOKEN_FILE} (read anew for each call): the
 *       access token. {@code DFNS_AUTH_TOKEN_FILE_PERMISSIONS=any} accepts a file that others can
 *       read
 *   <li>{@code DFNS_SIGNER}: a signer URI, or {@code DFNS_PRIVATE_KEY_FILE}: short for {@code pem:}
 *       and that file. Without either, calls that change something cannot be made
 *   <li>{@code DFNS_CRED_ID}: the id of the key's credential; required with a signer
 * </ul>
 *
 * <p>It opens the signer and so closes it. Safe for use by several threads.
 */
public final class EnvironmentCredentials implements CredentialSource, AutoCloseable {

  private final URI apiUrl;
  private final CredentialSource source;
  private final @Nullable Signer signer;

  private EnvironmentCredentials(URI apiUrl, CredentialSource source, @Nullable Signer signer) {
    this.apiUrl = apiUrl;
    this.source = source;
    this.signer = signer;
  }

  /**
   * Reads the variables and opens the signer.
   *
   * @param environment usually {@link System#getenv()}
   * @throws ConfigurationException if a variable is missing, contradicts another or cannot work;
   *     the message names it and says what to set
   */
  public static EnvironmentCredentials read(
      Map<String, String> environment, SignerProviders providers) {
    Variables variables = new Variables(environment);
    URI apiUrl = apiUrl(environment);
    Optional<SignerUri> uri = signerUri(variables);
    Optional<CredentialId> id = variables.find("DFNS_CRED_ID").map(CredentialId::new);
    if (uri.isPresent() && id.isEmpty()) {
      throw new ConfigurationException(
          "There is a key to sign with and DFNS_CRED_ID is not set; set it to the credId that Dfns gave the key");
    }
    if (id.isPresent() && uri.isEmpty()) {
      throw new ConfigurationException(
          "DFNS_CRED_ID is set and there is no key to sign with; set DFNS_SIGNER or DFNS_PRIVATE_KEY_FILE");
    }
    CredentialSource tokens = tokens(variables);
    if (uri.isEmpty() || id.isEmpty()) {
      return new EnvironmentCredentials(apiUrl, tokens, null);
    }
    Signer signer = providers.open(uri.get());
    CredentialId credentialId = id.get();
    return new EnvironmentCredentials(
        apiUrl, () -> Credential.of(tokens.current().token(), credentialId, signer), signer);
  }

  private static CredentialSource tokens(Variables variables) {
    Optional<String> token = variables.find("DFNS_AUTH_TOKEN");
    Optional<String> file = variables.find("DFNS_AUTH_TOKEN_FILE");
    if (token.isPresent() == file.isPresent()) {
      throw new ConfigurationException(
          token.isPresent()
              ? "DFNS_AUTH_TOKEN and DFNS_AUTH_TOKEN_FILE are both set; keep one"
              : "There is no access token; set DFNS_AUTH_TOKEN, or DFNS_AUTH_TOKEN_FILE to a file that holds it");
    }
    if (token.isPresent()) {
      return CredentialSource.of(Credential.of(AccessToken.of(token.get().trim())));
    }
    Path path = path("DFNS_AUTH_TOKEN_FILE", file.orElseThrow());
    SecretFile.Readers readers = readers(variables);
    CredentialSource source = () -> Credential.of(TokenFile.read(path, readers));
    source.current();
    return source;
  }

  private static SecretFile.Readers readers(Variables variables) {
    Optional<String> permissions = variables.find("DFNS_AUTH_TOKEN_FILE_PERMISSIONS");
    if (permissions.isPresent() && !permissions.get().equals("any")) {
      throw new ConfigurationException(
          "DFNS_AUTH_TOKEN_FILE_PERMISSIONS is set to something else than any; leave it out unless others"
              + " may read the token file");
    }
    return permissions.isPresent() ? SecretFile.Readers.ANYONE : SecretFile.Readers.OWNER_ONLY;
  }

  private static Optional<SignerUri> signerUri(Variables variables) {
    Optional<String> uri = variables.find("DFNS_SIGNER");
    Optional<String> file = variables.find("DFNS_PRIVATE_KEY_FILE");
    if (uri.isPresent() && file.isPresent()) {
      throw new ConfigurationException(
          "DFNS_SIGNER and DFNS_PRIVATE_KEY_FILE are both set; keep one");
    }
    return uri.map(SignerUri::parse)
        .or(() -> file.map(f -> SignerUri.of("pem", path("DFNS_PRIVATE_KEY_FILE", f).toString())));
  }

  /**
   * Reads {@code DFNS_API_URL} alone, for those whose credential comes from elsewhere.
   *
   * @throws ConfigurationException if it is not set or cannot be used
   */
  public static URI apiUrl(Map<String, String> environment) {
    String text =
        new Variables(environment)
            .required(
                "DFNS_API_URL", "the address of your Dfns region, such as https://api.dfns.io");
    try {
      return Hosts.requireSecure(URI.create(text));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("DFNS_API_URL cannot be used: " + e.getMessage());
    }
  }

  private static Path path(String variable, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new ConfigurationException(variable + " is not the path of a file");
    }
  }

  /** The address of Dfns. */
  public URI apiUrl() {
    return apiUrl;
  }

  @Override
  public Credential current() {
    return source.current();
  }

  /** Closes the signer. */
  @Override
  public void close() {
    if (signer != null) {
      signer.close();
    }
  }

  @Override
  public String toString() {
    return "EnvironmentCredentials(" + apiUrl + ")";
  }

  private record Variables(Map<String, String> environment) {

    Optional<String> find(String name) {
      return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    String required(String name, String what) {
      return find(name)
          .orElseThrow(() -> new ConfigurationException(name + " is not set; set it to " + what));
    }

    @Override
    public String toString() {
      return "Variables" + environment.keySet();
    }
  }
}

package dev.countersign.simulator.cli;

import dev.countersign.error.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;

/**
 * The files by which any SDK acts as an identity: {@code NAME.env}, and its keys {@code NAME.pem}
 * and {@code NAME.pub.pem}.
 */
final class LoginFiles {

  private static final String URL = "DFNS_API_URL";

  private final OwnerOnlyDirectory directory;
  private final URI url;

  /** Files in a directory that lead to the simulator at a URL. */
  LoginFiles(OwnerOnlyDirectory directory, URI url) {
    this.directory = directory;
    this.url = url;
  }

  /**
   * Writes the files of identities, in place of those of an earlier simulator.
   *
   * @throws ConfigurationException if there are files of these names which no simulator wrote;
   *     nothing is written then, as somebody's keys may be among them
   */
  void writeAll(List<Login> logins) throws IOException {
    for (Login login : logins) {
      requireNobodyElses(login);
    }
    for (Login login : logins) {
      write(login);
    }
  }

  private void requireNobodyElses(Login login) throws IOException {
    if (!isOurs(env(login))
        && (exists(env(login)) || exists(privateKey(login)) || exists(publicKey(login)))) {
      throw new ConfigurationException(
          directory
              + " has files called "
              + login.name()
              + " that no simulator wrote; name another directory with --env-dir");
    }
  }

  private void write(Login login) throws IOException {
    EnvText text =
        new EnvText()
            .add(URL, url.toString())
            .add("DFNS_AUTH_TOKEN", login.token())
            .add("DFNS_CRED_ID", login.credentialId());
    if (login.keys().isPresent()) {
      KeyPair keys = login.keys().get();
      text.add("DFNS_PRIVATE_KEY_FILE", privateKey(login).toString());
      directory.write(privateKey(login), PemText.of(keys.getPrivate()));
      directory.write(publicKey(login), PemText.of(keys.getPublic()));
    }
    text.add("DFNS_USER_ID", login.userId()).add("DFNS_ORG_ID", login.organisationId());
    directory.write(env(login), text.text()); // last: whoever finds it finds the keys
  }

  /** Has the files of an earlier simulator lead to this one, which goes on with its store. */
  void renew() throws IOException {
    for (Path env : directory.files("*.env")) {
      if (isOurs(env)) {
        StringBuilder renewed = new StringBuilder();
        for (String line : Files.readAllLines(env)) {
          renewed.append(line.startsWith(URL + "=") ? URL + "=" + url : line).append('\n');
        }
        directory.write(env, renewed.toString());
      }
    }
  }

  private Path env(Login login) {
    return directory.file(login.name() + ".env");
  }

  private Path privateKey(Login login) {
    return directory.file(login.name() + ".pem");
  }

  private Path publicKey(Login login) {
    return directory.file(login.name() + ".pub.pem");
  }

  private static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isOurs(Path env) throws IOException {
    return Files.isRegularFile(env) && Files.readString(env).startsWith(EnvText.FIRST_LINE + "\n");
  }
}

package dev.countersign.simulator.cli;

import dev.countersign.simulator.Identity;
import java.security.KeyPair;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that a program needs to act as one identity. Holds secrets; does not print. Immutable. */
final class Login {

  private final String name;
  private final @Nullable KeyPair keys;
  private final String token;
  private final String credentialId;
  private final String userId;
  private final String organisationId;

  /**
   * A login.
   *
   * @param keys the keys; nothing if somebody else has them
   */
  Login(
      String name,
      @Nullable KeyPair keys,
      String token,
      String credentialId,
      String userId,
      String organisationId) {
    this.name = name;
    this.keys = keys;
    this.token = token;
    this.credentialId = credentialId;
    this.userId = userId;
    this.organisationId = organisationId;
  }

  static Login of(String name, @Nullable KeyPair keys, Identity identity) {
    return new Login(
        name,
        keys,
        identity.token(),
        identity.credentialId(),
        identity.userId(),
        identity.organisationId());
  }

  /** What its files are called, such as {@code service-account}. */
  String name() {
    return name;
  }

  /** Its keys, unless somebody else has them. */
  Optional<KeyPair> keys() {
    return Optional.ofNullable(keys);
  }

  /** What it sends as {@code Authorization: Bearer}. */
  String token() {
    return token;
  }

  /** The id of its key credential, as an assertion names it. */
  String credentialId() {
    return credentialId;
  }

  String userId() {
    return userId;
  }

  String organisationId() {
    return organisationId;
  }
}

package dev.countersign.simulator.cli;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;

/** All that a program needs to act as one identity. Holds secrets; does not print. Immutable. */
final class Login {

  private final String name;
  private final KeyPair keys;
  private final String token;
  private final String credentialId;
  private final String userId;
  private final String organisationId;

  Login(
      String name,
      KeyPair keys,
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

  /** What its files are called, such as {@code service-account}. */
  String name() {
    return name;
  }

  PrivateKey privateKey() {
    return keys.getPrivate();
  }

  PublicKey publicKey() {
    return keys.getPublic();
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

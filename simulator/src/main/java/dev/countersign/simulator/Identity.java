package dev.countersign.simulator;

/**
 * A human or service account of the simulator, as the one who signs for it needs it. Does not print
 * its token.
 */
public final class Identity {

  private final String organisationId;
  private final String userId;
  private final String tokenId;
  private final String credentialId;
  private final String token;

  private Identity(
      String organisationId, String userId, String tokenId, String credentialId, String token) {
    this.organisationId = organisationId;
    this.userId = userId;
    this.tokenId = tokenId;
    this.credentialId = credentialId;
    this.token = token;
  }

  /** An identity by its identifiers and its token, which is secret. */
  public static Identity of(
      String organisationId, String userId, String tokenId, String credentialId, String token) {
    return new Identity(organisationId, userId, tokenId, credentialId, token);
  }

  /** The organisation's identifier, {@code or-…}. */
  public String organisationId() {
    return organisationId;
  }

  /** The user's identifier, {@code us-…}. */
  public String userId() {
    return userId;
  }

  /** The token's identifier, {@code to-…}. */
  public String tokenId() {
    return tokenId;
  }

  /** The credential's identifier as challenges list it. */
  public String credentialId() {
    return credentialId;
  }

  /** The access token itself, to be sent as bearer; secret. */
  public String token() {
    return token;
  }

  /** The user's identifier. */
  @Override
  public String toString() {
    return userId;
  }
}

package dev.countersign.credential;

import dev.countersign.error.ConfigurationException;
import dev.countersign.transport.HeaderText;

/** The bearer token of a service account. Never prints. */
public final class AccessToken {

  private final Secret value;

  private AccessToken(Secret value) {
    this.value = value;
  }

  /**
   * A token as Dfns gave it.
   *
   * @throws ConfigurationException if it is empty or has a character that no header may hold; the
   *     message gives the position and never the token
   */
  public static AccessToken of(String text) {
    if (text.isEmpty()) {
      throw new ConfigurationException(
          "The access token is empty; set DFNS_AUTH_TOKEN or the token file");
    }
    try {
      return new AccessToken(Secret.of(HeaderText.requireValue("The access token", text)));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(e.getMessage() + "; set it to the token alone, on one line");
    }
  }

  /** A token that came in an answer of Dfns, such as that of a delegated login. */
  public static AccessToken of(Secret token) {
    return of(token.reveal());
  }

  /** The token in clear. */
  public String reveal() {
    return value.reveal();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AccessToken that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "AccessToken(***)";
  }
}

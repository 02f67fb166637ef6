package dev.countersign.simulator.call;

/** The kinds of identity that call the API. */
public enum IdentityKind {
  /** A person of the organisation. */
  CUSTOMER_EMPLOYEE("CustomerEmployee"),
  /** A customer of the organisation, with wallets of their own. */
  END_USER("EndUser"),
  /** A program. */
  SERVICE_ACCOUNT("ServiceAccount"),
  /** A program that acts for a person. */
  PERSONAL_ACCESS_TOKEN("PersonalAccessToken"),
  /** Somebody who calls what is called without a token. */
  NOBODY("Nobody");

  private final String text;

  IdentityKind(String text) {
    this.text = text;
  }

  /** The kind as the API spells it. */
  public String text() {
    return text;
  }
}

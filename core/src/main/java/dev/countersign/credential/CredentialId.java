package dev.countersign.credential;

import dev.countersign.error.ConfigurationException;

/**
 * The {@code credId} of a registered key, as Dfns gave it. Opaque: samples are base64url, the
 * schema says otherwise.
 *
 * @param value the id; not empty, and no secret
 */
public record CredentialId(String value) {

  /** Checks that there is an id. */
  public CredentialId {
    if (value.isBlank()) {
      throw new ConfigurationException("The credential id is empty; set DFNS_CRED_ID");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}

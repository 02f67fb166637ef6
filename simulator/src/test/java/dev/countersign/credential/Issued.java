package dev.countersign.credential;

import dev.countersign.signing.Signer;
import dev.countersign.simulator.Identity;

/** The credential that the simulator issued for a key. */
public final class Issued {

  private Issued() {}

  /** Somebody's credential, whose key is this one. */
  public static Credential to(Identity who, Signer key) {
    return Credential.of(AccessToken.of(who.token()), new CredentialId(who.credentialId()), key);
  }
}

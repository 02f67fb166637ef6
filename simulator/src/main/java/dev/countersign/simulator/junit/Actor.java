package dev.countersign.simulator.junit;

import dev.countersign.credential.AccessToken;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialId;
import dev.countersign.credential.CredentialSource;
import dev.countersign.signing.Signer;
import dev.countersign.simulator.Identity;

/** Who acts in a test: an identity with its key. */
final class Actor {

  private final Identity identity;
  private final Signer signer;

  Actor(Identity identity, Signer signer) {
    this.identity = identity;
    this.signer = signer;
  }

  Identity identity() {
    return identity;
  }

  Signer signer() {
    return signer;
  }

  CredentialSource credentials() {
    return CredentialSource.of(
        Credential.of(
            AccessToken.of(identity.token()), new CredentialId(identity.credentialId()), signer));
  }
}

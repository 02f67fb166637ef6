package dev.countersign.simulator.junit;

import dev.countersign.credential.AccessToken;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialId;
import dev.countersign.credential.CredentialSource;
import dev.countersign.signing.Signer;
import dev.countersign.simulator.Identity;
import org.jspecify.annotations.Nullable;

/** Who acts in a test: an identity, with its key if a test can have that. */
final class Actor {

  private final Identity identity;
  private final @Nullable Signer signer;

  Actor(Identity identity, @Nullable Signer signer) {
    this.identity = identity;
    this.signer = signer;
  }

  Identity identity() {
    return identity;
  }

  /**
   * The key.
   *
   * @throws IllegalStateException if it is not the simulator's
   */
  Signer signer() {
    if (signer == null) {
      throw new IllegalStateException(
          "The key is not of the simulator's making: write key: generate into the scenario, or take"
              + " an Identity and sign with the key that you have");
    }
    return signer;
  }

  CredentialSource credentials() {
    return CredentialSource.of(
        Credential.of(
            AccessToken.of(identity.token()), new CredentialId(identity.credentialId()), signer()));
  }
}

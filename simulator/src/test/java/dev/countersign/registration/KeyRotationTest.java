package dev.countersign.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.countersign.Dfns;
import dev.countersign.api.MessageResponse;
import dev.countersign.api.Network;
import dev.countersign.api.auth.CreateCredentialChallengeBody;
import dev.countersign.api.auth.Credential;
import dev.countersign.api.auth.CredentialChallengeKey;
import dev.countersign.api.auth.CredentialKind;
import dev.countersign.api.auth.CredentialUuidBody;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.api.wallets.Wallet;
import dev.countersign.credential.AccessToken;
import dev.countersign.credential.CredentialId;
import dev.countersign.credential.CredentialSource;
import dev.countersign.error.RequestRejectedException;
import dev.countersign.error.SigningException;
import dev.countersign.http.DfnsBuilder;
import dev.countersign.http.JacksonCodec;
import dev.countersign.pem.PemKeys;
import dev.countersign.signing.SignatureAlgorithm;
import dev.countersign.signing.Signer;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A service account replaces its own key. */
class KeyRotationTest {

  private static final KeyRegistration KEYS = new KeyRegistration(new JacksonCodec());

  private final Simulator simulator = Simulator.start();

  @TempDir private Path folder;

  private Signer key(SignatureAlgorithm algorithm, String name) throws IOException {
    return PemKeys.generate(algorithm, folder.resolve(name));
  }

  private Dfns dfns(Identity account, CredentialId id, Signer signer) {
    return DfnsBuilder.create()
        .apiUrl(URI.create("http://localhost"))
        .transport(simulator.transport())
        .credentials(
            CredentialSource.of(
                dev.countersign.credential.Credential.of(
                    AccessToken.of(account.token()), id, signer)))
        .build();
  }

  private static Wallet wallet(Dfns dfns) {
    return dfns.wallets()
        .createWallet(CreateWalletBody.builder().network(Network.ETHEREUM_SEPOLIA).build())
        .execute();
  }

  private static CredentialChallengeKey challenge(Dfns dfns) {
    return (CredentialChallengeKey)
        dfns.auth()
            .createCredentialChallenge(
                CreateCredentialChallengeBody.builder().kind(CredentialKind.KEY).build())
            .execute();
  }

  @ParameterizedTest
  @EnumSource
  void theNextKeySignsAndTheFormerNoMore(SignatureAlgorithm algorithm) throws IOException {
    try (Signer former = key(SignatureAlgorithm.ED25519, "former.pem");
        Signer next = key(algorithm, "next.pem")) {
      Identity account =
          simulator
              .organisation()
              .serviceAccount("payouts", former.publicKeyPem(), "Wallets:Create", "Keys:Create");
      Dfns before = dfns(account, new CredentialId(account.credentialId()), former);

      Credential added =
          before
              .auth()
              .createCredential(KEYS.credential(challenge(before), "2027", next))
              .execute();
      Dfns after = dfns(account, new CredentialId(added.credentialId()), next);
      assertThat(wallet(before).network()).isEqualTo(wallet(after).network());
      MessageResponse ignored =
          after
              .auth()
              .deactivateCredential(
                  CredentialUuidBody.builder().credentialUuid(formerUuid(after, added)).build())
              .execute();

      assertThat(ignored.json().size()).isPositive();
      assertThat(wallet(after).network()).isEqualTo(Network.ETHEREUM_SEPOLIA);
      assertThatThrownBy(() -> wallet(before))
          .isInstanceOf(SigningException.class)
          .hasMessageContaining(added.credentialId());
    }
  }

  private static String formerUuid(Dfns dfns, Credential added) {
    return dfns.auth().listCredentials().execute().items().stream()
        .map(Credential::credentialUuid)
        .filter(uuid -> !uuid.equals(added.credentialUuid()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aProofForAnotherChallengeIsRefused() throws IOException {
    try (Signer former = key(SignatureAlgorithm.ED25519, "former.pem");
        Signer next = key(SignatureAlgorithm.ED25519, "next.pem")) {
      Identity account = simulator.organisation().serviceAccount("payouts", former.publicKeyPem());
      Dfns dfns = dfns(account, new CredentialId(account.credentialId()), former);
      CredentialChallengeKey other = challenge(dfns);
      CredentialChallengeKey challenge =
          challenge(dfns).toBuilder().challenge(other.challenge()).build();

      assertThatThrownBy(
              () ->
                  dfns.auth().createCredential(KEYS.credential(challenge, "2027", next)).execute())
          .isInstanceOf(RequestRejectedException.class)
          .hasMessageContaining("Credential attestation is not valid.");
      assertThat(simulator.organisation().decisions())
          .last(STRING)
          .endsWith("clientData is for another challenge");
    }
  }

  @Test
  void aCredentialIdIsTheKeysAndNobodyElses() throws IOException {
    try (Signer one = key(SignatureAlgorithm.ED25519, "one.pem");
        Signer two = key(SignatureAlgorithm.ED25519, "two.pem")) {
      assertThat(KeyRegistration.idOf(one))
          .isEqualTo(KeyRegistration.idOf(one))
          .isNotEqualTo(KeyRegistration.idOf(two));
    }
  }
}

package dev.countersign.credential;

import dev.countersign.Dfns;
import dev.countersign.api.Network;
import dev.countersign.api.auth.CreateCredentialChallengeBody;
import dev.countersign.api.auth.CredentialChallengeKey;
import dev.countersign.api.auth.CredentialKind;
import dev.countersign.api.auth.CredentialUuidBody;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.api.wallets.Wallet;
import dev.countersign.call.CallReport;
import dev.countersign.http.DfnsBuilder;
import dev.countersign.http.JacksonCodec;
import dev.countersign.rate.Permits;
import dev.countersign.registration.KeyRegistration;
import dev.countersign.signing.JdkSigner;
import dev.countersign.signing.Signer;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Simulator;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service account of the simulator whose keys can be added to. */
final class TwoKeys implements AutoCloseable {

  private static final KeyRegistration KEYS = new KeyRegistration(new JacksonCodec());

  final JdkSigner first = JdkSigner.generate();
  final List<CallReport> reports = new CopyOnWriteArrayList<>();

  private final Simulator simulator = Simulator.start();
  private final Identity account =
      simulator
          .organisation()
          .serviceAccount(
              "payouts", first.publicKeyPem(), "Wallets:Create", "Keys:Create", "Wallets:Read");

  /** The key it was made with. */
  Credential firstWith(Signer signer) {
    return credential(account.credentialId(), signer);
  }

  Credential credential(String id, Signer signer) {
    return Credential.of(AccessToken.of(account.token()), new CredentialId(id), signer);
  }

  Dfns dfns(CredentialSource source) {
    return DfnsBuilder.create()
        .permits(Permits.unlimited())
        .apiUrl(URI.create("http://localhost"))
        .transport(simulator.transport())
        .credentials(source)
        .listener(reports::add)
        .build();
  }

  /** Registers another key, and gives its credential's id. */
  String register(Signer key) {
    Dfns dfns = dfns(CredentialSource.of(firstWith(first)));
    CredentialChallengeKey challenge =
        (CredentialChallengeKey)
            dfns.auth()
                .createCredentialChallenge(
                    CreateCredentialChallengeBody.builder().kind(CredentialKind.KEY).build())
                .execute();
    return dfns.auth()
        .createCredential(KEYS.credential(challenge, "another", key))
        .execute()
        .credentialId();
  }

  /** Has Dfns refuse a key from now on. */
  void deactivate(String credentialId, CredentialSource with) {
    Dfns dfns = dfns(with);
    String uuid =
        dfns.auth().listCredentials().execute().items().stream()
            .filter(credential -> credential.credentialId().equals(credentialId))
            .findFirst()
            .orElseThrow()
            .credentialUuid();
    if (dfns.auth()
            .deactivateCredential(CredentialUuidBody.builder().credentialUuid(uuid).build())
            .execute()
            .json()
            .size()
        == 0) {
      throw new IllegalStateException("Nothing was answered");
    }
  }

  static Wallet wallet(Dfns dfns) {
    return dfns.wallets().createWallet(walletBody()).execute();
  }

  static CreateWalletBody walletBody() {
    return CreateWalletBody.builder().network(Network.ETHEREUM_SEPOLIA).build();
  }

  /** How many wallets there are. */
  int wallets() {
    return (int)
        dfns(CredentialSource.of(firstWith(first))).wallets().listWallets().stream().count();
  }

  @Override
  public void close() {
    first.close();
  }
}

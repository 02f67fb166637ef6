package dev.countersign.bench;

import dev.countersign.Dfns;
import dev.countersign.api.Network;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.api.wallets.Wallet;
import dev.countersign.call.Call;
import dev.countersign.credential.AccessToken;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialId;
import dev.countersign.credential.CredentialSource;
import dev.countersign.http.DfnsBuilder;
import dev.countersign.pem.PemSigner;
import java.net.URI;
import java.nio.file.Path;

/** A program that prepares its first call and says so: with a PEM signer, if it is given a file. */
public final class StartedClient {

  private StartedClient() {}

  /** Takes {@code [PEM file]}. */
  public static void main(String[] args) {
    AccessToken token = AccessToken.of("token");
    Credential credential =
        args.length == 0
            ? Credential.of(token)
            : Credential.of(
                token, new CredentialId("credential"), PemSigner.open(Path.of(args[0])));
    Dfns dfns =
        DfnsBuilder.create()
            .apiUrl(URI.create("https://api.dfns.io"))
            .credentials(CredentialSource.of(credential))
            .build();
    Call<Wallet> call =
        dfns.wallets()
            .createWallet(CreateWalletBody.builder().network(Network.ETHEREUM_SEPOLIA).build());
    System.out.println(call);
  }
}

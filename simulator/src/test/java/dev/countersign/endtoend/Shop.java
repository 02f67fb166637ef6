package dev.countersign.endtoend;

import dev.countersign.Dfns;
import dev.countersign.api.Network;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.api.wallets.TransferAssetBody;
import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.credential.CredentialSource;
import dev.countersign.credential.Issued;
import dev.countersign.http.DfnsBuilder;
import dev.countersign.pem.PemKeys;
import dev.countersign.pem.PemSigner;
import dev.countersign.signing.SignatureAlgorithm;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.door.HttpSimulator;
import java.nio.file.Path;

/** An application with a wallet, and a simulator whose clock stands, behind a socket. */
final class Shop implements AutoCloseable {

  final Simulator simulator = Simulator.start();
  final HttpSimulator door = HttpSimulator.start(simulator);
  final PemSigner key;
  final Identity admin;
  final Dfns dfns;
  final String wallet;

  Shop(Path keyFile) {
    simulator.organisation().clock().freeze();
    key = PemKeys.generate(SignatureAlgorithm.ED25519, keyFile);
    admin = simulator.organisation().admin("admin", key.publicKeyPem());
    dfns =
        DfnsBuilder.create()
            .apiUrl(door.url())
            .credentials(CredentialSource.of(Issued.to(admin, key)))
            .build();
    wallet =
        dfns.wallets()
            .createWallet(CreateWalletBody.builder().network(Network.ETHEREUM_SEPOLIA).build())
            .execute()
            .id();
  }

  TransferRequest transfer() {
    return dfns.wallets()
        .transferAsset(
            wallet,
            TransferAssetBody.native_()
                .to("0x000000000000000000000000000000000000dEaD")
                .amount("1")
                .build())
        .execute();
  }

  @Override
  public void close() {
    door.close();
    simulator.close();
    key.close();
  }
}

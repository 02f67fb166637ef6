package dev.countersign.nativeimage;

import dev.countersign.Dfns;
import dev.countersign.api.Network;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.credential.AccessToken;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialId;
import dev.countersign.credential.CredentialSource;
import dev.countersign.error.DfnsException;
import dev.countersign.http.DfnsBuilder;
import dev.countersign.pem.PemSigner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A program that opens keys, signs with each, prepares a call and tries to run it. */
public final class ClosedProgram {

  static final String PASSPHRASE = "of the test";

  private ClosedProgram() {}

  /** Takes PEM files; those whose names hold {@code encrypted} open with the passphrase. */
  public static void main(String[] files) {
    for (String file : files) {
      try (PemSigner signer = open(file)) {
        signer.sign("message".getBytes(StandardCharsets.US_ASCII));
        prepare(signer);
        System.out.println("signed with " + Path.of(file).getFileName());
      }
    }
  }

  private static PemSigner open(String file) {
    return file.contains("encrypted")
        ? PemSigner.open(Path.of(file), PASSPHRASE.toCharArray())
        : PemSigner.open(Path.of(file));
  }

  private static void prepare(PemSigner signer) {
    Credential credential =
        Credential.of(AccessToken.of("token"), new CredentialId("credential"), signer);
    Dfns dfns =
        DfnsBuilder.create()
            .apiUrl(URI.create("http://localhost:9"))
            .credentials(CredentialSource.of(credential))
            .build();
    try {
      dfns.wallets()
          .createWallet(CreateWalletBody.builder().network(Network.ETHEREUM).build())
          .execute();
    } catch (DfnsException nobodyThere) {
      System.out.println("tried");
    }
  }
}

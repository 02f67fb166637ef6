package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Dfns;
import dev.countersign.api.Network;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.api.wallets.TransferAssetBody;
import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.credential.AccessToken;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialId;
import dev.countersign.credential.CredentialSource;
import dev.countersign.http.DfnsBuilder;
import dev.countersign.pem.PemKeys;
import dev.countersign.pem.PemSigner;
import dev.countersign.signing.SignatureAlgorithm;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.door.HttpSimulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wait goes on in another process, over a socket, from its text alone. */
class WaitInAnotherProcessTest {

  @Test
  void anotherProcessGoesOnWithAWait(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("key.pem");
    try (Simulator simulator = Simulator.start();
        HttpSimulator door = HttpSimulator.start(simulator);
        PemSigner key = PemKeys.generate(SignatureAlgorithm.ED25519, file)) {
      simulator.organisation().clock().freeze();
      Identity admin = simulator.organisation().admin("admin", key.publicKeyPem());
      Dfns dfns =
          DfnsBuilder.create()
              .apiUrl(door.url())
              .credentials(
                  CredentialSource.of(
                      Credential.of(
                          AccessToken.of(admin.token()),
                          new CredentialId(admin.credentialId()),
                          key)))
              .build();
      String text;
      try (Waits waits = dfns.waits().open()) {
        Wait<TransferRequest> wait = waits.on(WaitId.of(transfer(dfns)));
        CompletableFuture<Waited<TransferRequest>> begun = wait.awaitAsync(Duration.ofMinutes(1));
        assertThat(begun).isNotDone();
        text = wait.id().toString();
      }
      Process other = start(text, door, admin, file);
      try (BufferedReader said =
          new BufferedReader(
              new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
        assertThat(said.readLine()).isEqualTo("waiting");
        simulator.organisation().clock().advance(Duration.ofSeconds(5));
        assertThat(said.readLine()).isEqualTo("Confirmed");
        assertThat(other.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(other.exitValue()).isZero();
      } finally {
        other.destroyForcibly();
      }
    }
  }

  private static TransferRequest transfer(Dfns dfns) {
    String wallet =
        dfns.wallets()
            .createWallet(CreateWalletBody.builder().network(Network.ETHEREUM_SEPOLIA).build())
            .execute()
            .id();
    return dfns.wallets()
        .transferAsset(
            wallet,
            TransferAssetBody.native_()
                .to("0x000000000000000000000000000000000000dEaD")
                .amount("1")
                .build())
        .execute();
  }

  private static Process start(String wait, HttpSimulator door, Identity admin, Path key)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WaitProgram.class.getName(),
                wait)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("DFNS_API_URL", door.url().toString());
    builder.environment().put("DFNS_AUTH_TOKEN", admin.token());
    builder.environment().put("DFNS_CRED_ID", admin.credentialId());
    builder.environment().put("DFNS_SIGNER", "pem:" + key);
    return builder.start();
  }
}

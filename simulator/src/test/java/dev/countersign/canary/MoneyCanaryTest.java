package dev.countersign.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Dfns;
import dev.countersign.api.Network;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.api.wallets.TransferAssetBody;
import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.api.wallets.WalletsOperations;
import dev.countersign.approval.Wait;
import dev.countersign.approval.WaitId;
import dev.countersign.approval.Waits;
import dev.countersign.batch.Batch;
import dev.countersign.batch.BatchItem;
import dev.countersign.batch.BatchProgress;
import dev.countersign.batch.Batches;
import dev.countersign.call.CallReport;
import dev.countersign.credential.AccessToken;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialId;
import dev.countersign.credential.CredentialSource;
import dev.countersign.credential.FallbackCredentials;
import dev.countersign.credential.Issued;
import dev.countersign.credential.RotatingCredentials;
import dev.countersign.error.DfnsException;
import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.error.SigningException;
import dev.countersign.http.DfnsBuilder;
import dev.countersign.http.JacksonCodec;
import dev.countersign.jdbc.JdbcJournal;
import dev.countersign.lookup.Lookup;
import dev.countersign.pem.PemSigner;
import dev.countersign.rate.RateBudget;
import dev.countersign.rate.TokenBucket;
import dev.countersign.signing.FallbackSigner;
import dev.countersign.signing.SignatureAlgorithm;
import dev.countersign.signing.Signer;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.faults.Presets;
import dev.countersign.transport.Transport;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is told, kept or thrown about calls that are repeated, lost, looked up, limited, waited
 * for, submitted in batches or signed with other keys shows no secret.
 */
class MoneyCanaryTest {

  @TempDir Path folder;

  private final Canaries canaries = new Canaries(new JacksonCodec());
  private final Simulator simulator = Simulator.start();
  private Listening listening;
  private PemSigner key;
  private Identity admin;
  private RateBudget budget;
  private Dfns dfns;
  private String wallet;

  @BeforeEach
  void open() throws IOException {
    listening = Listening.to(canaries);
    key = canaries.key(folder);
    admin = simulator.organisation().admin("admin", key.publicKeyPem());
    canaries.add("an access token", admin.token());
    budget = RateBudget.over(TokenBucket.perMinute(6_000));
    dfns = dfns(simulator.transport(), CredentialSource.of(credential(key)));
    wallet = wallet(dfns);
  }

  @AfterEach
  void close() {
    listening.close();
    key.close();
  }

  private Credential credential(Signer signer) {
    return Issued.to(admin, signer);
  }

  private Dfns dfns(Transport transport, CredentialSource source) {
    return DfnsBuilder.create()
        .apiUrl(URI.create("http://localhost"))
        .transport(canaries.over(transport))
        .credentials(source)
        .rate(budget)
        .listener(this::told)
        .build();
  }

  private void told(CallReport report) {
    canaries.see(report);
    canaries.see(report.failure());
    canaries.see(report.path() + report.payloadSha256() + report.requestId() + report.signedBy());
  }

  private static String wallet(Dfns dfns) {
    return dfns.wallets()
        .createWallet(CreateWalletBody.builder().network(Network.ETHEREUM_SEPOLIA).build())
        .execute()
        .id();
  }

  private static TransferAssetBody payment(int amount) {
    return TransferAssetBody.native_()
        .to("0x000000000000000000000000000000000000dEaD")
        .amount(String.valueOf(amount))
        .build();
  }

  @Test
  void whatIsRepeatedLostAndLookedUpShowsNoSecret() {
    simulator.organisation().faults().add(Presets.lostAnswer("transferAsset").times(1));
    simulator.organisation().faults().add(Presets.rateLimited("transferAsset").times(1));
    canaries.see(dfns.wallets().transferAsset(wallet, payment(1)).execute());
    simulator.organisation().faults().add(Presets.lostAnswer("createWallet").times(1));
    OutcomeUnknownException unknown = null;
    try {
      canaries.see(wallet(dfns));
    } catch (OutcomeUnknownException e) {
      unknown = e;
    }

    assertThat(unknown).isNotNull();
    canaries.see(unknown);
    canaries.see(unknown.fields());
    canaries.see(unknown.operation() + unknown.externalId() + unknown.path() + unknown.sentAt());
    canaries.see(String.valueOf(unknown.getCause()));
    canaries.see(List.of(unknown.getSuppressed()));
    Lookup lookup = dfns.lookup();
    canaries.see(lookup);
    canaries.see(lookup.find(unknown));
    canaries.see(budget);
    canaries.see(budget.load());
    canaries.see(simulator.organisation().decisions());
    listening.finish();
    assertThat(canaries.kinds()).contains("a user action", "a challengeIdentifier");
  }

  @Test
  void aJournalHoldsNoSecretNorDoesWhatIsToldOfABatch() throws Exception {
    Path journal = folder.resolve("journal");
    simulator.organisation().faults().add(Presets.lostAnswer("transferAsset").times(3));
    try (JdbcJournal kept = JdbcJournal.embedded(journal)) {
      Batches batches =
          Batches.builder()
              .calls(dfns::resume)
              .journal(kept)
              .executor(ForkJoinPool.commonPool())
              .build();
      Batch<TransferRequest> batch = batches.open("pay", WalletsOperations.transferAsset());
      BatchProgress summary =
          batch
              .start(
                  Stream.of(1, 2, 3, 4)
                      .map(
                          i ->
                              BatchItem.of(
                                  "i-" + i, dfns.wallets().transferAsset(wallet, payment(i))))
                      .peek(canaries::see)
                      .iterator(),
                  result -> {
                    canaries.see(result);
                    canaries.see(result.request() + " " + result.reason() + result.value());
                    result.failure().ifPresent(canaries::see);
                  })
              .await();
      assertThat(summary.total()).isEqualTo(4);
      canaries.see(summary);
      canaries.see(batches);
      canaries.see(batch);
      canaries.see(kept);
    }
    int files = 0;
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file :
          all.filter(it -> it.getFileName().toString().startsWith("journal")).toList()) {
        if (Files.isRegularFile(file)) {
          files++;
          canaries.see(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        }
      }
    }

    assertThat(files).as("files of the journal").isPositive();
    listening.finish();
    assertThat(canaries.kinds()).contains("a user action", "a challengeIdentifier");
  }

  @Test
  void aWaitShowsNoSecret() throws Exception {
    simulator.organisation().clock().freeze();
    try (Waits waits = dfns.waits().open()) {
      Wait<TransferRequest> wait =
          waits.on(WaitId.of(dfns.wallets().transferAsset(wallet, payment(1)).execute()));
      canaries.see(wait);
      canaries.see(wait.id());
      canaries.see(waits);
      canaries.see(wait.await(Duration.ofMillis(10)));
      simulator.organisation().clock().advance(Duration.ofSeconds(5));
      canaries.see(wait.await(Duration.ofSeconds(20)));
      simulator.organisation().deactivate(admin.userId());
      try {
        canaries.see(waits.on(WaitId.parse("transfer:wa-1:xfr-1")).await(Duration.ofSeconds(20)));
      } catch (DfnsException e) {
        canaries.see(e);
      }
    }
    listening.finish();
  }

  @Test
  void aChangeOfKeysShowsNoSecret() {
    Signer gone = new Gone(key.publicKey());
    RotatingCredentials swapped =
        RotatingCredentials.of(
            CredentialSource.of(credential(key)),
            event -> {
              canaries.see(event);
              canaries.see(event.source());
              event.reason().ifPresent(canaries::see);
            });
    Dfns rotating = dfns(simulator.transport(), swapped);
    swapped.replace(
        CredentialSource.of(
            Credential.of(
                AccessToken.of(admin.token() + "x"), new CredentialId(admin.credentialId()), key)));
    canaries.add("a wrong token", admin.token() + "x");
    canaries.see(wallet(rotating));
    canaries.see(swapped);
    FallbackSigner fallback =
        FallbackSigner.of(
            gone,
            key,
            event -> {
              canaries.see(event);
              canaries.see(event.reason());
              event.failure().ifPresent(canaries::see);
            });
    canaries.see(wallet(dfns(simulator.transport(), CredentialSource.of(credential(fallback)))));
    canaries.see(fallback);
    assertThat(fallback.isFailedOver()).isTrue();
    FallbackCredentials credentials =
        FallbackCredentials.of(
            CredentialSource.of(credential(gone)),
            CredentialSource.of(credential(key)),
            event -> canaries.see(event));
    canaries.see(wallet(dfns(simulator.transport(), credentials)));
    canaries.see(credentials);
    listening.finish();
  }

  /** A key that is not there any more. */
  private record Gone(PublicKey publicKey) implements Signer {
    @Override
    public SignatureAlgorithm algorithm() {
      return SignatureAlgorithm.ED25519;
    }

    @Override
    public byte[] sign(byte[] message) {
      throw new SigningException("the token is gone");
    }

    @Override
    public void close() {}
  }
}

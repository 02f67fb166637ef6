package dev.countersign.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.Dfns;
import dev.countersign.api.Network;
import dev.countersign.api.auth.CreateServiceAccountBody;
import dev.countersign.api.keys.CreateKeyBody;
import dev.countersign.api.keys.KeyCurve;
import dev.countersign.api.keys.KeyScheme;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.api.wallets.TransferAssetBodyNative;
import dev.countersign.api.wallets.Wallet;
import dev.countersign.api.webhooks.CreateWebhookBody;
import dev.countersign.api.webhooks.WebhookSubscription;
import dev.countersign.call.Call;
import dev.countersign.call.CallEngine;
import dev.countersign.call.RetryPolicy;
import dev.countersign.credential.AccessToken;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialSource;
import dev.countersign.credential.Issued;
import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.http.JacksonCodec;
import dev.countersign.lookup.LosingTransport.Loss;
import dev.countersign.pem.PemKeys;
import dev.countersign.signing.SignatureAlgorithm;
import dev.countersign.signing.Signer;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Simulator;
import dev.countersign.transport.Reply;
import dev.countersign.transport.Transport;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What became of a change whose answer was lost, found at the simulator. */
class LookupTest {

  private final Simulator simulator = Simulator.start();
  private final LosingTransport transport = new LosingTransport(simulator.transport());

  @TempDir private Path folder;
  private Signer signer;
  private CallEngine engine;
  private Dfns dfns;
  private Lookup lookup;

  @BeforeEach
  void start() throws IOException {
    signer = PemKeys.generate(SignatureAlgorithm.ED25519, folder.resolve("key.pem"));
    Identity account =
        simulator
            .organisation()
            .serviceAccount(
                "payouts",
                signer.publicKeyPem(),
                "Wallets:Create",
                "Wallets:Read",
                "Wallets:Transfers:Create",
                "Wallets:Transfers:Read",
                "Keys:Create",
                "Keys:Read",
                "Webhooks:Create",
                "Webhooks:Read",
                "Auth:ServiceAccounts:Create",
                "Auth:ServiceAccounts:Read");
    engine =
        CallEngine.builder()
            .transport(transport)
            .codec(new JacksonCodec())
            .apiUrl(URI.create("http://localhost"))
            .credentials(CredentialSource.of(Issued.to(account, signer)))
            .executor(ForkJoinPool.commonPool())
            .retries(RetryPolicy.none())
            .build();
    dfns = Dfns.over(engine);
    lookup = dfns.lookup();
  }

  @AfterEach
  void stop() {
    signer.close();
  }

  private OutcomeUnknownException lost(Loss loss, Call<?> call) {
    transport.lose(loss);
    OutcomeUnknownException unknown =
        catchThrowableOfType(OutcomeUnknownException.class, call::execute);
    transport.lose(Loss.NOTHING);
    assertThat(unknown).isNotNull();
    return unknown;
  }

  private Finding find(Loss loss, Call<?> call) {
    return lookup.find(lost(loss, call));
  }

  private static CreateWalletBody.Builder wallet() {
    return CreateWalletBody.builder().network(Network.ETHEREUM_SEPOLIA);
  }

  @Test
  void aWalletIsFoundByItsExternalId() {
    Finding finding =
        find(Loss.ANSWERS, dfns.wallets().createWallet(wallet().externalId("customer-7").build()));

    if (!(finding instanceof Finding.Found found)) {
      throw new AssertionError(finding.toString());
    }
    assertThat(found.certain()).isTrue();
    assertThat(Wallet.of(found.entity()).externalId()).contains("customer-7");
    assertThat(dfns.wallets().getWallet(Wallet.of(found.entity()).id()).execute().id())
        .startsWith("wa-");
  }

  @Test
  void whatNeverArrivedIsNotFound() {
    Instant before = Instant.now();

    Finding finding =
        find(Loss.REQUESTS, dfns.wallets().createWallet(wallet().externalId("customer-7").build()));

    assertThat(finding)
        .isInstanceOfSatisfying(
            Finding.NotFound.class,
            none -> assertThat(none.asOf()).isBetween(before, Instant.now()));
  }

  @Test
  void aWalletWithoutAnExternalIdIsFoundByLikenessWhichIsNotCertain() {
    Finding finding =
        find(Loss.ANSWERS, dfns.wallets().createWallet(wallet().name("savings").build()));

    assertThat(finding)
        .isInstanceOfSatisfying(
            Finding.Found.class, found -> assertThat(found.certain()).isFalse());
  }

  @Test
  void ofTwoThatAreAlikeItCannotBeTold() {
    Wallet first = dfns.wallets().createWallet(wallet().name("savings").build()).execute();
    assertThat(first.name()).contains("savings");

    assertThat(find(Loss.ANSWERS, dfns.wallets().createWallet(wallet().name("savings").build())))
        .isInstanceOf(Finding.CannotTell.class);
    assertThat(find(Loss.REQUESTS, dfns.wallets().createWallet(wallet().name("other").build())))
        .isInstanceOf(Finding.NotFound.class);
  }

  @Test
  void whatIsOlderThanTheRequestIsNotItsEffect() {
    Wallet old = dfns.wallets().createWallet(wallet().name("savings").build()).execute();
    assertThat(old.name()).contains("savings");
    OutcomeUnknownException later =
        OutcomeUnknownException.of(
                "lost", "createWallet", Instant.now().plus(Lookup.CLOCK_DIFFERENCE).plusSeconds(60))
            .fields(Map.of("name", "savings"))
            .build();

    assertThat(lookup.find(later)).isInstanceOf(Finding.NotFound.class);
  }

  @Test
  void anOlderWalletOfTheSameExternalIdDoesNotTell() {
    Wallet old = dfns.wallets().createWallet(wallet().externalId("customer-7").build()).execute();
    assertThat(old.externalId()).contains("customer-7");
    OutcomeUnknownException later =
        OutcomeUnknownException.of(
                "lost", "createWallet", Instant.now().plus(Lookup.CLOCK_DIFFERENCE).plusSeconds(60))
            .fields(Map.of("externalId", "customer-7"))
            .build();

    assertThat(lookup.find(later))
        .isInstanceOfSatisfying(
            Finding.CannotTell.class,
            cannot -> assertThat(cannot.why()).contains("older than the request"));
  }

  @Test
  void oneThatLooksLikeItAmongTooManyDoesNotTell() {
    String others = ",{\"name\":\"other\"}".repeat(Lookup.LIMIT);
    String page = "{\"items\":[{\"name\":\"savings\"}" + others + "]}";
    Transport one =
        request ->
            CompletableFuture.completedFuture(
                Reply.of(200, Map.of(), page.getBytes(StandardCharsets.UTF_8)));
    Lookup among =
        Lookup.over(
            CallEngine.builder()
                .transport(one)
                .codec(new JacksonCodec())
                .apiUrl(URI.create("https://dfns.invalid"))
                .credentials(CredentialSource.of(Credential.of(AccessToken.of("token"))))
                .executor(Runnable::run)
                .build());
    OutcomeUnknownException unknown =
        OutcomeUnknownException.of("lost", "createWallet", Instant.now())
            .fields(Map.of("name", "savings"))
            .build();

    assertThat(among.find(unknown))
        .isInstanceOfSatisfying(
            Finding.CannotTell.class, cannot -> assertThat(cannot.why()).contains("more than"));
  }

  @Test
  void aTransferIsFoundInAProcessThatNoLongerHasTheCall() {
    String walletId = dfns.wallets().createWallet(wallet().build()).execute().id();
    Call<?> transfer =
        dfns.wallets()
            .transferAsset(
                walletId,
                TransferAssetBodyNative.builder()
                    .to("0x00000000000000000000000000000000000000aa")
                    .amount("1")
                    .build());

    assertThat(find(Loss.ANSWERS, transfer))
        .isInstanceOfSatisfying(
            Finding.Found.class,
            found ->
                assertThat(found.entity().text("externalId")).isEqualTo(transfer.externalId()));
  }

  @Test
  void aServiceAccountIsFoundByItsKeyHoweverItsPemIsWrapped() throws IOException {
    try (Signer key =
        PemKeys.generate(SignatureAlgorithm.RSA_PKCS1_SHA256, folder.resolve("rsa.pem"))) {
      String pem = key.publicKeyPem();
      Call<?> creation =
          dfns.auth()
              .createServiceAccount(
                  CreateServiceAccountBody.builder().name("bot").publicKey(pem).build());
      OutcomeUnknownException unknown = lost(Loss.REQUESTS, creation);

      assertThat(listing("another").find(unknown)).isInstanceOf(Finding.NotFound.class);
      assertThat(listing(pem.replace("\n", "\\r\\n")).find(unknown))
          .isInstanceOfSatisfying(
              Finding.Found.class, found -> assertThat(found.certain()).isTrue());
    }
  }

  /** People alone may create service accounts, so this is not asked of the simulator. */
  private Lookup listing(String publicKey) {
    String body =
        "{\"items\":[{\"userInfo\":{\"name\":\"bot\"},\"accessTokens\":[{\"publicKey\":\"old\"},"
            + "{\"publicKey\":\""
            + publicKey
            + "\"}]}]}";
    Reply reply = Reply.of(200, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    return Lookup.over(
        CallEngine.builder()
            .transport(request -> CompletableFuture.completedFuture(reply))
            .codec(new JacksonCodec())
            .apiUrl(URI.create("http://localhost"))
            .credentials(CredentialSource.of(Credential.of(AccessToken.of("token"))))
            .executor(ForkJoinPool.commonPool())
            .build());
  }

  @Test
  void keysAndWebhooksAreFoundByLikeness() {
    CreateKeyBody key =
        CreateKeyBody.builder()
            .scheme(KeyScheme.ED_DSA)
            .curve(KeyCurve.ED25519)
            .name("cold")
            .build();
    CreateWebhookBody webhook =
        CreateWebhookBody.builder()
            .url("https://example.com/hook")
            .events(List.of(WebhookSubscription.KEY_CREATED))
            .build();

    assertThat(find(Loss.ANSWERS, dfns.keys().createKey(key))).isInstanceOf(Finding.Found.class);
    assertThat(find(Loss.ANSWERS, dfns.webhooks().createWebhook(webhook)))
        .isInstanceOf(Finding.Found.class);
  }

  @Test
  void whatLeavesNoTraceCannotBeTold() {
    OutcomeUnknownException swap =
        new OutcomeUnknownException("lost", "createSwap", null, Instant.now(), null);
    OutcomeUnknownException nameless =
        new OutcomeUnknownException("lost", "createPolicy", null, Instant.now(), null);

    assertThat(lookup.find(swap))
        .isInstanceOfSatisfying(
            Finding.CannotTell.class, it -> assertThat(it.why()).contains("createSwap"));
    assertThat(lookup.find(nameless)).isInstanceOf(Finding.CannotTell.class);
  }
}

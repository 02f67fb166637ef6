package dev.countersign.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Dfns;
import dev.countersign.api.Network;
import dev.countersign.api.auth.CreateServiceAccountBody;
import dev.countersign.api.auth.ServiceAccount;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.api.wallets.WalletsOperations;
import dev.countersign.api.webhooks.WebhookWithSecret;
import dev.countersign.call.Call;
import dev.countersign.call.DelegatedCall;
import dev.countersign.credential.CredentialSource;
import dev.countersign.credential.EnvironmentCredentials;
import dev.countersign.credential.Issued;
import dev.countersign.credential.TokenClaims;
import dev.countersign.error.DfnsException;
import dev.countersign.error.RequestRejectedException;
import dev.countersign.http.DfnsBuilder;
import dev.countersign.http.JacksonCodec;
import dev.countersign.http.JdkTransport;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.pem.PemSigner;
import dev.countersign.pem.PemSignerProvider;
import dev.countersign.signing.SignerProviders;
import dev.countersign.signing.SignerUri;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.door.HttpSimulator;
import dev.countersign.transport.Reply;
import dev.countersign.transport.Transport;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs everything that handles a secret, well and badly, with all logs on, and looks whether a
 * secret can be read in what was logged, printed, thrown or turned into text. {@code bin/check}
 * looks for tokens and keys in the reports of all suites.
 */
class CanaryTest {

  @TempDir Path folder;

  private final Canaries canaries = new Canaries(new JacksonCodec());
  private final Simulator simulator = Simulator.start();
  private Listening listening;
  private HttpSimulator door;
  private PemSigner key;

  @BeforeEach
  void listen() throws IOException {
    listening = Listening.to(canaries);
    door = HttpSimulator.start(simulator);
    key = canaries.key(folder);
  }

  @AfterEach
  void stopListening() {
    listening.close();
    door.close();
    key.close();
  }

  private Dfns dfns(Transport transport, URI apiUrl, Identity who) {
    canaries.add("an access token", who.token());
    CredentialSource source = CredentialSource.of(Issued.to(who, key));
    canaries.see(source.current());
    canaries.see(source.current().token());
    canaries.see(TokenClaims.read(source.current().token(), new JacksonCodec()));
    canaries.see(who);
    return DfnsBuilder.create()
        .apiUrl(apiUrl)
        .transport(canaries.over(transport))
        .credentials(source)
        .listener(canaries::see)
        .build();
  }

  @Test
  void nothingThatGoesWellShowsASecret() {
    Identity admin = simulator.organisation().admin("admin", key.publicKeyPem());
    for (Transport transport : List.of(simulator.transport(), JdkTransport.builder().build())) {
      Dfns dfns = dfns(transport, door.url(), admin);
      ServiceAccount account =
          dfns.auth()
              .createServiceAccount(
                  CreateServiceAccountBody.builder()
                      .name("account " + transport.getClass().getSimpleName())
                      .publicKey(key.publicKeyPem())
                      .build())
              .execute();
      canaries.add(
          "a new account's token",
          account.accessTokens().get(0).accessToken().orElseThrow().reveal());
      canaries.see(account);
      canaries.see(account.toBuilder());
      canaries.see(account.accessTokens());
      Call<?> call = dfns.wallets().createWallet(wallet());
      DelegatedCall<?> begun = call.begin();
      canaries.see(call);
      canaries.see(begun);
      canaries.see(begun.action());
      canaries.see(begun.challenge());
      canaries.see(begun.freeze());
      canaries.see(dfns.resume(WalletsOperations.createWallet(), begun.freeze()));
      canaries.see(call.execute());
    }
    canaries.see(simulator.organisation().decisions());
    canaries.see(simulator.decisions());
    finish();
    assertThat(canaries.kinds())
        .contains("a user action", "a challengeIdentifier", "an access token");
  }

  @Test
  void nothingThatGoesWrongShowsASecret() {
    Identity account =
        simulator.organisation().serviceAccount("account", key.publicKeyPem(), "Wallets:Create");
    Dfns refused = dfns(simulator.transport(), door.url(), account);
    failing(refused.wallets().createWallet(wallet()));
    failing(refused.wallets().listWallets());
    for (String body : List.of("%s", "{\"error\":{\"message\":\"%s\"}}", "{\"message\":\"%s\"}")) {
      for (int status : new int[] {200, 202, 302, 400, 401, 409, 429, 500, 502}) {
        if (status == 200 && !body.equals("%s")) {
          continue; // then it is what the caller asked for, by its own name
        }
        Dfns echo = dfns(echo(status, body), door.url(), account);
        failing(echo.wallets().createWallet(wallet()));
        failing(echo.wallets().getWallet("wa-1"));
      }
    }
    Dfns nobody = dfns(JdkTransport.builder().build(), URI.create("http://127.0.0.1:1"), account);
    failing(nobody.wallets().createWallet(wallet()));
    canaries.see(simulator.organisation().decisions());
    finish();
  }

  /** Answers the action itself with whatever the request held, as a careless server would. */
  private Transport echo(int status, String body) {
    return request -> {
      if (request.uri().getPath().startsWith("/auth/action")) {
        return simulator.transport().send(request);
      }
      String echoed = String.join(" ", request.headers().values());
      byte[] bytes = body.replace("%s", echoed).getBytes(StandardCharsets.UTF_8);
      return CompletableFuture.completedFuture(
          Reply.of(status, Map.of("Content-Type", List.of("application/json")), bytes));
    };
  }

  @Test
  void nothingThatIsMisconfiguredShowsASecret() throws IOException {
    String passphrase = "canary-passphrase-1";
    String token = "canary-token-1";
    canaries.add("a passphrase", passphrase);
    canaries.add("a token", token);
    Path file = Files.writeString(folder.resolve("token"), token + "\nand more");
    for (String uri :
        List.of(
            "pem:" + folder.resolve("key.pem") + "?passphrase=" + passphrase,
            "pem:" + folder.resolve("key.pem") + "?pin-value=" + passphrase,
            "pem:" + folder.resolve("key.pem") + "?passphrase-env=" + passphrase,
            "pem:" + folder.resolve("token") + "?permissions=any",
            "pkcs11:object=x?pin-source=" + passphrase)) {
      misconfigured(Map.of("DFNS_SIGNER", uri, "DFNS_CRED_ID", "cr-1", "DFNS_AUTH_TOKEN", token));
    }
    misconfigured(Map.of("DFNS_AUTH_TOKEN", token + "\n1"));
    misconfigured(Map.of("DFNS_AUTH_TOKEN", token, "DFNS_AUTH_TOKEN_FILE", file.toString()));
    misconfigured(
        Map.of("DFNS_AUTH_TOKEN_FILE", file.toString(), "DFNS_AUTH_TOKEN_FILE_PERMISSIONS", "any"));
    finish();
  }

  private void misconfigured(Map<String, String> variables) {
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("DFNS_API_URL", "https://api.dfns.io");
    try (EnvironmentCredentials read =
        EnvironmentCredentials.read(environment, SignerProviders.of(new PemSignerProvider()))) {
      throw new AssertionError("This was to be refused: " + read);
    } catch (DfnsException e) {
      canaries.see(e);
    }
  }

  @Test
  void secretsInAnswersDoNotPrint() {
    canaries.add("a webhook's secret", "whs-canary-secret-1");
    canaries.see(
        WebhookWithSecret.of(JsonObject.of("secret", JsonString.of("whs-canary-secret-1"))));
    canaries.see(SignerUri.parse("pem:/x?passphrase-env=whs-canary-secret-1"));
    finish();
  }

  private void failing(Call<?> call) {
    try {
      canaries.see(call.execute());
    } catch (DfnsException e) {
      canaries.see(e);
      if (e instanceof RequestRejectedException rejected) {
        canaries.see(rejected.reason() + rejected.details());
      }
    }
  }

  private void finish() {
    listening.finish();
  }

  private static CreateWalletBody wallet() {
    return CreateWalletBody.builder().network(Network.ETHEREUM_SEPOLIA).build();
  }
}

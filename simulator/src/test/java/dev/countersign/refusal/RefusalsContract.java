package dev.countersign.refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.Dfns;
import dev.countersign.api.Network;
import dev.countersign.api.TagsBody;
import dev.countersign.api.auth.CreateServiceAccountBody;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.api.wallets.UpdateWalletBody;
import dev.countersign.api.wallets.Wallet;
import dev.countersign.call.Call;
import dev.countersign.credential.CredentialSource;
import dev.countersign.credential.Issued;
import dev.countersign.error.RequestRejectedException;
import dev.countersign.http.DfnsBuilder;
import dev.countersign.json.JsonString;
import dev.countersign.pem.PemKeys;
import dev.countersign.signing.SignatureAlgorithm;
import dev.countersign.signing.Signer;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Simulator;
import dev.countersign.transport.Transport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Dfns refuses is refused, with its status and body, and the client says so with its reason.
 */
abstract class RefusalsContract {

  private static final String[] ROLE = {
    "Wallets:Create", "Keys:Create", "Wallets:Read", "Wallets:Update", "Wallets:Tags:Add"
  };

  private static final String BAD_USER_ACTION = "user action signature is missing or invalid";

  @TempDir Path folder;

  private final Simulator simulator = Simulator.start();
  private Signer key;
  private Signer otherKey;
  private Identity me;
  private TamperingTransport transport;

  /** A door of the simulator. */
  abstract Transport open(Simulator simulator);

  /** Where the door is. */
  abstract URI apiUrl();

  /** A key to sign with; another for each name. */
  Signer key(String name) {
    return PemKeys.generate(SignatureAlgorithm.ED25519, folder.resolve(name + ".pem"));
  }

  @BeforeEach
  void prepare() {
    key = key("mine");
    otherKey = key("other");
    me = simulator.organisation().serviceAccount("backend", key.publicKeyPem(), ROLE);
    transport = new TamperingTransport(open(simulator));
  }

  @AfterEach
  void closeKeys() {
    key.close();
    otherKey.close();
  }

  private Dfns dfns(Identity who, Signer signer) {
    return DfnsBuilder.create()
        .apiUrl(apiUrl())
        .transport(transport)
        .credentials(CredentialSource.of(Issued.to(who, signer)))
        .build();
  }

  private Call<Wallet> createWallet() {
    return dfns(me, key).wallets().createWallet(wallet());
  }

  private static CreateWalletBody wallet() {
    return CreateWalletBody.builder().network(Network.ETHEREUM_SEPOLIA).build();
  }

  private RequestRejectedException refusal(Call<?> call, int status, String reason) {
    RequestRejectedException refusal =
        catchThrowableOfType(RequestRejectedException.class, call::execute);
    assertThat(refusal).isNotNull();
    assertThat(refusal.status()).isEqualTo(status);
    assertThat(refusal.reason()).contains(reason);
    assertThat(refusal.errorId()).isPresent();
    assertThat(transport.lastReply())
        .startsWith("{\"error\":{")
        .contains("\"status\":" + status)
        .contains("\"message\":\"");
    return refusal;
  }

  @Test
  void aSpentUserActionIsRefused() {
    createWallet().execute();
    String spent = transport.last().headers().get("X-DFNS-USERACTION");
    transport.tamper("/wallets", r -> TamperingTransport.withHeader(r, "X-DFNS-USERACTION", spent));

    refusal(createWallet(), 400, "user action has already been used");
  }

  @Test
  void anExpiredChallengeIsRefused() {
    transport.tamper(
        "/auth/action",
        r -> {
          simulator.organisation().clock().advance(Duration.ofMinutes(16));
          return r;
        });

    refusal(createWallet(), 400, "Challenge token is not valid.");
  }

  @Test
  void anExpiredUserActionIsRefused() {
    transport.tamper(
        "/wallets",
        r -> {
          simulator.organisation().clock().advance(Duration.ofMinutes(16));
          return r;
        });

    refusal(createWallet(), 403, BAD_USER_ACTION);
  }

  @Test
  void aChallengeThatWasRedeemedIsRefused() {
    AtomicReference<String> redeemed = new AtomicReference<>();
    transport.tamper(
        "/auth/action",
        r -> {
          String body = new String(r.body().orElseThrow(), StandardCharsets.UTF_8);
          redeemed.compareAndSet(null, body);
          return TamperingTransport.withBody(r, redeemed.get());
        });
    createWallet().execute();

    refusal(createWallet(), 400, "Challenge token is not valid.");
  }

  @Test
  void anotherBodyIsRefused() {
    transport.tamper("/wallets", r -> TamperingTransport.withBody(r, "{\"network\":\"Ethereum\"}"));

    refusal(createWallet(), 403, BAD_USER_ACTION);
    assertThat(simulator.organisation().decisions()).last().asString().contains("payload");
  }

  @Test
  void anotherPathIsRefused() {
    transport.tamper("/wallets", r -> TamperingTransport.withPath(r, "/keys"));

    refusal(createWallet(), 403, BAD_USER_ACTION);
  }

  @Test
  void anotherMethodIsRefused() {
    Wallet wallet = createWallet().execute();
    transport.tamper(
        "/wallets/" + wallet.id() + "/tags", r -> TamperingTransport.withMethod(r, "DELETE"));
    Call<?> tag =
        dfns(me, key)
            .wallets()
            .tagWallet(wallet.id(), TagsBody.builder().tags(List.of("a")).build());

    refusal(tag, 403, BAD_USER_ACTION);
  }

  @Test
  void aUserActionThatIsNoneIsRefused() {
    transport.tamper(
        "/wallets", r -> TamperingTransport.withHeader(r, "X-DFNS-USERACTION", "nonsense"));

    refusal(createWallet(), 403, BAD_USER_ACTION);
  }

  @Test
  void aForeignCredentialIsRefused() {
    Identity other =
        simulator.organisation().serviceAccount("other", otherKey.publicKeyPem(), ROLE);
    transport.tamper(
        "/auth/action",
        r ->
            TamperingTransport.withBody(
                r,
                new String(r.body().orElseThrow(), StandardCharsets.UTF_8)
                    .replace(me.credentialId(), other.credentialId())));

    refusal(createWallet(), 401, "Not Authorized.");
  }

  @Test
  void aUserActionOfSomebodyElseIsRefused() {
    Identity other =
        simulator.organisation().serviceAccount("other", otherKey.publicKeyPem(), ROLE);
    transport.tamper(
        "/wallets",
        r -> TamperingTransport.withHeader(r, "Authorization", "Bearer " + other.token()));

    refusal(createWallet(), 403, BAD_USER_ACTION);
  }

  @Test
  void aWrongSignatureIsRefused() {
    refusal(dfns(me, otherKey).wallets().createWallet(wallet()), 401, "Not Authorized.");
  }

  @Test
  void aMissingPermissionIsRefused() {
    Identity reader =
        simulator.organisation().serviceAccount("reader", otherKey.publicKeyPem(), "Wallets:Read");

    refusal(
        dfns(reader, otherKey).wallets().createWallet(wallet()),
        403,
        "is not authorized to perform operation (");
  }

  @Test
  void aWrongKindOfIdentityIsRefused() {
    refusal(
        dfns(me, key)
            .auth()
            .createServiceAccount(
                CreateServiceAccountBody.builder()
                    .name("second")
                    .publicKey(otherKey.publicKeyPem())
                    .build()),
        403,
        "is not authorized to perform operation (Auth:ServiceAccounts:Create)");
  }

  @Test
  void anUnknownFieldIsRefused() {
    Call<Wallet> coloured =
        dfns(me, key)
            .wallets()
            .createWallet(wallet().toBuilder().with("colour", JsonString.of("red")).build());

    refusal(coloured, 400, "colour");
  }

  @Test
  void anUnknownWalletIsNotFound() {
    refusal(
        dfns(me, key)
            .wallets()
            .updateWallet(
                "wa-00000-00000-0000000000000000", UpdateWalletBody.builder().name("x").build()),
        404,
        "wallet not found");
  }

  @Test
  void aDeactivatedAccountIsRefused() {
    simulator.organisation().deactivate(me.userId());

    refusal(createWallet(), 401, "");
    refusal(dfns(me, key).wallets().listWallets(), 401, "");
  }

  @Test
  void anExpiredTokenIsRefused() {
    simulator.organisation().clock().advance(Duration.ofDays(731));

    refusal(createWallet(), 401, "Not Authorized.");
  }

  @Test
  void aTokenOfAnotherSimulatorIsRefused() {
    Identity stranger =
        Simulator.builder()
            .seed(7)
            .build()
            .organisation()
            .serviceAccount("stranger", key.publicKeyPem(), ROLE);

    refusal(dfns(stranger, key).wallets().listWallets(), 401, "Not Authorized.");
  }

  @Test
  void aRefusalChangesNothing() {
    aMissingPermissionIsRefused();
    anotherBodyIsRefused();
    aWrongSignatureIsRefused();

    assertThat(dfns(me, key).wallets().listWallets().stream()).isEmpty();
  }
}

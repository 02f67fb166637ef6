package dev.countersign.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.Dfns;
import dev.countersign.api.Network;
import dev.countersign.api.auth.CreateDelegatedRegistrationChallengeBody;
import dev.countersign.api.auth.DelegatedLoginBody;
import dev.countersign.api.auth.RegisterEndUserBody;
import dev.countersign.api.auth.RegisterEndUserResponse;
import dev.countersign.api.auth.RegisterEndUserWallet;
import dev.countersign.api.auth.RegistrationChallenge;
import dev.countersign.api.wallets.TransferAssetBody;
import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.api.wallets.Wallet;
import dev.countersign.api.wallets.WalletsOperations;
import dev.countersign.call.DelegatedCall;
import dev.countersign.credential.AccessToken;
import dev.countersign.credential.CredentialSource;
import dev.countersign.credential.Issued;
import dev.countersign.error.RequestRejectedException;
import dev.countersign.http.DfnsBuilder;
import dev.countersign.pem.PemKeys;
import dev.countersign.signing.SignatureAlgorithm;
import dev.countersign.signing.Signer;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An end user as a service account registers it and its device completes it: with a key and with a
 * passkey, through the client alone.
 */
class EndUserTest {

  private static final String TO = "0x000000000000000000000000000000000000dEaD";

  private final Simulator simulator = Simulator.start();

  @TempDir private Path folder;
  private Signer signer;
  private Dfns backend;

  @BeforeEach
  void start() throws IOException {
    signer = PemKeys.generate(SignatureAlgorithm.ED25519, folder.resolve("backend.pem"));
    Identity me =
        simulator
            .organisation()
            .serviceAccount(
                "backend",
                signer.publicKeyPem(),
                "Auth:Delegated:Register",
                "Auth:Delegated:Login",
                "Auth:Delegated:Recover",
                "Wallets:Read",
                "Wallets:Transfers:Create");
    backend =
        DfnsBuilder.create()
            .apiUrl(URI.create("http://localhost"))
            .transport(simulator.transport())
            .credentials(CredentialSource.of(Issued.to(me, signer)))
            .build();
  }

  @AfterEach
  void stop() {
    signer.close();
  }

  static Stream<UserDevice> devices() {
    return Stream.of(new KeyDevice(), new PasskeyDevice());
  }

  private RegistrationChallenge challenge(String username) {
    return backend
        .auth()
        .createDelegatedRegistrationChallenge(
            CreateDelegatedRegistrationChallengeBody.builder().email(username).build())
        .execute();
  }

  private RegisterEndUserResponse complete(RegistrationChallenge challenge, UserDevice device) {
    return backend
        .as(AccessToken.of(challenge.temporaryAuthenticationToken()))
        .auth()
        .registerEndUser(
            RegisterEndUserBody.builder()
                .firstFactorCredential(device.register(challenge))
                .wallets(
                    List.of(
                        RegisterEndUserWallet.builder().network(Network.ETHEREUM_SEPOLIA).build()))
                .build())
        .execute();
  }

  private AccessToken logIn(String username) {
    DelegatedLoginBody body = DelegatedLoginBody.builder().username(username).build();
    return AccessToken.of(backend.auth().delegatedLogin(body).execute().token());
  }

  private static TransferAssetBody payment() {
    return TransferAssetBody.native_().to(TO).amount("1000").externalId("tea-1").build();
  }

  @ParameterizedTest
  @MethodSource("devices")
  void aUserIsRegisteredAndPaysWithWhatItsDeviceSigns(UserDevice device) {
    RegisterEndUserResponse registered = complete(challenge("ada@example.com"), device);
    Wallet created = registered.wallets().get(0);
    AccessToken token = logIn("ada@example.com");
    Dfns user = backend.as(token);
    assertThat(user.wallets().listWallets().stream().map(Wallet::id)).containsExactly(created.id());
    assertThat(created.custodial()).isFalse();

    DelegatedCall<TransferRequest> begun =
        user.wallets().transferAsset(created.id(), payment()).begin();
    String frozen = begun.freeze();
    String signed = device.sign(begun.challengeText());
    TransferRequest paid =
        backend.as(token).resume(WalletsOperations.transferAsset(), frozen).complete(signed);

    assertThat(paid.walletId()).isEqualTo(created.id());
    assertThat(paid.requester().userId()).isEqualTo(registered.user().id());
    assertThat(user.wallets().listTransfers(created.id()).stream().map(TransferRequest::id))
        .containsExactly(paid.id());
  }

  @ParameterizedTest
  @MethodSource("devices")
  void theBackendCannotPayFromAUsersWallet(UserDevice device) {
    Wallet created = complete(challenge("ada@example.com"), device).wallets().get(0);

    assertThatThrownBy(() -> backend.wallets().transferAsset(created.id(), payment()).execute())
        .isInstanceOfSatisfying(
            RequestRejectedException.class, e -> assertThat(e.status()).isEqualTo(403));
  }

  @ParameterizedTest
  @MethodSource("devices")
  void aTemporaryTokenRegistersOnceAndOpensNothingElse(UserDevice device) {
    RegistrationChallenge challenge = challenge("ada@example.com");
    Dfns temporary = backend.as(AccessToken.of(challenge.temporaryAuthenticationToken()));
    assertThatThrownBy(() -> temporary.wallets().listWallets().execute())
        .isInstanceOf(RequestRejectedException.class);

    RegisterEndUserResponse first = complete(challenge, device);

    assertThat(first.user().username()).isEqualTo("ada@example.com");
    assertThatThrownBy(() -> complete(challenge, device))
        .isInstanceOf(RequestRejectedException.class);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void aSignatureByAnotherUsersDeviceIsRefused(UserDevice device) {
    Wallet created = complete(challenge("ada@example.com"), device).wallets().get(0);
    UserDevice others = new PasskeyDevice();
    RegisterEndUserResponse other = complete(challenge("eve@example.com"), others);
    DelegatedCall<TransferRequest> begun =
        backend
            .as(logIn("ada@example.com"))
            .wallets()
            .transferAsset(created.id(), payment())
            .begin();

    assertThat(other.user().id()).isNotEmpty();
    assertThatThrownBy(() -> begun.complete(others.sign(begun.challengeText())))
        .isInstanceOfSatisfying(
            RequestRejectedException.class, e -> assertThat(e.status()).isEqualTo(401));
  }
}

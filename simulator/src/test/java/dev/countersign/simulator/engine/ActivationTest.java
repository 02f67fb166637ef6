package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where accounts have to be deployed, a wallet is of no use before that is confirmed. */
final class ActivationTest {

  private static final String TRANSFER = "{\"kind\":\"Native\",\"to\":\"x\",\"amount\":\"1\"}";
  private static final String CONCORDIUM = "{\"expiry\":1,\"unsignedCdiStr\":\"{}\"}";

  private final World world = new World();
  private final TestClient admin = world.admin;

  private String wallet(String network) {
    return "/wallets/" + admin.post("/wallets", "{\"network\":\"" + network + "\"}").text("/id");
  }

  private String validator(String network) {
    return admin.post("/networks/" + network + "/validators", "{\"kind\":\"Shared\"}").text("/id");
  }

  @Test
  void aWalletIsActiveOnceItsActivationIsConfirmed() {
    String wallet = wallet("CantonTestnet");
    String validator = validator("canton-testnet");
    assertThat(admin.get(wallet).text("/status")).isEqualTo("Inactive");
    assertThat(admin.post(wallet + "/transfers", TRANSFER).status()).isEqualTo(412);

    Response activation =
        admin.post(wallet + "/activate", "{\"validatorId\":\"" + validator + "\"}");

    assertThat(activation.status()).as(activation.toString()).isEqualTo(200);
    assertThat(activation.text("/requestBody/kind")).isEqualTo("ActivateAccount");
    world.organisation.clock().advance(Duration.ofMillis(200));
    assertThat(admin.get(wallet).text("/status")).isEqualTo("Inactive");
    world.organisation.clock().advance(Duration.ofMillis(500));
    assertThat(admin.get(wallet).text("/status")).isEqualTo("Active");
    assertThat(admin.get(wallet).text("/validatorId")).isEqualTo(validator);
    assertThat(admin.post(wallet + "/transfers", TRANSFER).status()).isEqualTo(200);
    assertThat(admin.get(wallet + "/transactions/" + activation.text("/id")).text("/status"))
        .isEqualTo("Confirmed");
    assertThat(admin.delete("/networks/canton-testnet/validators/" + validator).status())
        .isEqualTo(412);
  }

  @Test
  void nothingIsActivatedTwice() {
    String wallet = wallet("Concordium");
    assertThat(admin.post(wallet + "/activate", CONCORDIUM).status()).isEqualTo(200);

    assertThat(admin.post(wallet + "/activate", CONCORDIUM).status()).isEqualTo(412);
    world.organisation.clock().advance(Duration.ofSeconds(1));
    assertThat(admin.post(wallet + "/activate", CONCORDIUM).status()).isEqualTo(412);
    assertThat(admin.get(wallet).text("/status")).isEqualTo("Active");
  }

  @Test
  void whatNeedsNoActivationIsNotActivated() {
    assertThat(admin.post(wallet("EthereumSepolia") + "/activate", "{}").status()).isEqualTo(412);
  }

  @Test
  void anActivationThatWasBlockedLeavesTheWalletInactive() {
    String wallet = wallet("Concordium");
    Policies.create(admin, Policies.signing(Policies.always(), Policies.block()));

    assertThat(admin.post(wallet + "/activate", CONCORDIUM).text("/status")).isEqualTo("Rejected");
    world.organisation.clock().advance(Duration.ofMinutes(1));

    assertThat(admin.get(wallet).text("/status")).isEqualTo("Inactive");
  }

  @Test
  void anActivationNeedsWhatItsNetworkNeeds() {
    String canton = wallet("Canton");
    String elsewhere = validator("canton-testnet");

    assertThat(admin.post(canton + "/activate", "{}").status()).isEqualTo(400);
    assertThat(admin.post(canton + "/activate", "{\"validatorId\":\"" + elsewhere + "\"}").status())
        .isEqualTo(404);
    assertThat(admin.post(wallet("Concordium") + "/activate", "{}").status()).isEqualTo(400);
  }

  @Test
  void aWalletArchivedMeanwhileStaysArchived() {
    String wallet = wallet("Concordium");
    admin.post(wallet + "/activate", CONCORDIUM);
    admin.delete("/keys/" + admin.get(wallet).text("/signingKey/id"));
    world.organisation.clock().advance(Duration.ofMinutes(1));

    assertThat(admin.get(wallet).text("/status")).isEqualTo("Archived");
    assertThat(admin.post(wallet + "/activate", CONCORDIUM).status()).isEqualTo(422);
  }

  @Test
  void activatingNeedsItsPermission() {
    assertThat(
            world
                .serviceAccount("backend", "Wallets:Transactions:Create")
                .post(wallet("Concordium") + "/activate", CONCORDIUM)
                .status())
        .isEqualTo(403);
  }

  @Test
  void theLedgerOfACantonWalletGivesBackWhatItIsAsked() {
    String body = "{\"requestMethod\":\"GET\",\"resource\":\"/v2/version\"}";

    Response echo = admin.send("POST", wallet("Canton") + "/canton/ledger-api", body, Map.of());

    assertThat(echo.text("/resource")).isEqualTo("/v2/version");
    assertThat(admin.send("POST", wallet("Solana") + "/canton/ledger-api", body, Map.of()).status())
        .isEqualTo(412);
  }
}

package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A wallet's signatures are its key's, asked for in the older way. */
final class WalletSignatureTest {

  private static final String MESSAGE = "{\"kind\":\"Message\",\"message\":\"0x68656c6c6f\"}";

  private final World world = new World();
  private final TestClient admin = world.admin;
  private final Response wallet = wallet("EthereumSepolia");
  private final String path = "/wallets/" + wallet.text("/id") + "/signatures";
  private final String keyPath = "/keys/" + wallet.text("/signingKey/id") + "/signatures";

  private Response wallet(String network) {
    return admin.post("/wallets", "{\"network\":\"" + network + "\"}");
  }

  @Test
  void bothWaysGiveTheSameSignature() {
    Response old = admin.post(path, MESSAGE);
    assertThat(old.status()).as(old.toString()).isEqualTo(200);
    assertThat(old.text("/walletId")).isEqualTo(wallet.text("/id"));
    assertThat(old.text("/network")).isEqualTo("EthereumSepolia");
    Response today = admin.post(keyPath, MESSAGE.replace("}", ",\"network\":\"EthereumSepolia\"}"));
    world.organisation.clock().advance(Duration.ofSeconds(1));

    Response signed = admin.get(path + "/" + old.text("/id"));

    assertThat(signed.text("/status")).isEqualTo("Signed");
    assertThat(signed.text("/signature/encoded"))
        .isNotEmpty()
        .isEqualTo(admin.get(keyPath + "/" + today.text("/id")).text("/signature/encoded"));
    assertThat(admin.get(keyPath + "/" + old.text("/id")).body()).isEqualTo(signed.body());
    assertThat(admin.get(path).body()).isEqualTo(admin.get(keyPath).body());
  }

  @Test
  void aSignatureOfAnotherKeyIsNotFound() {
    String other = "/wallets/" + wallet("EthereumSepolia").text("/id") + "/signatures";
    Response signature = admin.post(path, MESSAGE);

    assertThat(admin.get(other + "/" + signature.text("/id")).status()).isEqualTo(404);
    assertThat(admin.get(other).body().path("items")).isEmpty();
  }

  @Test
  void theOlderWayIsHeldByPoliciesToo() {
    Policies.create(admin, Policies.signing(Policies.always(), Policies.block()));

    assertThat(admin.post(path, MESSAGE).text("/status")).isEqualTo("Rejected");
  }

  @Test
  void aPolicyForOneWalletHoldsForTheOthersOfItsKey() {
    Response other =
        admin.post(
            "/wallets",
            "{\"network\":\"Polygon\",\"signingKey\":{\"id\":\""
                + wallet.text("/signingKey/id")
                + "\"}}");
    Policies.create(
        admin,
        Policies.body(
            "Wallets:Sign",
            Policies.always(),
            Policies.block(),
            "{\"walletId\":{\"in\":[\"" + wallet.text("/id") + "\"]}}"));

    assertThat(admin.post("/wallets/" + other.text("/id") + "/signatures", MESSAGE).text("/status"))
        .isEqualTo("Rejected");
  }

  @Test
  void theSameRequestUnderTheSameExternalIdIsTheSameSignatureBothWays() {
    String body = MESSAGE.replace("}", ",\"externalId\":\"s\"}");
    String id = admin.post(path, body).text("/id");

    assertThat(admin.post(path, body).text("/id")).isEqualTo(id);
    assertThat(admin.post(keyPath, body).text("/id")).isEqualTo(id);
    assertThat(admin.post(path, body.replace("0x68", "0x69")).status()).isEqualTo(409);
  }

  @Test
  void anArchivedWalletSignsNothing() {
    admin.delete("/keys/" + wallet.text("/signingKey/id"));

    assertThat(admin.post(path, MESSAGE).status()).isEqualTo(422);
  }

  @Test
  void signingNeedsItsPermission() {
    TestClient backend = world.serviceAccount("backend", "Keys:Signatures:Read");

    assertThat(backend.post(path, MESSAGE).status()).isEqualTo(403);
    assertThat(backend.get(path).status()).isEqualTo(200);
  }
}

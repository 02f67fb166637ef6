package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.simulator.control.Switches;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A service account gets the token of an end user: to read, not to sign. */
final class DelegatedLoginTest {

  private final DelegatedFlow flow = new DelegatedFlow();
  private final Person ada = flow.registered("ada", KeyDevice.fresh("phone"));

  @Test
  void theTokenReadsOnBehalfOfTheEndUser() {
    assertThat(ada.get("/wallets").status()).isEqualTo(200);
    assertThat(ada.get("/auth/users").status()).isEqualTo(403);
  }

  @Test
  void theBackendsSignatureIsNotTheEndUsers() {
    Response challenge = ada.client.challenge("POST", "/wallets", "{}");

    assertThat(ada.client.answer(challenge.body()).status()).isEqualTo(401);
    assertThat(
            ada.client
                .send(
                    "POST",
                    "/wallets",
                    "{}",
                    Map.of("X-DFNS-USERACTION", flow.backend.userAction("POST", "/wallets", "{}")))
                .status())
        .isEqualTo(403);
  }

  @Test
  void whoIsNotKnownOrNotActiveIsNotLoggedIn() {
    assertThat(flow.login("nobody").status()).isEqualTo(401);
    String user = ada.get("/auth/credentials").text("/items/0/credentialUuid");
    assertThat(user).isNotEmpty();
    String id = flow.world.admin.get("/auth/users?kind=EndUser").text("/items/0/userId");
    flow.world.organisation.deactivate(id);

    assertThat(flow.login("ada").status()).isEqualTo(401);
    assertThat(ada.get("/wallets").status()).isEqualTo(401);
  }

  @Test
  void onlyEndUsersAreLoggedInSo() {
    assertThat(flow.login("admin").status()).isEqualTo(401);
    assertThat(flow.login("backend@ServiceAccount").status()).isEqualTo(401);
  }

  @Test
  void theTokenIsShortLived() {
    flow.world.organisation.clock().advance(Duration.ofHours(1));

    assertThat(ada.get("/wallets").status()).isEqualTo(401);
  }

  @Test
  void theTokenLivesAsLongAsItIsSwitched() {
    DelegatedFlow patient =
        new DelegatedFlow(
            Switches.defaults().toBuilder().endUserTokenLifetime(Duration.ofDays(2)).build());
    Person eve = patient.registered("eve", KeyDevice.fresh("phone"));
    patient.world.organisation.clock().advance(Duration.ofDays(1));

    assertThat(eve.get("/wallets").status()).isEqualTo(200);
  }

  @Test
  void anEndUserOfTheFacadeIsReady() {
    TestClient bob = flow.world.endUser("bob");
    String wallet =
        flow.world
            .admin
            .post(
                "/wallets",
                "{\"network\":\"EthereumSepolia\",\"delegateTo\":\""
                    + bob.identity.userId()
                    + "\"}")
            .text("/id");

    assertThat(bob.get("/wallets").text("/items/0/id")).isEqualTo(wallet);
    assertThat(
            bob.post(
                    "/wallets/" + wallet + "/transfers",
                    "{\"kind\":\"Native\",\"to\":\"0x00e3495cf6af59008f22ffaf32d4c92ac33dac47\","
                        + "\"amount\":\"1\"}")
                .status())
        .isEqualTo(200);
    assertThat(bob.post("/wallets", "{\"network\":\"Solana\"}").status()).isEqualTo(403);
  }
}
